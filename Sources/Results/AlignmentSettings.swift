public import ChiasmAlignment
internal import Foundation
public import ChiasmResponses

/// What is to be aligned and how, as the user said it; coded as `settings` of `alignment.json`.
public struct AlignmentSettings: Codable, Equatable, Sendable {
  /// The share of stimuli that random splits train on unless the user says otherwise.
  public static let usualTrainingFraction = 0.8

  /// How transport problems are solved.
  public enum Solver: String, Codable, Sendable, CaseIterable { case exact, sinkhorn }

  /// The response set that is explained: a folder or an `.npz`. Not coded: the result says it.
  public var source = ""
  /// The response set that explains it. Not coded.
  public var target = ""
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
  /// How many random splits are drawn, when no split file is given.
  public var splitCount = 5
  /// The share of stimuli, or of their groups, that random splits train on; nil where a file gives the
  /// splits, and of folds.
  public var trainingFraction: Double? = Self.usualTrainingFraction
  /// The seed of random splits, permutations and subsamples.
  public var seed: UInt64 = 0
  /// A table that says for every stimulus whether a split trains on it.
  public var splitsFile: String?
  /// What belongs together among the stimuli; nil where they are independent of each other.
  public var dependence: DependenceSettings?
  /// How transport problems are solved.
  public var solver = Solver.exact
  /// The most units of a stage that are used, drawn at random; all when nil.
  public var maximumUnits: Int?
  /// How layers with several axes of units are pooled while they are read; nil for not at all.
  public var pooling: Pooling?
  /// How many units a layer that has more is projected to while it is read; nil for none.
  public var projectedUnitCount: Int?
  /// How often equally many units of every stage are drawn and everything is fitted anew; nil for never.
  public var unitDrawCount: Int?
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
  /// How often the target's stimuli are put in random order and everything is fitted anew.
  public var permutationCount = 0 {
    didSet { stimulusPermutationCount = permutationCount }
  }
  /// The same, under the name that tells it from orders of stages.
  private(set) var stimulusPermutationCount = 0
  /// How often stimuli are drawn with replacement and everything is fitted anew.
  public var bootstrapCount = 0
  /// The orders of the target's stages that the coupling is compared with: all, when there are no
  /// more; 0 for none. Of random maps as many are drawn (`RandomMaps`).
  public var layerPermutationCount = 1000
  /// The draws of held-out stimuli for the intervals of the score; 0 for no intervals.
  public var scoreDrawCount = 1000

  /// Aligns two sets with the defaults of the command.
  public init(source: String = "", target: String = "") {
    self.source = source
    self.target = target
  }

  enum CodingKeys: String, CodingKey {
    case sourceStimuli = "source_stimuli"
    case targetStimuli = "target_stimuli"
    case sourceStages = "source_stages"
    case targetStages = "target_stages"
    case sourceRole = "source_role"
    case targetRole = "target_role"
    case naming = "stimulus_names"
    case splitCount = "splits"
    case trainingFraction = "train_fraction"
    case seed
    case splitsFile = "splits_file"
    case dependence, solver
    case maximumUnits = "max_units"
    case pooling = "pool"
    case projectedUnitCount = "project"
    case unitDrawCount = "unit_draws"
    case ceilingFloor = "ceiling_floor"
    case controls, outer
    case innerMass = "inner"
    case controlDrawCount = "control_draws"
    case permutationCount = "permutations"
    case stimulusPermutationCount = "stimulus_permutations"
    case bootstrapCount = "bootstrap"
    case layerPermutationCount = "layer_permutations"
    case scoreDrawCount = "score_draws"
  }
}

extension AlignmentSettings {
  /// HOT and what it is compared with, in the order of the result files.
  public var chosenControls: [ControlName] {
    ControlName.allCases.filter { $0 == .hot || controls.contains($0) }
  }

  /// As results tell them: without the paths, which stand beside, and what a file of splits decides;
  /// controls with HOT and in order.
  var recorded: AlignmentSettings {
    var settings = self
    (settings.source, settings.target) = ("", "")
    settings.controls = chosenControls
    if splitsFile != nil || dependence?.folds != nil { settings.trainingFraction = nil }
    return settings
  }

  /// What became of the units before they were used, in words; nil for nothing.
  package var units: String? {
    UnitsInUse(pooling: pooling, atMost: maximumUnits, projected: projectedUnitCount).words
  }

