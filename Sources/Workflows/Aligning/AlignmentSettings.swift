public import ChiasmAlignment

/// What is to be aligned and how, as the user said it.
public struct AlignmentSettings: Sendable {
  /// How transport problems are solved.
  public enum Solver: String, Sendable, CaseIterable { case exact, sinkhorn }

  /// The response set that is explained: a folder or an `.npz`.
  public var source: String
  /// The response set that explains it.
  public var target: String
  /// The stages of the source that are used, in this order; all when nil.
  public var sourceStages: [String]?
  /// The stages of the target that are used, in this order; all when nil.
  public var targetStages: [String]?
  /// How many random splits are drawn, when no split file is given.
  public var splitCount = 5
  /// The share of stimuli that random splits train on.
  public var trainingFraction = 0.8
  /// The seed of random splits, permutations and subsamples.
  public var seed: UInt64 = 0
  /// A table that says for every stimulus whether a split trains on it.
  public var splitsFile: String?
  /// How transport problems are solved.
  public var solver = Solver.exact
  /// The most units of a stage that are used, drawn at random; all when nil.
  public var maximumUnits: Int?
  /// The least noise ceiling, a share of variance, that the score of a source unit is divided by for
  /// the normalised scores; nil for raw scores only.
  public var ceilingFloor: Double?
  /// What HOT, which is always there, is compared with.
  public var controls = ControlName.mixtures
  /// Which problem between stages is solved.
  public var outer = OuterSettings()
  /// How much of the units of two stages is matched.
  public var innerMass = MatchedMass.whole
  /// The couplings that Perm-P and Entropy-P draw.
  public var controlDrawCount = 100
  /// How often the target's stimuli are put in random order and everything is fitted anew:
  /// `--permutations`.
  public var permutationCount = 0
  /// How often stimuli are drawn with replacement and everything is fitted anew.
  public var bootstrapCount = 0
  /// The orders of the target's stages that the coupling is compared with: all, when there are no
  /// more; 0 for none. Of random maps as many are drawn (`RandomMaps`).
  public var layerPermutationCount = 1000
  /// The draws of held-out stimuli for the intervals of the score; 0 for no intervals.
  public var scoreDrawCount = 1000

  /// Aligns two sets with the defaults of the command.
  public init(source: String, target: String) {
    self.source = source
    self.target = target
  }
}
