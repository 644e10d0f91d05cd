public import ChiasmStatistics

/// One statistic with intervals from resampled stimuli.
public struct IntervalEstimate: Equatable, Sendable {
  /// How the draws were made.
  public enum Method: String, Sendable, CaseIterable {
    /// The fits and their predictions stay, held-out stimuli are drawn (`ScoreDraws`).
    case fixedFits = "fixed-fits"
    /// All stimuli are drawn and everything is fitted anew.
    case refits
  }

  /// How the draws were made.
  public let method: Method
  /// What is estimated.
  public let statistic: AlignmentStatistic
  /// Its value on the data as they are.
  public let estimate: Double
  /// Its values on resampled data.
  public let distribution: BootstrapDistribution
  /// The interval, by percentiles and by BCa.
  public let interval: BootstrapInterval

  init(
    _ method: Method, _ statistic: AlignmentStatistic, estimate: Double, draws: [Double],
    jackknife: [Double]
  ) {
    self.method = method
    self.statistic = statistic
    self.estimate = estimate
    distribution = BootstrapDistribution(draws)
    interval = distribution.interval(estimate: estimate, jackknife: jackknife)
  }
}
