/// Solves partial transport problems by a solver of balanced ones: exactly, if that is exact.
///
/// The plan is a vertex with at most p + q + 1 entries; a point that is left out has none, also where
/// rounding would give it a trace.
public struct PartialTransport: Sendable {
  /// What solves the balanced problem.
  public let solver: any TransportSolver

  /// Configures the solver.
  public init(solver: any TransportSolver = ExactTransport()) { self.solver = solver }

  /// Solves a problem. The certificate is that of the partial problem, from its own costs.
  ///
  /// - Parameter previous: the solution of a similar problem, from which the solver may start: of
  ///   another mass or of other costs; without use when it has another number of target points.
  public func solve(
    _ problem: PartialProblem, startingFrom previous: RelaxedSolution? = nil
  ) -> RelaxedSolution {
    let (p, q) = (problem.cost.rowCount, problem.cost.columnCount)
    var balanced = problem.extended
    if let previous, previous.targetPotentials.count == q {
      balanced.startingPotentials = previous.targetPotentials + [-previous.massPotential]
    }
    let extended = solver.solve(balanced)
    let plan = TransportPlan(
      rowCount: p, columnCount: q,
      entries: extended.plan.withoutDust.entries.filter { $0.row < p && $0.column < q }.map {
        .init(row: $0.row, column: $0.column, mass: $0.mass * problem.scale)
      })
    let (r, t) = (extended.sourcePotentials[p], extended.targetPotentials[q])
    // The points added turn uᵢ + t ≤ 0 and vⱼ + r ≤ 0 into the signs that the dual asks for.
    let massPotential = -r - t
    let targets = extended.targetPotentials[..<q].map { min(0, $0 + r) }
    let sources = problem.cost.leastOfRows(minus: targets).map { min(0, $0 - massPotential) }
    let cost = plan.cost(under: problem.cost)
    return RelaxedSolution(
      plan: plan, sourcePotentials: sources, targetPotentials: targets,
      massPotential: massPotential, cost: cost, objective: cost, iterations: extended.iterations,
      termination: extended.termination,
      certificate: problem.certificate(
        of: plan, sourcePotentials: sources, targetPotentials: targets,
        massPotential: massPotential))
  }
}
