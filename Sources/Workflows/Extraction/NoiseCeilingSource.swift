/// What the noise ceilings of an extraction were taken from.
public enum NoiseCeilingSource: String, Codable, Sendable {
  /// An image of noise-ceiling signal-to-noise ratios.
  case ncsnr
  /// The correlation of the halves of stimuli that were shown in more than one session or run.
  case splitHalf = "split-half"
}
