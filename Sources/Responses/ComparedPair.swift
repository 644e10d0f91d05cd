/// What is known of a system that is compared with another.
public enum ComparedSystem: Equatable, Sendable, NamedRows {
  /// The responses of its units.
  case responses(ResponseSet)
  /// How much the responses to every two stimuli differ.
  case dissimilarities(DissimilaritySet)

  /// What is known of one of its stages.
  public enum Stage: Sendable {
    /// The responses of its units.
    case responses(ChiasmResponses.Stage)
    /// Its RDM.
    case dissimilarities(DissimilarityStage)

    /// The name of the stage.
    public var name: String {
      switch self {
      case .responses(let stage): stage.name
      case .dissimilarities(let stage): stage.name
      }
    }
  }

  /// The name of each row of every stage.
  public var stimulusIDs: [String] {
    switch self {
    case .responses(let set): set.stimulusIDs
    case .dissimilarities(let set): set.stimulusIDs
    }
  }

  /// The stages in order.
  public var stages: [Stage] {
    switch self {
    case .responses(let set): set.stages.map(Stage.responses)
    case .dissimilarities(let set): set.stages.map(Stage.dissimilarities)
    }
  }

  /// The responses; nil where only dissimilarities are known.
  public var responses: ResponseSet? {
    if case .responses(let set) = self { set } else { nil }
  }

  /// The RDMs; nil where responses are known.
  public var dissimilarities: DissimilaritySet? {
    if case .dissimilarities(let set) = self { set } else { nil }
  }

  func selectingStimuli(_ rows: [Int], named names: [String]?) -> ComparedSystem {
    switch self {
    case .responses(let set): .responses(set.selectingStimuli(rows, named: names))
    case .dissimilarities(let set): .dissimilarities(set.selectingStimuli(rows, named: names))
    }
  }
}

/// Two systems over the same stimuli, in the same order, of either of which responses or only
/// dissimilarities are known.
public struct ComparedPair: Equatable, Sendable {
  /// The system whose stages choose.
  public let source: ComparedSystem
  /// The system whose stages are chosen from.
  public let target: ComparedSystem
  /// Which stimuli the two had in common; the others are left out.
  public let overlap: StimulusOverlap

  /// The stimuli of both, in the order of the source's rows.
  public var stimulusIDs: [String] { source.stimulusIDs }

  /// Takes two response sets that are joined.
  public init(_ pair: ResponsePair) {
    (source, target) = (.responses(pair.source), .responses(pair.target))
    overlap = pair.overlap
  }

  /// Joins two systems by `stimulus_id`, as `ResponsePair` does.
  ///
  /// - Throws: `mergedStimuli` and `tooFewCommonStimuli`, as it does.
  public init(
    source: ComparedSystem, target: ComparedSystem, naming: StimulusNaming = StimulusNaming(),
    minimumCommon: Int = 1
  ) throws(ResponseError) {
    (self.source, self.target, overlap) = try StimulusOverlap.join(
      source, target, by: naming, minimumCommon: minimumCommon)
  }

  /// The pair with every stage of responses changed by `transform`, which keeps the stimuli; the number
  /// counts the stages of the source, then those of the target.
  public func mapResponses(_ transform: (_ stage: Stage, _ number: Int) -> Stage) -> ComparedPair {
    func mapped(_ system: ComparedSystem, from first: Int) -> ComparedSystem {
      system.responses.map { .responses($0.mapStages(from: first, transform)) } ?? system
    }
    return ComparedPair(
      source: mapped(source, from: 0), target: mapped(target, from: source.stages.count),
      overlap: overlap)
  }

  private init(source: ComparedSystem, target: ComparedSystem, overlap: StimulusOverlap) {
    (self.source, self.target, self.overlap) = (source, target, overlap)
  }
}
