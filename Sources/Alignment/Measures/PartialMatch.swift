public import ChiasmTransport

/// A matching that leaves some units out.
public struct PartialMatch: Sendable, Equatable {
  /// The mass s that is matched, of 1.
  public let mass: Double
  /// ⟨1 − ρ, Q⟩ for that mass.
  public let cost: Double
  /// Q: the units of the source × those of the target that vary, with row sums of at most 1/n and
  /// column sums of at most 1/q.
  public let plan: TransportPlan

  /// ⟨ρ, Q⟩ / s: the mean correlation of what is matched.
  public var similarity: Double { 1 - cost / mass }
}
