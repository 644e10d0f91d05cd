/// A way to solve transport problems: a configured value that takes any problem.
public protocol TransportSolver: Sendable {
  /// Solves a problem. Not converging is told by the solution's `termination`.
  func solve(_ problem: TransportProblem) -> TransportSolution
}

/// What a solver found, with what is needed to judge it.
public struct TransportSolution: Sendable {
  /// Why a solver stopped.
  public enum Termination: String, Sendable, Equatable {
    /// The plan is optimal: proven to 1e-9 of its cost, which is reached by rounding alone.
    case optimal
    /// The marginals of the regularised problem were met; how near the plan is to the optimum is
    /// told by the certificate.
    case converged
    /// The permitted number of iterations did not suffice; the plan still has the marginals.
    case iterationLimit
    /// The plan has the marginals, but is not proven to 1e-9 of its cost; the certificate tells how
    /// near it is. That happens where the costs span so much that the rounding of weights, or of the
    /// cost itself, decides.
    case unproven
    /// Every plan has mass on forbidden arcs, and this one the least.
    case infeasible
  }

  /// Which mass goes where.
  public let plan: TransportPlan
  /// The dual variable u of each source point.
  public let sourcePotentials: [Double]
  /// The dual variable v of each target point.
  public let targetPotentials: [Double]
  /// ⟨C, Q⟩.
  public let cost: Double
  /// The pivots or sweeps that were made.
  public let iterations: Int
  /// Why the solver stopped.
  public let termination: Termination
  /// How far the plan can be from the optimum.
  public let certificate: TransportCertificate

  /// Gathers a solution; cost and certificate are computed from the problem.
  public init(
    problem: TransportProblem, plan: TransportPlan, sourcePotentials: [Double],
    targetPotentials: [Double], iterations: Int, termination: Termination
  ) {
    self.plan = plan
    self.sourcePotentials = sourcePotentials
    self.targetPotentials = targetPotentials
    self.iterations = iterations
    self.termination = termination
    cost = plan.cost(under: problem.cost)
    certificate = TransportCertificate(
      problem: problem, plan: plan, sourcePotentials: sourcePotentials,
      targetPotentials: targetPotentials)
  }

  /// Gathers a solution whose cost and certificate were computed in exact arithmetic.
  init(
    plan: TransportPlan, sourcePotentials: [Double], targetPotentials: [Double], cost: Double,
    iterations: Int, termination: Termination, certificate: TransportCertificate
  ) {
    self.plan = plan
    self.sourcePotentials = sourcePotentials
    self.targetPotentials = targetPotentials
    self.cost = cost
    self.iterations = iterations
    self.termination = termination
    self.certificate = certificate
  }
}

extension TransportSolution {
  /// The solution without the plan's dust, entries below 1e-12 of their row's sum, judged anew.
  public func withoutDust(_ problem: TransportProblem) -> TransportSolution {
    let clean = plan.withoutDust
    return clean == plan
      ? self
      : TransportSolution(
        problem: problem, plan: clean, sourcePotentials: sourcePotentials,
        targetPotentials: targetPotentials, iterations: iterations, termination: termination)
  }
}

/// What was found for a problem with relaxed marginals, with what is needed to judge it.
public struct RelaxedSolution: Sendable {
  /// Which mass goes where; its sums are what the points were given, not what they ask for.
  public let plan: TransportPlan
  /// The dual variable of each source point.
  public let sourcePotentials: [Double]
  /// The dual variable of each target point.
  public let targetPotentials: [Double]
  /// The dual variable of the moved mass: what moving a little more costs per mass. 0 where the mass
  /// is not prescribed.
  public let massPotential: Double
  /// ⟨C, P⟩, without penalties.
  public let cost: Double
  /// What was minimised: the cost, with the penalties where there are any.
  public let objective: Double
  /// The pivots or Newton steps that were made.
  public let iterations: Int
  /// Why the solver stopped.
  public let termination: TransportSolution.Termination
  /// How far the plan can be from the optimum of its own problem.
  public let certificate: TransportCertificate
}
