import ArgumentParser
import ArrayFiles
import Workflows

/// Where a folder of results goes.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The new folder for the results.", valueName: "dir"))
  var output: String

  @Flag(help: "Replace the output folder if it exists.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  /// What is said while the command runs.
  var messages: Messages { Messages(isQuiet: quiet) }

  /// Makes the folder under a temporary name, lets `body` fill it, and gives it its name. However the
  /// command ends otherwise, the folder goes away.
  ///
  /// - Parameters:
  ///   - replaceable: the kind of folder that `--force` may replace.
  ///   - journal: where parts of the work are kept as they are done; removed when the folder is there.
  func write(
    replacing replaceable: ReplaceableResult, journal: String? = nil,
    _ body: (OutputFolder) async throws(WorkflowError) -> Void
  ) async throws(WorkflowError) {
    if force { try replaceable.check(output) }
    let folder: OutputFolder
    do {
      folder = try OutputFolder(
        path: output, replacing: force, markers: [replaceable.marker])
    } catch {
      throw .file(error)
    }
    let interruption = Interruption(discarding: folder, journal: journal)
    defer { withExtendedLifetime(interruption) {} }
    do throws(WorkflowError) {
      try await body(folder)
      try commit(folder)
      if let journal { Journal.remove(path: journal) }
    } catch {
      interruption.yield()
      folder.discard()
      throw error.naming(folder.destination)
    }
  }

  private func commit(_ folder: OutputFolder) throws(WorkflowError) {
    do {
      try folder.commit()
    } catch {
      throw .file(error)
    }
  }
}
