internal import ChiasmAlignment
internal import ChiasmStatistics
internal import ChiasmTables

/// Two methods compared on the same splits.
///
/// Random splits of the same stimuli overlap, so that the ordinary t test finds too much; the
/// corrected resampled t test allows for that. Reference: NadeauBengio2003.
public struct MethodComparison: Codable, Equatable, Sendable {
  /// The method whose score is the greater where the difference is above 0.
  public let method: String
  /// What it is compared with.
  public let other_method: String
  /// The source stage, or `mean` for the mean over source stages.
  public let source_stage: String
  /// The mean over splits of the score of `method` minus that of `other_method`.
  public let difference: Double?
  /// Over splits.
  public let sd: Double?
  /// The lower end of the 95 % interval of the difference.
  public let lower: Double?
  /// The upper end.
  public let upper: Double?
  /// The difference over its standard error.
  public let t: Double?
  /// The number of splits less one.
  public let degrees_of_freedom: Int
  /// Two-sided, for this comparison alone.
  public let p_value: Double?

  /// Whether it sets HOT against another prediction; matched scores are none.
  public var isOfHOT: Bool { method == "hot" && !ControlDescription.isMatched(other_method) }

  /// Compares scores, a value a split; `ratio` is that of held-out to training stimuli.
  init(
    _ method: (String, [Double]), _ other: (String, [Double]), stage: String = "mean",
    ratio: Double
  ) {
    let comparison = PairedComparison(method.1, other.1)
    let test = comparison.correctedTest(testToTrainingRatio: ratio)
    self.method = method.0
    other_method = other.0
    source_stage = stage
    difference = comparison.spread.mean.finite
    sd = comparison.spread.deviation.finite
    lower = test.interval.lower.finite
    upper = test.interval.upper.finite
    t = test.statistic.finite
    degrees_of_freedom = test.degreesOfFreedom
    p_value = test.pValue.finite
  }

  /// All pairs of methods in the order of the list, whose scores are a value a split.
  static func all(
    _ methods: [(String, [Double])], stage: String = "mean", ratio: Double
  ) -> [MethodComparison] {
    methods.indices.flatMap { first in
      methods[(first + 1)...].map {
        MethodComparison(methods[first], $0, stage: stage, ratio: ratio)
      }
    }
  }

  static let columns: [ResultColumn<MethodComparison>] = [
    .init(.method, text: { $0.method }),
    .init(
      Quantity(
        "other_method", "other method", "The method that it is compared with", .text,
        levels: Quantity.method.levels), text: { $0.other_method }),
    .init(.sourceStage, text: { $0.source_stage }),
    .init(
      Quantity(
        "difference", "difference",
        "Score of the method minus that of the other method, "
          + "mean over splits"), { $0.difference }),
    .init(
      Quantity("sd", "SD", "Standard deviation of the difference over splits", isDetail: true),
      { $0.sd }),
    .init(
      Quantity(
        "lower", "95 % low",
        "Lower end of the 95 % interval of the difference, by the "
          + "corrected resampled t test"), { $0.lower }),
    .init(Quantity("upper", "95 % high", "Upper end of that interval"), { $0.upper }),
    .init(
      Quantity(
        "t", "t",
        "The difference over its standard error, corrected for the overlap of "
          + "splits", .fixed(2), isDetail: true), { $0.t }),
    .init(
      Quantity("df", "df", "Degrees of freedom: splits less one", .count, isDetail: true),
      count: { $0.degrees_of_freedom }),
    .init(
      Quantity(
        "p_value", "p",
        "Two-sided p of the corrected resampled t test, for this comparison "
          + "alone", .digits(2), in: 0...1), { $0.p_value }),
  ]
}
