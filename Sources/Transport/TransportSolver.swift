/// A way to solve transport problems: a configured value that takes any problem.
public protocol TransportSolver: Sendable {
  /// Solves a problem. Not converging is told by the solution's `termination`.
  func solve(_ problem: TransportProblem) -> TransportSolution
}