  /// The same with source and target exchanged.
  public var reversed: AlignmentSettings {
    var reversed = self
    (reversed.source, reversed.target) = (target, source)
    (reversed.sourceStimuli, reversed.targetStimuli) = (targetStimuli, sourceStimuli)
    (reversed.sourceStages, reversed.targetStages) = (targetStages, sourceStages)
    (reversed.sourceRole, reversed.targetRole) = (targetRole, sourceRole)
    return reversed
  }

  /// What the value of a replicate depends on, as text: all settings but those named here. A setting
  /// that is added counts unless it is named too.
  ///
  /// Replicate k is the same of any number of them. Splits, stages in use and the content of the files
  /// are told beside the settings.
  public func replicateIdentity() throws -> String {
    let standard = AlignmentSettings()
    var settings = self
    settings.permutationCount = standard.permutationCount
    settings.bootstrapCount = standard.bootstrapCount
    settings.layerPermutationCount = standard.layerPermutationCount
    settings.scoreDrawCount = standard.scoreDrawCount
    settings.unitDrawCount = standard.unitDrawCount
    settings.controlDrawCount = standard.controlDrawCount
    settings.controls = standard.controls
    settings.ceilingFloor = standard.ceilingFloor
    settings.splitCount = standard.splitCount
    settings.trainingFraction = standard.trainingFraction
    settings.splitsFile = standard.splitsFile
    settings.naming?.mapFile = nil
    settings.dependence?.table = nil
    (settings.sourceRole, settings.targetRole) = (nil, nil)
    (settings.sourceStimuli, settings.targetStimuli) = (nil, nil)
    return try JSONFile.text(settings)
  }
}

/// How a stage comes to fewer units.
struct UnitsInUse {
  let pooling: Pooling?
  let atMost: Int?
  let projected: Int?

  /// In words; nil where all units of the files are used.
  var words: String? {
    let parts = [
      pooling.flatMap { $0 == Pooling() ? nil : "pooled by \($0)" },
      atMost.map { "at most \($0) a stage" }, projected.map { "projected to \($0) a layer" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

extension MatchedMass: Codable {
  private enum CodingKeys: CodingKey { case problem, mass }

  /// Reads `{"problem": "balanced" | "partial" | "auto", "mass": …}`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let problem = try values.decode(String.self, forKey: .problem)
    let mass = try values.decodeIfPresent(Double.self, forKey: .mass)
    self = problem == "auto" ? .automatic : .fixed(mass ?? 1)
  }

  /// Writes the problem, and the mass that was asked for, null for `auto`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(problem, forKey: .problem)
    if case .fixed(let mass) = self {
      try values.encode(mass, forKey: .mass)
    } else {
      try values.encodeNil(forKey: .mass)
    }
  }

  /// `balanced`, `partial` or `auto`.
  public var problem: String {
    switch self {
    case .whole: "balanced"
    case .fixed: "partial"
    case .corner: "auto"
    }
  }
}

/// Which problem between stages is solved, as the user said it.
public struct OuterSettings: Codable, Equatable, Sendable {
  /// The kinds of problems.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// The published one: every stage has the same mass.
    case balanced
    /// The target's masses are free at a price.
    case unbalanced
    /// A part of the mass is moved.
    case partial
    /// Unbalanced, with a penalty that cross-validation chooses.
    case automatic = "auto"
  }

  /// What the stages of the source weigh.
  public enum StageWeights: String, Codable, Sendable, CaseIterable {
    /// All the same.
    case uniform
    /// As many as the units in use.
    case units
    /// The mean noise ceiling of the units in the file.
    case reliability
  }

  /// The kind of problem.
  public var kind = Kind.balanced
  /// The price of the target's masses, in the unit of costs; of an unbalanced problem.
  public var penalty: Double?
  /// The mass that is moved; of a partial problem.
  public var mass: Double?
  /// What the stages of the source weigh.
  public var stageWeights = StageWeights.uniform

  /// The published problem.
  public init() {}

  /// The penalties that are allowed: beyond them a problem is balanced, or every region's mass is with
  /// one layer, to more digits than a proof resolves.
  public static let penaltyRange = 1e-6...1e6

  enum CodingKeys: String, CodingKey {
    case kind = "problem"
    case penalty, mass
    case stageWeights = "stage_weights"
  }
}
