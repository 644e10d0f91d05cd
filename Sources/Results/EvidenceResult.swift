public import ChiasmAlignment
internal import ChiasmStatistics
internal import ChiasmTables

/// What nulls and resampled stimuli say of an alignment.
public struct EvidenceResult: Codable, Equatable, Sendable {
  /// One statistic against one null.
  public struct Test: Codable, Equatable, Sendable {
    /// What is exchanged at random (`NullTest.Null`).
    public let null: String
    /// What is tested (`AlignmentStatistic.name`).
    public let statistic: String
    /// The source stage that it is about; nil for the whole.
    public let source_stage: String?
    /// The target stage that it is about.
    public let target_stage: String?
    /// Its value on the data as they are.
    public let observed: Double?
    /// The mean of its values under the null.
    public let null_mean: Double?
    /// Their standard deviation.
    public let null_sd: Double?
    /// (observed − mean) / SD.
    public let effect: Double?
    /// (1 + draws at least as good) / (1 + draws).
    public let p_value: Double?
    /// Of a single stage or pair, corrected for their number by the best of them in each draw.
    public let p_corrected: Double?
    /// Whether great values are evidence (`upper`) or little ones (`lower`).
    public let tail: String
    /// Draws with a value.
    public let draws: Int
    /// Draws without.
    public let undefined: Int
  }

  /// One statistic with its intervals.
  public struct Interval: Codable, Equatable, Sendable {
    /// How the draws were made (`IntervalEstimate.Method`).
    public let draws_of: String
    /// What is estimated.
    public let statistic: String
    /// The source stage that it is about; nil for the whole.
    public let source_stage: String?
    /// The target stage that it is about.
    public let target_stage: String?
    /// Its value on the data as they are.
    public let estimate: Double?
    /// The mean of its draws.
    public let mean: Double?
    /// Their standard deviation.
    public let standard_error: Double?
    /// The lower end by percentiles.
    public let low: Double?
    /// The upper end by percentiles.
    public let high: Double?
    /// The lower end by BCa.
    public let bca_low: Double?
    /// The upper end by BCa.
    public let bca_high: Double?
    /// The rate at which such intervals hold the value.
    public let level: Double
    /// Draws with a value.
    public let draws: Int
    /// Draws without.
    public let undefined: Int
    /// The lower end to show: BCa where it is defined, else the percentile.
    public let interval_low: Double?
    /// The upper end to show.
    public let interval_high: Double?
    /// `bca` or `percentile`.
    public let interval_method: String?
  }

  /// One statistic over draws of units.
  public struct UnitDraw: Codable, Equatable, Sendable {
    /// What is told.
    public let statistic: String
    /// The source stage that it is about; nil for the whole.
    public let source_stage: String?
    /// The target stage that it is about.
    public let target_stage: String?
    /// Its value with the units of the alignment itself.
    public let estimate: Double?
    /// The mean of its draws.
    public let mean: Double?
    /// Their standard deviation.
    public let sd: Double?
    /// The least of them.
    public let least: Double?
    /// The greatest of them.
    public let greatest: Double?
    /// The units of every stage in a draw.
    public let units: Int
    /// Draws with a value.
    public let draws: Int
    /// Draws without.
    public let undefined: Int
  }

  /// Every test.
  public let nulls: [Test]
  /// Every interval.
  public let intervals: [Interval]
  /// For each pair of stages, how often it is in the support of the coupling over bootstrap samples;
  /// absent without them.
  public let support_frequency: [[Double?]]?
  /// Every statistic over draws of units; absent without them.
  public let unit_draws: [UnitDraw]?

  init(_ evidence: AlignmentEvidence, source: [String], target: [String]) {
    nulls = evidence.tests.map { Test($0, source, target) }
    intervals = evidence.intervals.map { Interval($0, source, target) }
    support_frequency =
      evidence.bootstraps.isEmpty
      ? nil
      : source.indices.map { row in
        target.indices.map { evidence.supportFrequency(source: row, target: $0).finite }
      }
    unit_draws =
      evidence.unitDraws.draws.isEmpty ? nil : UnitDraw.all(of: evidence, source, target)
  }

  /// The test of a statistic, if it was made.
  public func test(
    _ null: NullTest.Null, _ statistic: String, source: String? = nil, target: String? = nil
  ) -> Test? {
    nulls.first {
      $0.null == null.rawValue && $0.statistic == statistic && $0.source_stage == source
        && $0.target_stage == target
    }
  }

