extension NoiseCeiling {
  /// The reliability of the mean of k equal parts whose single reliability is r, by Spearman and
  /// Brown: k r / (1 + (k − 1) r).
  ///
  /// With the two halves of the repeats k = 2: 2r / (1 + r). It keeps the sign of r; −1 gives −∞ for
  /// two halves, and NaN stays NaN. For halves of different size see
  /// `share(halfCorrelation:halves:meanInverseRepeats:)`. References: Spearman1910, Brown1910.
  public static func spearmanBrown(_ reliability: Double, parts: Double = 2) -> Double {
    parts * reliability / (1 + (parts - 1) * reliability)
  }
}
