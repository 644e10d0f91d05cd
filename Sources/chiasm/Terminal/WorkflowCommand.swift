import ArgumentParser
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
