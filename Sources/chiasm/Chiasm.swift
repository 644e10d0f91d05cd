import ArgumentParser
import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmResults
import ChiasmWorkflows
import Dispatch
import Glibc

@main
struct Program {
  static func main() {
    // The runtime ends a program by a signal that it cannot give threads and events their descriptors.
    guard canOpenFiles else {
      Messages.fail(
        "fewer than \(fileCount) files can be open at once; raise the limit (ulimit -n).")
      exit(WorkflowError.Category.inputMissing.exitStatus)
    }
    startWithPortableProducts()
    Task { @MainActor in
      await Chiasm.main()
      exit(0)
    }
    dispatchMain()
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
}

struct Chiasm: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chiasm",
    abstract: "Align human visual cortex with vision models.",
    discussion: """
      Two commands do the work:

        chiasm extract   recordings, regions, trial table -> responses of a brain
        chiasm align     two sets of responses -> couplings, scores and maps

      Then one shows it, and one draws figures for a paper:

        chiasm report    an alignment -> one page with figures
        chiasm figure    one figure of an alignment -> SVG, PDF or PNG

      And one compares: chiasm compare gives the values of RSA, CKA, matching and the like for all \
      pairs of stages, with nulls and intervals.

      Every subcommand explains itself with --help and has worked examples there. Names in a list \
      are separated by spaces or commas, paths by spaces. Results go to files, messages to stderr. \
      Nothing is overwritten without --force, and a run that fails or is stopped leaves no output \
      behind.

      Exit status: 0 done, 64 wrong usage, 65 wrong data, 66 input missing, 70 internal fault, \
      73 output cannot be written, 128 + signal when interrupted.
      """,
    version: "\(Software.name) \(Software.version)",
    subcommands: [
      Extract.self, Align.self, ReportCommand.self, FigureCommand.self, Compare.self, Inspect.self,
      Transport.self, Atlas.self, Simulate.self,
    ])

  static func main() async {
    do throws(WorkflowError) {
      try checkNames()
    } catch {
      Messages.fail(error.description)
      Glibc.exit(error.category.exitStatus)
    }
    await main(nil)
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
