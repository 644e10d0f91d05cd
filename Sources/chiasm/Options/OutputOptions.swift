import ArgumentParser
import ChiasmFiles
import ChiasmWorkflows

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

  /// Makes the folder; see `ResultFolder.write`.
  func write(
    replacing replaceable: ReplaceableResult, journal: String? = nil,
    _ body: (OutputFolder) async throws(WorkflowError) -> Void
  ) async throws(WorkflowError) {
    try await ResultFolder(path: output, isForced: force)
      .write(replacing: replaceable, journal: journal, body)
  }
}
