import ArgumentParser
import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmWorkflows
import Dispatch
import Glibc

/// What a process looks after before the command begins.
@main
enum Program {
  static func main() {
    fillStandardStreams()
    // The runtime ends a program by a signal that it cannot give threads and events their descriptors.
    guard canOpenFiles else {
      Messages.fail(
        "fewer than \(fileCount) files can be open at once; raise the limit (ulimit -n).")
      exit(WorkflowError.Category.inputMissing.exitStatus)
    }
    startWithPortableProducts()
    do throws(WorkflowError) {
      try checkNames()
    } catch {
      Messages.fail(error.description)
      exit(error.category.exitStatus)
    }
    Task { @MainActor in
      await Chiasm.main(arguments)
      exit(0)
    }
    dispatchMain()
  }

  /// The arguments, a negative number joined to the option that it follows (`--seed=-1`): by itself it
  /// would be taken for an option, and the value for missing.
  private static var arguments: [String] {
    CommandLine.arguments.dropFirst().reduce(into: []) { arguments, argument in
      if let option = arguments.last, option.hasPrefix("--"), option.count > 2,
        !option.contains("="), argument.hasPrefix("-"), Double(argument) != nil
      {
        arguments[arguments.count - 1] += "=" + argument
      } else {
        arguments.append(argument)
      }
    }
  }

  /// Opens the standard streams that are closed, so that no file gets their numbers and what is meant for
  /// the terminal; writing to one that was closed stays an error.
  private static func fillStandardStreams() {
    for stream in Int32(0)...2 where fcntl(stream, F_GETFD) < 0 { _ = open("/dev/null", O_RDONLY) }
  }

  private static let fileCount = 16

  private static var canOpenFiles: Bool {
    let files = (0..<fileCount).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
    for file in files where file >= 0 { close(file) }
    return files.allSatisfy { $0 >= 0 }
  }

  /// Starts the program once more in this process, with the code for products that nearly all processors
  /// have, so that no digit of a result depends on the processor. A kind that the user has chosen stays;
  /// where the program cannot be started, so does the processor's own.
  private static func startWithPortableProducts() {
    guard let kind = ProductKernel.portable, getenv(ProductKernel.variable) == nil,
      let program = realpath("/proc/self/exe", nil)
    else { return }
    setenv(ProductKernel.variable, kind, 1)
    execv(program, CommandLine.unsafeArgv)
    free(program)
  }

  /// Throws where an argument or the current folder is not UTF-8: as text it would be another name.
  private static func checkNames() throws(WorkflowError) {
    for place in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[place], String(validatingCString: argument) == nil
      else { continue }
      throw .setting(
        name: "Argument \(place)", expected: "UTF-8; rename the file or the folder",
        actual: "'\(shown(argument))'")
    }
    guard let folder = getcwd(nil, 0) else { return }
    defer { free(folder) }
    guard String(validatingCString: folder) == nil else { return }
    throw .setting(
      name: "The path of the current folder", expected: "UTF-8; rename the folder",
      actual: "'\(shown(folder))'")
  }

  private static func shown(_ name: UnsafePointer<CChar>) -> String {
    String(escaping: UnsafeRawBufferPointer(start: name, count: strlen(name)))
  }
}
