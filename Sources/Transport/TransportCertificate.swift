/// How far a plan can be from the optimum, proven from the problem itself and not from the state of
/// the solver that made the plan.
///
/// For a plan Q and potentials (u, v) with masses (a, b): if Q has the marginals, weak duality gives
/// cost − optimum ≤ gap + dualViolation × mass. Sums are compensated. One pass over the costs.
public struct TransportCertificate: Sendable, Equatable {
  /// The greatest |row or column sum − mass| and the greatest |negative entry|.
  public let primalViolation: Double
  /// max(0, max (uᵢ + vⱼ − Cᵢⱼ)).
  public let dualViolation: Double
  /// ⟨C, Q⟩ − (⟨a, u⟩ + ⟨b, v⟩).
  public let gap: Double
  /// gap + dualViolation × mass: the cost of the plan exceeds the optimum by no more than this.
  public let bound: Double

  /// Judges a plan by potentials. Traps when a shape differs from the problem's.
  public init(
    problem: TransportProblem, plan: TransportPlan, sourcePotentials: [Double],
    targetPotentials: [Double]
  ) {
    let (p, q) = (problem.cost.rowCount, problem.cost.columnCount)
    precondition(sourcePotentials.count == p && targetPotentials.count == q)
    precondition(plan.rowCount == p && plan.columnCount == q)
    primalViolation = Self.primalViolation(of: plan, for: problem)
    dualViolation = problem.cost.violation(sourcePotentials, targetPotentials)
    gap =
      plan.cost(under: problem.cost)
      - compensatedSum([
        compensatedDot(problem.sourceMasses, sourcePotentials),
        compensatedDot(problem.targetMasses, targetPotentials),
      ])
    bound = gap + dualViolation * problem.totalMass
  }

  /// The greatest |row or column sum − mass| and the greatest |negative entry|.
  static func primalViolation(of plan: TransportPlan, for problem: TransportProblem) -> Double {
    let marginalErrors =
      zip(plan.rowSums, problem.sourceMasses).map { abs($0 - $1) }
      + zip(plan.columnSums, problem.targetMasses).map { abs($0 - $1) }
    return greatestExcess(marginalErrors + plan.masses.map { -$0 })
  }
}

/// The greatest of zero and some numbers, NaN when one of them is: a broken solution must not look sound.
func greatestExcess(_ numbers: [Double]) -> Double {
  numbers.reduce(0) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
}
