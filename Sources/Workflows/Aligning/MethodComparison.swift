internal import ChiasmAlignment
internal import ChiasmStatistics

/// Two methods compared on the same splits.
///
/// Random splits of the same stimuli overlap, so that the ordinary t test finds too much; the
/// corrected resampled t test allows for that. Reference: NadeauBengio2003.
struct MethodComparison: Codable, Equatable {
  let method: String
  let other_method: String
  /// The mean over splits of the score of `method` minus that of `other_method`.
  let difference: Double?
  /// Over splits.
  let sd: Double?
  /// The 95 % interval of the difference.
  let lower: Double?
  let upper: Double?
  let t: Double?
  let degrees_of_freedom: Int
  /// Two-sided, for this comparison alone.
  let p_value: Double?

  /// Compares scores, a value a split; `ratio` is that of held-out to training stimuli.
  init(_ method: (String, [Double]), _ other: (String, [Double]), ratio: Double) {
    let comparison = PairedComparison(method.1, other.1)
    let test = comparison.correctedTest(testToTrainingRatio: ratio)
    self.method = method.0
    other_method = other.0
    difference = comparison.spread.mean.finite
    sd = comparison.spread.deviation.finite
    lower = test.interval.lower.finite
    upper = test.interval.upper.finite
    t = test.statistic.finite
    degrees_of_freedom = test.degreesOfFreedom
    p_value = test.pValue.finite
  }
}

extension AlignmentResult {
  /// Held-out stimuli over training stimuli, the mean over splits.
  var testToTrainingRatio: Double {
    Spread(
      splits.map(\.fit.split).map { Double($0.heldOut.count) / Double($0.training.count) }
    ).mean
  }

  /// All pairs of methods in the order of the result files, by the score that `value` picks.
  func comparisons(_ value: (MethodScore) -> Double) -> [MethodComparison] {
    let ratio = testToTrainingRatio
    let all = methodNames.map { ($0, scores(of: $0).map(value)) }
    return all.indices.flatMap { first in
      all[(first + 1)...].map { MethodComparison(all[first], $0, ratio: ratio) }
    }
  }
}
