internal import ChiasmLinearAlgebra

/// The ordered stages of one system, a subject's brain or a model, over the same stimuli.
public struct ResponseSet: Equatable, Sendable {
  /// The name of each row of every stage.
  public let stimulusIDs: [String]
  /// The stages in the order of the hierarchy.
  public let stages: [Stage]

  /// Checks that the stages belong together.
  ///
  /// - Throws: `noStages`, `duplicateStage`, `duplicateStimuli`, `rowCount`, `noUnits`, and
  ///   `notFinite` for a NaN or an infinity in any response.
  public init(stimulusIDs: [String], stages: [Stage]) throws(ResponseError) {
    guard !stages.isEmpty else { throw .noStages }
    try Self.checkNames(stages)
    try Self.checkStimuli(stimulusIDs)
    for stage in stages { try Self.check(stage, stimulusIDs: stimulusIDs) }
    self.stimulusIDs = stimulusIDs
    self.stages = stages
  }

  /// For subsets of a set that was checked before.
  private init(checkedStimulusIDs stimulusIDs: [String], stages: [Stage]) {
    self.stimulusIDs = stimulusIDs
    self.stages = stages
  }

  /// The names of the stages.
  public var stageNames: [String] { stages.map(\.name) }

  /// The set with only the stages named, in the order of `names`.
  public func selectingStages(_ names: [String]) throws(ResponseError) -> ResponseSet {
    var selected: [Stage] = []
    for name in names {
      guard let stage = stages.first(where: { $0.name == name }) else {
        throw .unknownStage(name: name, available: stageNames)
      }
      selected.append(stage)
    }
    guard !selected.isEmpty else { throw .noStages }
    try Self.checkNames(selected)
    return ResponseSet(checkedStimulusIDs: stimulusIDs, stages: selected)
  }

  /// The set with every stage changed by `transform`, which keeps the stimuli and is told the
  /// stage's number, counted from `first`.
  func mapStages(from first: Int, _ transform: (Stage, Int) -> Stage) -> ResponseSet {
    ResponseSet(
      checkedStimulusIDs: stimulusIDs, stages: zip(stages, first...).map(transform))
  }

  /// The set with the stimuli (rows) named by `rows`, in that order.
  func selectingStimuli(_ rows: [Int]) -> ResponseSet {
    ResponseSet(
      checkedStimulusIDs: rows.map { stimulusIDs[$0] },
      stages: stages.map { $0.selectingStimuli(rows) })
  }
}

extension ResponseSet {
  private static func checkNames(_ stages: [Stage]) throws(ResponseError) {
    var seen: Set<String> = []
    for stage in stages where !seen.insert(stage.name).inserted {
      throw .duplicateStage(name: stage.name)
    }
  }

  private static func checkStimuli(_ stimulusIDs: [String]) throws(ResponseError) {
    var seen: Set<String> = []
    var repeated: [String] = []
    for id in stimulusIDs where !seen.insert(id).inserted && !repeated.contains(id) {
      repeated.append(id)
    }
    if !repeated.isEmpty {
      throw .duplicateStimuli(examples: Array(repeated.prefix(3)), count: repeated.count)
    }
  }

  private static func check(_ stage: Stage, stimulusIDs: [String]) throws(ResponseError) {
    guard stage.responses.rowCount == stimulusIDs.count else {
      throw .rowCount(
        stage: stage.name, expected: stimulusIDs.count, actual: stage.responses.rowCount)
    }
    guard stage.unitCount > 0 else { throw .noUnits(stage: stage.name) }
    let bad = stage.responses.elements.indices.lazy.filter {
      !stage.responses.elements[$0].isFinite
    }
    if let first = bad.first {
      throw .notFinite(
        stage: stage.name, stimulus: stimulusIDs[first / stage.unitCount],
        unit: first % stage.unitCount, count: bad.count)
    }
  }
}
