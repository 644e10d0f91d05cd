extension NoiseCeiling {
  /// The reliability of the mean of k equal parts whose single reliability is r, by Spearman and
  /// Brown: k r / (1 + (k − 1) r).
  ///
  /// With the two halves of the repeats k = 2: 2r / (1 + r). It keeps the sign of r; −1 gives −∞ for
  /// two halves, and NaN stays NaN. Reference: Spearman1910.
  public static func spearmanBrown(_ reliability: Double, parts: Double = 2) -> Double {
    parts * reliability / (1 + (parts - 1) * reliability)
  }

  /// The share of a unit's variance over stimuli that is signal after all repeats are averaged, from
  /// the unit's responses to the same stimuli in two halves of the repeats.
  ///
  /// Pearson's correlation of the halves, by Spearman and Brown, where a negative correlation counts
  /// as 0. It estimates what `share(signalToNoise:meanInverseRepeats:)` gives when the halves hold
  /// equally many repeats. NaN when either half has no variance or holds a NaN.
  public static func share(ofHalves first: [Double], _ second: [Double]) -> Double {
    let reliability = correlation(first, second)
    return reliability.isNaN ? .nan : spearmanBrown(max(0, reliability))
  }

  /// The correlation with a unit that a perfect prediction reaches: √NC; NaN for a NaN.
  public static func correlationCeiling(ofShare share: Double) -> Double { share.squareRoot() }

  /// The correlation that two units with the same signal reach, each with its own noise: √(NC NC′).
  public static func correlationCeiling(ofShares first: Double, _ second: Double) -> Double {
    first.squareRoot() * second.squareRoot()
  }
}
