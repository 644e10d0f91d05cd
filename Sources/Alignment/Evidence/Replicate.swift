/// One resampled data set; which one it is depends on the seed and its number only.
public enum Replicate: Hashable, Sendable {
  /// The target's stimuli in random order.
  case permutation(Int)
  /// Stimuli drawn with replacement, as many as there are.
  case bootstrap(Int)
  /// All stimuli but those of one group, for the acceleration of BCa intervals.
  case jackknife(Int)
}
