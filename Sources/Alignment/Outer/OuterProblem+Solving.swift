internal import ChiasmLinearAlgebra
internal import ChiasmTransport

extension OuterProblem {
  /// Solves the problem for costs, source stages × target stages: exactly when `solver` is exact and
  /// the problem balanced or partial, else to a gap that the certificate tells. The coupling has no
  /// entry below 1e-12 of its row's sum.
  ///
  /// - Parameter sourceMasses: of total 1; nil for 1/L each.
  func solve(
    _ costs: Matrix<Double>, sourceMasses: [Double]?, solver: any TransportSolver
  ) throws(TransportError) -> StageCoupling {
    let cost = try CostMatrix(costs)
    let source = sourceMasses.map(Marginal.weights) ?? .uniform(costs.rowCount)
    let target = Marginal.uniform(costs.columnCount)
    let relaxed: RelaxedSolution
    switch self {
    case .balanced:
      let problem = try TransportProblem(cost: cost, source: source, target: target)
      let solution = solver.solve(problem).withoutDust(problem)
      return StageCoupling(
        problem: self, masses: solution.plan.dense, cost: solution.cost,
        certificate: solution.certificate)
    case .unbalanced(let penalty):
      relaxed = UnbalancedTransport().solve(
        try UnbalancedProblem(cost: cost, source: source, target: target, targetPenalty: penalty))
    case .partial(let mass):
      relaxed = PartialTransport(solver: solver).solve(
        try PartialProblem(cost: cost, source: source, target: target, mass: mass))
    }
    return StageCoupling(
      problem: self, masses: relaxed.plan.dense, cost: relaxed.cost,
      certificate: relaxed.certificate)
  }
}
