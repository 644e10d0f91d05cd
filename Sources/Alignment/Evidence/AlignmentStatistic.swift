internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// One number of an alignment over all its splits, which a null or an interval is about.
public enum AlignmentStatistic: Hashable, Sendable {
  /// The held-out score of HOT, mean over source stages and splits.
  case score
  /// The held-out score of one source stage, mean over splits.
  case stageScore(source: Int)
  /// Spearman's ρ of the mean coupling (`HierarchyStatistics`).
  case spearman
  /// Kendall's τ-b of the mean coupling.
  case kendall
  /// The mass of the mean coupling within one step of the diagonal.
  case nearDiagonalMass
  /// ⟨C, P⟩, mean over splits.
  case cost
  /// The expected depth of one source stage, from its mean shares.
  case expectedDepth(source: Int)
  /// C of one pair, mean over splits.
  case pairCost(source: Int, target: Int)
  /// L · P of one pair, mean over splits.
  case share(source: Int, target: Int)
  /// The part of the splits in which one pair is in the support of the coupling: its share > 1e-9.
  case support(source: Int, target: Int)
}

extension AlignmentStatistic {
  /// Every statistic of an alignment, in the order of `AlignmentStatistics.values`.
  public static func all(sourceCount: Int, targetCount: Int) -> [AlignmentStatistic] {
    let sources = 0..<sourceCount
    let pairs = sources.flatMap { source in (0..<targetCount).map { (source, $0) } }
    return [.score] + sources.map { .stageScore(source: $0) }
      + [.spearman, .kendall, .nearDiagonalMass, .cost]
      + sources.map { .expectedDepth(source: $0) }
      + pairs.map { .pairCost(source: $0.0, target: $0.1) }
      + pairs.map { .share(source: $0.0, target: $0.1) }
      + pairs.map { .support(source: $0.0, target: $0.1) }
  }

  /// The name in result files; the stages stand beside it.
  public var name: String {
    switch self {
    case .score, .stageScore: "score"
    case .spearman: "spearman"
    case .kendall: "kendall"
    case .nearDiagonalMass: "near_diagonal_mass"
    case .cost, .pairCost: "cost"
    case .expectedDepth: "expected_depth"
    case .share: "share"
    case .support: "support"
    }
  }

  /// The number of the source stage, if it is about one.
  public var source: Int? {
    switch self {
    case .stageScore(let source), .expectedDepth(let source): source
    case .pairCost(let source, _), .share(let source, _), .support(let source, _): source
    case .score, .spearman, .kendall, .nearDiagonalMass, .cost: nil
    }
  }

  /// The number of the target stage, if it is about one.
  public var target: Int? {
    switch self {
    case .pairCost(_, let target), .share(_, let target), .support(_, let target): target
    default: nil
    }
  }

  /// What the statistics of the same kind are called, of other stages or pairs of stages, that are
  /// tested together; nil for one of the whole alignment.
  var family: String? { source == nil ? nil : name }

  /// Whether little is evidence of a relation, as with costs, and not much.
  public var isLowerBetter: Bool {
    switch self {
    case .cost, .pairCost: true
    default: false
    }
  }
}

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
