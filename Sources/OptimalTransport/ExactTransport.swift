/// The exact solver for dense problems of any size.
public struct ExactTransport: TransportSolver {
  /// The instructions in use. The result does not depend on them.
  var instructionSet = InstructionSet.best

  /// Configures the solver.
  public init() {}

  /// Solves a problem exactly.
  public func solve(_ problem: TransportProblem) -> TransportSolution {
    guard let kernels = Kernels(instructionSet: instructionSet) else {
      return NetworkSimplex().solve(problem)
    }
    return ExactRun(problem, kernels: kernels).solution()
  }
}
