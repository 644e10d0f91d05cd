public import ChiasmResponses
public import ChiasmResults

/// What is to be compared and by which measures, as the user said it.
public struct ComparisonSettings: Sendable {
  /// What the file of a side holds.
  public enum Content: String, Sendable {
    /// The responses of its units: a folder or a file of arrays.
    case responses
    /// RDMs: a file of arrays.
    case dissimilarities
  }

  /// The system whose stages choose: a path; empty for values.
  public var source: String
  /// The system whose stages are chosen from.
  public var target: String
  /// What is at `source`.
  public var sourceContent = Content.responses
  /// What is at `target`.
  public var targetContent = Content.responses
  /// A table whose column `stimulus_id` names the rows of RDMs that do not name them themselves.
  public var stimuli: String?
  /// A table whose column `stimulus_id` names the rows of the source, or a text file with a name a line,
  /// whatever its file says; nil for what that says. For files of arrays.
  public var sourceStimuli: String?
  /// The same of the target.
  public var targetStimuli: String?
  /// The stages of the source that are used, in this order; all when nil.
  public var sourceStages: [String]?
  /// The stages of the target that are used, in this order; all when nil.
  public var targetStages: [String]?
  /// What the stages of the source are; nil for what its files tell.
  public var sourceRole: Role?
  /// What the stages of the target are; nil for what its files tell.
  public var targetRole: Role?
  /// How names of stimuli are compared; nil for names as they are.
  public var naming: StimulusNaming?
  /// The names of the measures (`MeasureCatalogue`), in the order of the results.
  public var measures = MeasureCatalogue.quick
  /// How often the stimuli of the target are permuted for the null distribution.
  public var permutationCount = 0
  /// How many bootstrap samples of stimuli are drawn.
  public var bootstrapCount = 0
  /// What belongs together among the stimuli; nil where they are independent of each other. There are no
  /// splits, so that folds and a gap do not count.
  public var dependence: DependenceSettings?
  /// The seed of permutations, samples, subsamples of units and the folds of `ridge`.
  public var seed: UInt64 = 0
  /// The most units of a stage that are used, drawn at random; all when nil.
  public var maximumUnits: Int?
  /// How layers with several axes of units are pooled while they are read; nil for not at all.
  public var pooling: Pooling?
  /// How many units a layer that has more is projected to while it is read; nil for none.
  public var projectedUnitCount: Int?

  /// Compares two sets with the defaults of the command.
  public init(source: String = "", target: String = "") {
    self.source = source
    self.target = target
  }
}
