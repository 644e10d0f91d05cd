public import ChiasmLinearAlgebra
public import ChiasmStatistics
public import ChiasmTransport

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

/// A stage as a fit saw it.
public struct FittedStage: Equatable, Sendable {
  /// The name of the stage.
  public let name: String
  /// For each row or column of the unit plans, its column in the stage that was given. Units that do
  /// not vary over the training stimuli are not among them.
  public let unitColumns: [Int]
  /// The units of the stage that was given.
  public let originalUnitCount: Int

  init(_ stage: StandardizedStage) {
    name = stage.name
    unitColumns = stage.unitColumns
    originalUnitCount = stage.originalUnitCount
  }
}

/// What the splits of an alignment say together about the coupling of stages.
public struct CouplingSummary: Sendable {
  /// The mean of P over splits: source stages × target stages.
  public let coupling: Matrix<Double>
  /// Each row of P divided by its sum (L · P for balanced transport), mean and spread over splits; NaN
  /// for a source stage that has no mass in some split.
  public let shares: Matrix<Spread>
  /// C, mean and spread over splits.
  public let costs: Matrix<Spread>
  /// ⟨C, P⟩, mean and spread over splits.
  public let cost: Spread
  /// For each source stage, Σ_m m · share_lm with m = 1 … M: its place in the target's hierarchy.
  public let expectedDepths: [Double]
  /// For each source stage, the target stage with the greatest mean share, and of those that tie the
  /// one of least mean cost. Nil where shares are NaN, and where all of several target stages tie: then
  /// no layer is best.
  public let bestTargets: [Int?]
  /// For each source stage, how many target stages are within 1e-12 of the greatest mean share, the best
  /// among them; 0 where shares are NaN.
  public let tiedTargetCounts: [Int]

  /// Summarises fits of the same stages; traps without any.
  public init(_ fits: [FittedTransport]) {
    precondition(!fits.isEmpty, "A summary needs a fit.")
    coupling = Self.mean(of: fits.map(\.coupling))
    shares = Self.combine(fits.map(\.shares)) { Spread($0) }
    costs = Self.combine(fits.map(\.costs)) { Spread($0) }
    cost = Spread(fits.map(\.cost))
    expectedDepths = Self.depths(shares)
    let means = Self.mean(of: fits.map(\.shares))
    let tied = means.greatestColumns
    tiedTargetCounts = tied.map(\.count)
    bestTargets = zip(
      means.bestColumns(costs: Self.mean(of: fits.map(\.costs))), tied
    ).map { $1.count == means.columnCount && $1.count > 1 ? nil : $0 }
  }

  /// The mean of couplings of the same stages.
  static func mean(of couplings: [Matrix<Double>]) -> Matrix<Double> {
    combine(couplings) { Spread($0).mean }
  }

  private static func combine<Result: Sendable>(
    _ matrices: [Matrix<Double>], _ body: ([Double]) -> Result
  ) -> Matrix<Result> {
    Matrix(
      rowCount: matrices[0].rowCount, columnCount: matrices[0].columnCount,
      elements: matrices[0].elements.indices.map { index in
        body(matrices.map { $0.elements[index] })
      })
  }

  private static func depths(_ shares: Matrix<Spread>) -> [Double] {
    (0..<shares.rowCount).map { row in
      zip(shares.row(row), 1...).reduce(0) { $0 + $1.0.mean * Double($1.1) }
    }
  }
}