  /// The interval of a statistic, if there is one.
  public func interval(
    _ draws: IntervalEstimate.Method, _ statistic: String, source: String? = nil,
    target: String? = nil
  ) -> Interval? {
    intervals.first {
      $0.draws_of == draws.rawValue && $0.statistic == statistic && $0.source_stage == source
        && $0.target_stage == target
    }
  }
}

extension EvidenceResult.Interval {
  /// The ends to show; nil without both.
  public var ends: ClosedRange<Double>? {
    guard let interval_low, let interval_high, interval_low <= interval_high else { return nil }
    return interval_low...interval_high
  }
}

extension EvidenceResult.Test {
  init(_ test: NullTest, _ sources: [String], _ targets: [String]) {
    let spread = test.distribution.spread
    null = test.null.rawValue
    statistic = test.statistic.name
    source_stage = test.statistic.source.map { sources[$0] }
    target_stage = test.statistic.target.map { targets[$0] }
    observed = test.observed.finite
    null_mean = spread.mean.finite
    null_sd = spread.deviation.finite
    effect = test.effect.finite
    p_value = test.pValue.finite
    p_corrected = test.correctedPValue.finite
    tail = test.statistic.isLowerBetter ? "lower" : "upper"
    draws = test.distribution.draws.count
    undefined = test.distribution.undefinedCount
  }

  static let columns: [ResultColumn<Self>] = [
    .init(.null, text: { $0.null }),
    .init(.statistic, text: { $0.statistic }),
    .init(.sourceStage, text: { $0.source_stage ?? ($0.statistic == "score" ? "mean" : nil) }),
    .init(.targetStage, text: { $0.target_stage }),
    .init(Quantity("observed", "observed", "Value on the data as they are"), { $0.observed }),
    .init(Quantity("null_mean", "null mean", "Mean of the draws"), { $0.null_mean }),
    .init(
      Quantity("null_sd", "null SD", "Standard deviation of the draws", isDetail: true),
      { $0.null_sd }),
    .init(
      Quantity(
        "effect", "effect in SD",
        "Observed value minus null mean, over the null's standard "
          + "deviation", .fixed(2), isDetail: true), { $0.effect }),
    .init(
      Quantity(
        "p_value", "p", "(1 + draws at least as good) / (1 + draws), for this row alone",
        .digits(2),
        in: 0...1), { $0.p_value }),
    .init(
      Quantity(
        "tail", "tail", "Which values are as good", .text,
        levels: [
          .init("upper", "upper", "Those at least as great"),
          .init("lower", "lower", "Those at least as low"),
        ], isDetail: true), text: { $0.tail }),
    .init(Quantity("draws", "draws", "Draws with a value", .count), count: { $0.draws }),
    .init(
      Quantity("undefined", "undefined", "Draws without a value, left out", .count, isDetail: true),
      count: { $0.undefined }),
    .init(
      Quantity(
        "p_corrected", "p corrected",
        "The p of single {sources} and pairs corrected for their "
          + "number, by the best of all of them in each draw", .digits(2), in: 0...1),
      { $0.p_corrected }),
  ]
}

extension EvidenceResult.UnitDraw {
  /// Every statistic but how often a pair is in the support of the coupling.
  static func all(
    of evidence: AlignmentEvidence, _ sources: [String], _ targets: [String]
  ) -> [Self] {
    evidence.observed.list.enumerated().compactMap { place, statistic in
      if case .support = statistic { return nil }
      let values = evidence.unitDraws.draws.map { $0[place] }
      let known = values.filter { !$0.isNaN }
      let spread = Spread(known)
      return Self(
        statistic: statistic.name, source_stage: statistic.source.map { sources[$0] },
        target_stage: statistic.target.map { targets[$0] },
        estimate: evidence.observed.values[place].finite, mean: spread.mean.finite,
        sd: spread.deviation.finite, least: known.min(), greatest: known.max(),
        units: evidence.unitDraws.unitCount, draws: known.count,
        undefined: values.count - known.count)
    }
  }

