public import ChiasmTransport

/// The inner problem of one source stage and one target stage, solved: the unit plan Q_lm.
public struct UnitMatch: Sendable {
  /// What matching a mass costs.
  public struct Point: Equatable, Sendable {
    /// s, of 1.
    public let mass: Double
    /// ⟨1 − ρ, Q_s⟩ / s.
    public let cost: Double
  }

  /// Q: rows are the source's varying units, columns the target's; rows sum to 1/n, columns to 1/q,
  /// or to no more than that where not all mass is matched.
  public let plan: TransportPlan
  /// s, the mass that is matched.
  public let mass: Double
  /// C_lm = ⟨1 − ρ, Q⟩ / s.
  public let cost: Double
  /// All masses that were tried, ascending; none where everything is matched unasked.
  public let curve: [Point]
  /// What proves the plan optimal.
  public let certificate: TransportCertificate
  /// The solver's iterations.
  public let iterations: Int
}

extension UnitMatch {
  init(_ solution: TransportSolution) {
    self.init(
      plan: solution.plan, mass: 1, cost: solution.cost, curve: [],
      certificate: solution.certificate, iterations: solution.iterations)
  }

  init(_ curve: MassCurve) {
    let points = zip(curve.masses, curve.solutions).map { mass, solution in
      Point(mass: mass, cost: solution.cost / mass)
    }
    self.init(
      plan: curve.solution.plan, mass: curve.mass, cost: points[curve.chosen].cost, curve: points,
      certificate: curve.solution.certificate, iterations: curve.solution.iterations)
  }
}
