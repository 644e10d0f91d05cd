/// The entropic solver: minimises ⟨C, Q⟩ + ε Σ Qᵢⱼ (log Qᵢⱼ − 1) by matrix scaling, for comparison
/// with methods of the literature. The exact solver is usually faster and always nearer.
///
/// ε falls by halves from the range of the costs to the one wanted. Scalings are absorbed into
/// potentials before they overflow, and sums that underflow are taken in the logarithmic domain.
/// The plan is rounded to the marginals, so it is feasible whatever the termination, and the
/// potentials are made feasible by the c-transform, so that the certificate's gap is a proven bound.
/// References: Cuturi 2013; Schmitzer 2019 (stabilisation); Altschuler, Weed and Rigollet 2017
/// (rounding; here the missing mass is filled in corner by corner, which keeps the plan sparse).
public struct Sinkhorn: TransportSolver {
  /// ε as a fraction of the range of the costs.
  public let regularization: Double
  /// The sum of absolute row errors, as a fraction of the mass, at which scaling stops.
  public let tolerance: Double
  /// The greatest number of sweeps over the costs, all ε together.
  public let iterationLimit: Int

  /// Configures the solver. Traps unless all three settings are positive.
  public init(
    regularization: Double = 0.005, tolerance: Double = 1e-6, iterationLimit: Int = 10_000
  ) {
    precondition(regularization > 0 && tolerance > 0 && iterationLimit > 0)
    self.regularization = regularization
    self.tolerance = tolerance
    self.iterationLimit = iterationLimit
  }

  /// Solves a problem approximately; the certificate tells how near. One sweep reads p × q numbers.
  /// A problem with forbidden arcs, which rounding to the marginals could not avoid, is left to
  /// `ExactTransport`.
  public func solve(_ problem: TransportProblem) -> TransportSolution {
    if problem.cost.hasForbiddenArcs { return ExactTransport().solve(problem) }
    let arcs = DenseArcs(problem, turned: false)
    let spread = problem.cost.range.upperBound - problem.cost.range.lowerBound
    var run = SinkhornRun(arcs, grains: Double(problem.grains.total), spread: spread)
    var epsilon = 1.0
    var converged = false
    while run.sweepCount < iterationLimit {
      let isLast = epsilon <= regularization
      converged = run.scale(
        epsilon: max(epsilon, regularization), tolerance: isLast ? tolerance : 0.01,
        sweepLimit: isLast ? iterationLimit : min(iterationLimit, run.sweepCount + 100))
      if isLast { break }
      converged = false
      epsilon /= 2
    }
    return run.solution(of: problem, converged: converged)
  }
}
