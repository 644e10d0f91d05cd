internal import ChiasmAlignment
internal import ChiasmStatistics

/// Nulls and intervals in `alignment.json`.
struct EvidenceRecord: Codable, Equatable {
  /// One statistic against one null, as in `nulls.csv`.
  struct Test: Codable, Equatable {
    let null: String
    let statistic: String
    let source_stage: String?
    let target_stage: String?
    let observed: Double?
    let null_mean: Double?
    let null_sd: Double?
    let effect: Double?
    let p_value: Double?
    /// Of a single stage or pair, corrected for their number by the best of them in each draw.
    let p_corrected: Double?
    let tail: String
    let draws: Int
    let undefined: Int
  }

  /// One statistic with its intervals, as in `intervals.csv`.
  struct Interval: Codable, Equatable {
    let draws_of: String
    let statistic: String
    let source_stage: String?
    let target_stage: String?
    let estimate: Double?
    let mean: Double?
    let standard_error: Double?
    let low: Double?
    let high: Double?
    let bca_low: Double?
    let bca_high: Double?
    let level: Double
    let draws: Int
    let undefined: Int
    /// The ends to show: BCa where it is defined, else the percentiles, which stand in `low` and
    /// `high`; absent, like the method, in alignments of before there was a rule.
    let interval_low: Double?
    let interval_high: Double?
    /// `bca` or `percentile`.
    let interval_method: String?
  }

  let nulls: [Test]
  let intervals: [Interval]
  /// For each pair of stages, how often it is in the support of the coupling over bootstrap samples;
  /// absent without them.
  let support_frequency: [[Double?]]?

  init(_ result: AlignmentResult) {
    nulls = result.evidence.tests.map { Test($0, result) }
    intervals = result.evidence.intervals.map { Interval($0, result) }
    support_frequency =
      result.evidence.bootstraps.isEmpty
      ? nil
      : result.sourceNames.indices.map { source in
        result.targetNames.indices.map { target in
          result.evidence.supportFrequency(source: source, target: target).finite
        }
      }
  }
}

extension EvidenceRecord.Test {
  init(_ test: NullTest, _ result: AlignmentResult) {
    let spread = test.distribution.spread
    null = test.null.rawValue
    statistic = test.statistic.name
    source_stage = test.statistic.source.map { result.sourceNames[$0] }
    target_stage = test.statistic.target.map { result.targetNames[$0] }
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
}

extension EvidenceRecord.Interval {
  init(_ interval: IntervalEstimate, _ result: AlignmentResult) {
    let spread = interval.distribution.spread
    draws_of = interval.method.rawValue
    statistic = interval.statistic.name
    source_stage = interval.statistic.source.map { result.sourceNames[$0] }
    target_stage = interval.statistic.target.map { result.targetNames[$0] }
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
}
