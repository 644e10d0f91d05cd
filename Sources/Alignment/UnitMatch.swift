public import OptimalTransport

/// The inner problem of one source stage and one target stage, solved: the unit plan Q_lm.
public struct UnitMatch: Sendable {
  /// Q: rows are the source's varying units, columns the target's; rows sum to 1/n, columns to 1/q.
  public let plan: TransportPlan
  /// C_lm = ⟨1 − ρ, Q⟩.
  public let cost: Double
  /// What proves the plan optimal.
  public let certificate: TransportCertificate
  /// The solver's iterations.
  public let iterations: Int
}