  static let columns: [ResultColumn<Self>] = [
    .init(.statistic, text: { $0.statistic }),
    .init(.sourceStage, text: { $0.source_stage ?? ($0.statistic == "score" ? "mean" : nil) }),
    .init(.targetStage, text: { $0.target_stage }),
    .init(
      Quantity("estimate", "estimate", "Value with the units of the alignment itself"),
      { $0.estimate }),
    .init(Quantity("mean", "mean of draws", "Mean of the draws of units"), { $0.mean }),
    .init(
      Quantity("sd", "SD of draws", "Standard deviation of the draws of units"), { $0.sd }),
    .init(Quantity("least", "least", "The least of the draws"), { $0.least }),
    .init(Quantity("greatest", "greatest", "The greatest of the draws"), { $0.greatest }),
    .init(
      Quantity("units", "units", "Units of every stage in a draw", .count), count: { $0.units }),
    .init(
      Quantity("draws", "draws", "Draws with a value", .count, isDetail: true), count: { $0.draws }),
    .init(
      Quantity("undefined", "undefined", "Draws without a value, left out", .count, isDetail: true),
      count: { $0.undefined }),
  ]
}

extension EvidenceResult.Interval {
  init(_ interval: IntervalEstimate, _ sources: [String], _ targets: [String]) {
    let spread = interval.distribution.spread
    draws_of = interval.method.rawValue
    statistic = interval.statistic.name
    source_stage = interval.statistic.source.map { sources[$0] }
    target_stage = interval.statistic.target.map { targets[$0] }
    estimate = interval.estimate.finite
    mean = spread.mean.finite
    standard_error = spread.deviation.finite
    let (percentile, accelerated) = (interval.interval.percentile, interval.interval.accelerated)
    low = percentile.lower.finite
    high = percentile.upper.finite
    bca_low = accelerated.lower.finite
    bca_high = accelerated.upper.finite
    level = percentile.level
    draws = interval.distribution.draws.count
    undefined = interval.distribution.undefinedCount
    interval_low = interval.interval.ends.lower.finite
    interval_high = interval.interval.ends.upper.finite
    interval_method = interval.interval.method?.rawValue
  }

  static let columns: [ResultColumn<Self>] = [
    .init(
      Quantity(
        "draws_of", "draws of", "How the draws were made", .text,
        levels: [
          .init(
            "fixed-fits", "held-out stimuli", "Held-out stimuli are drawn anew, the fits kept"),
          .init(
            "refits", "all stimuli", "All stimuli are drawn anew and everything is fitted anew"),
        ]), text: { $0.draws_of }),
    .init(.statistic, text: { $0.statistic }),
    .init(.sourceStage, text: { $0.source_stage ?? ($0.statistic == "score" ? "mean" : nil) }),
    .init(.targetStage, text: { $0.target_stage }),
    .init(Quantity("estimate", "estimate", "Value on the data as they are"), { $0.estimate }),
    .init(Quantity("mean", "mean", "Mean of the draws", isDetail: true), { $0.mean }),
    .init(
      Quantity(
        "standard_error", "standard error", "Standard deviation of the draws", isDetail: true),
      { $0.standard_error }),
    .init(
      Quantity("low", "percentile low", "Lower end by percentiles of the draws", isDetail: true),
      { $0.low }),
    .init(
      Quantity("high", "percentile high", "Upper end by percentiles of the draws", isDetail: true),
      { $0.high }),
    .init(
      Quantity("bca_low", "BCa low", "Lower end, bias-corrected and accelerated", isDetail: true),
      { $0.bca_low }),
    .init(
      Quantity("bca_high", "BCa high", "Upper end, bias-corrected and accelerated", isDetail: true),
      { $0.bca_high }),
    .init(
      Quantity(
        "level", "level", "Rate at which such intervals are meant to hold the value", .digits(4),
        in: 0...1, isDetail: true), { $0.level }),
    .init(
      Quantity("draws", "draws", "Draws with a value", .count, isDetail: true), count: { $0.draws }),
    .init(
      Quantity("undefined", "undefined", "Draws without a value, left out", .count, isDetail: true),
      count: { $0.undefined }),
    .init(
      Quantity(
        "interval_low", "95 % low",
        "Lower end to show: BCa where it is defined, else the "
          + "percentile"), { $0.interval_low }),
    .init(Quantity("interval_high", "95 % high", "Upper end to show"), { $0.interval_high }),
    .init(.intervalMethod, text: { $0.interval_method }),
  ]
}
