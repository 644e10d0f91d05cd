/// What the noise ceilings of an extraction were taken from.
public enum NoiseCeilingSource: String, Codable, Sendable {
  /// An image of noise-ceiling signal-to-noise ratios.
  case ncsnr
  /// The correlation of the odd and even showings of stimuli that were shown more than once.
  case splitHalf = "split-half"
}
