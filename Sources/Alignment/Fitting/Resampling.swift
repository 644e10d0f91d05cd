/// Which stimuli an alignment sees, beside the data as they are.
public enum Resampling: Equatable, Sendable {
  /// The data as they are.
  case none
  /// Stimulus k of the source is taken for stimulus `order[k]` of the target: with a random order,
  /// a pair of systems without any relation but with all their inner structure.
  case permutation([Int])
  /// These stimuli, on both sides, some perhaps more than once: a bootstrap sample. A stimulus is on
  /// the side of each split that it was on, so that none is both trained on and held out.
  case sample([Int])
}
