public import ChiasmResponses

/// What is to be compared and by which measures, as the user said it.
public struct ComparisonSettings: Sendable {
  /// The response set whose stages choose: a folder or an `.npz`; empty for values.
  public var source: String
  /// The response set whose stages are chosen from.
  public var target: String
  /// The stages of the source that are used, in this order; all when nil.
  public var sourceStages: [String]?
  /// The stages of the target that are used, in this order; all when nil.
  public var targetStages: [String]?
  /// What the stages of the source are; nil for what its files tell.
  public var sourceRole: Role?
  /// What the stages of the target are; nil for what its files tell.
  public var targetRole: Role?
  /// The names of the measures (`MeasureCatalogue`), in the order of the results.
  public var measures = MeasureCatalogue.quick
  /// How often the stimuli of the target are permuted for the null distribution.
  public var permutationCount = 0
  /// How many bootstrap samples of stimuli are drawn.
  public var bootstrapCount = 0
  /// The seed of permutations, samples, subsamples of units and the folds of `ridge`.
  public var seed: UInt64 = 0
  /// The most units of a stage that are used, drawn at random; all when nil.
  public var maximumUnits: Int?

  /// Compares two sets with the defaults of the command.
  public init(source: String = "", target: String = "") {
    self.source = source
    self.target = target
  }
}
