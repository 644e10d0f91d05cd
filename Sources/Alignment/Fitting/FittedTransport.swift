public import ChiasmLinearAlgebra
public import ChiasmTransport
public import ChiasmStatistics

/// A hierarchical transport that was fitted to one split.
public struct FittedTransport: Sendable {
  /// The split whose training stimuli were used.
  public let split: Split
  /// The source stages.
  public let source: [FittedStage]
  /// The target stages.
  public let target: [FittedStage]
  /// The unit plans, one a pair of stages, source stage by source stage.
  public let matches: [UnitMatch]
  /// C: source stages × target stages.
  public let costs: Matrix<Double>
  /// P: source stages × target stages; rows sum to 1/L and columns to 1/M, unless source stages are
  /// weighed or the outer problem is relaxed.
  public let coupling: Matrix<Double>
  /// ⟨C, P⟩.
  public let cost: Double
  /// What proves P optimal.
  public let outerCertificate: TransportCertificate
  /// The problem that P solves.
  public internal(set) var outer = OuterProblem.balanced
  /// The problems that were solved beside it; nil for the balanced problem alone.
  public internal(set) var outerPath: OuterPath?

  /// The unit plan of a source stage and a target stage.
  public func match(_ source: Int, _ target: Int) -> UnitMatch {
    matches[source * costs.columnCount + target]
  }

  /// Whether the matched mass of units was set or chosen, so that plans may leave units out.
  public var isPartial: Bool { matches.contains { !$0.curve.isEmpty } }

  /// P_lm / Σ_k P_lk: how the mass of each source stage is spread over the target stages.
  ///
  /// Rows sum to 1; this is L · P for the balanced problem. A source stage without mass, as a partial
  /// problem can leave, has NaN.
  public var shares: Matrix<Double> { coupling.dividedByRowSums }
}
