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
