import ArgumentParser
import ChiasmResults
import ChiasmWorkflows

/// A subcommand that carries out one use case and fails with one sentence and an exit status.
protocol WorkflowCommand: AsyncParsableCommand {
  /// Does the work.
  func execute() async throws(WorkflowError)
}

extension WorkflowCommand {
  func run() async throws {
    do throws(WorkflowError) {
      try await execute()
    } catch {
      Messages.fail(error.description)
      throw ExitCode(error.category.exitStatus)
    }
  }
}

extension WorkflowError.Category {
  /// The status of the BSD convention (sysexits).
  var exitStatus: Int32 {
    switch self {
    case .usage: 64
    case .badData: 65
    case .inputMissing: 66
    case .fault: 70
    case .cannotWrite: 73
    }
  }
}

/// The command line as it could be typed again, for the record of a result.
func commandLineText(
  _ arguments: [String] = CommandLine.arguments, paths: RecordedPaths = .asGiven
) -> String {
  (["chiasm"] + arguments.dropFirst().map { quoted(paths.argument($0)) }).joined(separator: " ")
}

/// Quotes an argument for a shell where it needs that.
private func quoted(_ argument: String) -> String {
  let plain = argument.unicodeScalars.allSatisfy {
    $0.properties.isAlphabetic || ("0"..."9").contains($0)
      || "_-./=+:,@%".unicodeScalars.contains($0)
  }
  if plain && !argument.isEmpty { return argument }
  // A shell takes the sign of a home for one outside of quotes only.
  if argument.hasPrefix("~/") { return "~/" + quoted(String(argument.dropFirst(2))) }
  return "'"
    + argument.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''") + "'"
}
