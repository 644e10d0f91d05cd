/// Two methods compared by pairs of scores: on the same splits, subjects or data sets.
///
/// Which number is right depends on how the pairs hang together:
///
/// - Random splits of the same stimuli overlap, so that their scores are correlated and the ordinary
///   t test finds too much. `correctedTest` with the ratio of held-out to training stimuli is right.
/// - Subjects or data sets that share nothing: `correctedTest(testToTrainingRatio: 0)` is Student's
///   paired t test.
/// - Bootstrap replicates are no observations: any test over them gets stronger with their number.
///   Put `differences` in a `BootstrapDistribution`, and take its interval.
public struct PairedComparison: Equatable, Sendable {
  /// First minus second, of the pairs in which both are numbers; 0 where they differ by less than
  /// 1e-12 of the greater, which is the rounding of their sums and not the methods.
  public let differences: [Double]
  /// How many pairs hold a NaN and were left out.
  public let undefinedCount: Int

  /// Takes the scores of both methods in the same order. Traps when the counts differ.
  public init(_ first: [Double], _ second: [Double]) {
    precondition(first.count == second.count, "A comparison needs pairs.")
    let all = zip(first, second).map { first, second in
      let difference = first - second
      return abs(difference) < 1e-12 * max(abs(first), abs(second)) ? 0 : difference
    }
    differences = all.filter { !$0.isNaN }
    undefinedCount = all.count - differences.count
  }
}

extension PairedComparison {
  /// The mean difference and the standard deviation (n − 1) of the differences.
  public var spread: Spread { Spread(differences) }

  /// A t test of mean difference zero, two-sided, with the interval that belongs to it.
  public struct Test: Equatable, Sendable {
    /// The mean difference over its standard error.
    public let statistic: Double
    /// The number of pairs less one.
    public let degreesOfFreedom: Int
    /// P(|T| ≥ |statistic|).
    public let pValue: Double
    /// The mean difference ∓ the quantile of t times the standard error.
    public let interval: ConfidenceInterval
  }

  /// The corrected resampled t test: t = d̄ / √((1/J + n_test / n_train) s²), with J − 1 degrees of
  /// freedom, over J random splits with a fixed share of held-out stimuli.
  ///
  /// A ratio of 0 gives Student's paired t test. Equal differences have no spread: the p-value is 1
  /// when they are all zero and 0 otherwise, and the interval has no width. Fewer than two pairs give
  /// NaN. Traps on a negative ratio or a level outside (0, 1). Reference: NadeauBengio2003.
  public func correctedTest(testToTrainingRatio: Double, level: Double = 0.95) -> Test {
    precondition(testToTrainingRatio >= 0, "A ratio of counts is not negative.")
    precondition(level > 0 && level < 1, "A level lies between 0 and 1.")
    let count = differences.count
    let (mean, deviation) = (spread.mean, spread.deviation)
    guard count > 1 else { return undefinedTest(level) }
    let error = deviation * (1 / Double(count) + testToTrainingRatio).squareRoot()
    let statistic = mean == 0 ? 0 : mean / error
    let student = StudentDistribution(degreesOfFreedom: Double(count - 1))
    let reach = error * student.twoSidedQuantile(1 - level)
    return Test(
      statistic: statistic, degreesOfFreedom: count - 1, pValue: student.twoSided(statistic),
      interval: ConfidenceInterval(lower: mean - reach, upper: mean + reach, level: level))
  }

  private func undefinedTest(_ level: Double) -> Test {
    Test(
      statistic: .nan, degreesOfFreedom: max(0, differences.count - 1), pValue: .nan,
      interval: ConfidenceInterval(lower: .nan, upper: .nan, level: level))
  }
}
