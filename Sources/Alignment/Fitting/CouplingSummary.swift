public import ChiasmLinearAlgebra
public import ChiasmStatistics

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
