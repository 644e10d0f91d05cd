internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// The statistics of one alignment over all its splits: of the data as they are, or of one replicate.
public struct AlignmentStatistics: Equatable, Sendable {
  /// What `values` are.
  public let list: [AlignmentStatistic]
  /// A number for each of `list`; NaN where it does not exist.
  public let values: [Double]

  /// Takes fits of the same stages and the score of HOT for each of them: a number a source stage.
  public init(_ fits: [FittedTransport], stageScores: [[Double]]) {
    let summary = CouplingSummary(fits)
    let hierarchy = HierarchyStatistics(coupling: summary.coupling)
    let (rows, columns) = (summary.coupling.rowCount, summary.coupling.columnCount)
    list = AlignmentStatistic.all(sourceCount: rows, targetCount: columns)
    values = list.map { statistic in
      switch statistic {
      case .score: Spread(stageScores.map { Spread($0).mean }).mean
      case .stageScore(let source): Spread(stageScores.map { $0[source] }).mean
      case .spearman: hierarchy.spearman
      case .kendall: hierarchy.kendall
      case .nearDiagonalMass: hierarchy.nearDiagonalMass
      case .cost: summary.cost.mean
      case .expectedDepth(let source): summary.expectedDepths[source]
      case .pairCost(let source, let target): summary.costs[source, target].mean
      case .share(let source, let target): summary.shares[source, target].mean
      case .support(let source, let target):
        Double(fits.count { $0.shares[source, target] > 1e-9 }) / Double(fits.count)
      }
    }
  }

  /// The value of one statistic; NaN when it is not of this alignment.
  public subscript(statistic: AlignmentStatistic) -> Double {
    list.firstIndex(of: statistic).map { values[$0] } ?? .nan
  }
}
