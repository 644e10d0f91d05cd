/// The share of a unit's variance over stimuli that is signal, after its repeats are averaged.
///
/// NC = ncsnr² / (ncsnr² + ν), with ν the mean over stimuli of 1/n for n repeats. With n repeats of
/// every stimulus ν = 1/n. Reference: Allen2022.
public enum NoiseCeiling {
  /// The ceiling in [0, 1] for a noise-ceiling signal-to-noise ratio; NaN for a NaN or an infinite
  /// ratio, which tells of a noise that was not measured.
  ///
  /// A negative ratio counts as 0.
  public static func share(signalToNoise: Double, meanInverseRepeats: Double) -> Double {
    guard signalToNoise.isFinite else { return .nan }
    let square = max(signalToNoise, 0) * max(signalToNoise, 0)
    if square.isInfinite { return 1 }
    return square == 0 ? 0 : square / (square + meanInverseRepeats)
  }

  /// The ceiling of means of repeats from that of single showings, NC / (NC + ν (1 − NC)).
  ///
  /// It is what `share(signalToNoise:meanInverseRepeats:)` gives for the same ratio; NaN for a NaN.
  public static func share(
    ofSingleShowings ceiling: Double, meanInverseRepeats: Double
  ) -> Double {
    ceiling == 0 ? 0 : ceiling / (ceiling + meanInverseRepeats * (1 - ceiling))
  }

  /// The mean of 1/n over stimuli; NaN without stimuli.
  public static func meanInverse(ofRepeats repeats: [Int]) -> Double {
    repeats.reduce(0) { $0 + 1 / Double($1) } / Double(repeats.count)
  }
}
