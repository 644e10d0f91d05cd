import ChiasmTransport

/// Solves exactly, then forgets the mass of the first entry.
struct LostMass: TransportSolver {
  func solve(_ problem: TransportProblem) -> TransportSolution {
    let exact = NetworkSimplex().solve(problem)
    return TransportSolution(
      problem: problem,
      plan: TransportPlan(
        rowCount: exact.plan.rowCount, columnCount: exact.plan.columnCount,
        entries: Array(exact.plan.entries.dropFirst())),
      sourcePotentials: exact.sourcePotentials, targetPotentials: exact.targetPotentials,
      iterations: exact.iterations, termination: .optimal)
  }
}
