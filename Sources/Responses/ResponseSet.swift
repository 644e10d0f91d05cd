internal import ChiasmLinearAlgebra

/// What the stages of a system are, in the words that readers know them by.
public enum Role: String, CaseIterable, Codable, Sendable {
  /// A region of a brain.
  case region
  /// A layer of a model.
  case layer
  /// Either, where nothing tells.
  case stage

  /// The word for one: `region`.
  public var singular: String { rawValue }
  /// The word for several: `regions`.
  public var plural: String { rawValue + "s" }
  /// The word for one of their units: `voxel` of a region, else `unit`.
  public var unit: String { self == .region ? "voxel" : "unit" }
}

/// The ordered stages of one system, a subject's brain or a model, over the same stimuli.
public struct ResponseSet: Equatable, Sendable, NamedRows {
  /// The name of each row of every stage.
  public let stimulusIDs: [String]
  /// The stages in the order of the hierarchy.
  public let stages: [Stage]
  /// What the stages are.
  public let role: Role
  /// How many rows were averaged with others of their stimulus; 0 where each stimulus had one.
  public let averagedRepeatCount: Int

  /// Checks that the stages belong together.
  ///
  /// - Throws: `noStages`, `duplicateStage`, `unnamedStimuli`, `duplicateStimuli`, `rowCount`,
  ///   `noUnits`, and `notFinite` for a NaN or an infinity in any response.
  public init(
    stimulusIDs: [String], stages: [Stage], role: Role = .stage
  ) throws(ResponseError) {
    try self.init(
      stimulusIDs: stimulusIDs, stages: stages, role: role, averagedRepeatCount: 0)
  }

  private init(
    stimulusIDs: [String], stages: [Stage], role: Role, averagedRepeatCount: Int
  ) throws(ResponseError) {
    guard !stages.isEmpty else { throw .noStages }
    try Self.checkNames(stages.map(\.name))
    try Self.checkStimuli(stimulusIDs)
    for stage in stages { try Self.check(stage, stimulusIDs: stimulusIDs) }
    self.init(
      checked: stimulusIDs, stages, role: role, averagedRepeatCount: averagedRepeatCount)
  }

  private init(
    checked stimulusIDs: [String], _ stages: [Stage], role: Role, averagedRepeatCount: Int
  ) {
    self.stimulusIDs = stimulusIDs
    self.stages = stages
    self.role = role
    self.averagedRepeatCount = averagedRepeatCount
  }

  /// A subset of this set, which was checked.
  private func with(stimulusIDs: [String]? = nil, stages: [Stage]) -> ResponseSet {
    ResponseSet(
      checked: stimulusIDs ?? self.stimulusIDs, stages, role: role,
      averagedRepeatCount: averagedRepeatCount)
  }

  /// The set with its stages called as `role` says.
  public func calling(stages role: Role) -> ResponseSet {
    ResponseSet(
      checked: stimulusIDs, stages, role: role, averagedRepeatCount: averagedRepeatCount)
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
    try Self.checkNames(names)
    return with(stages: selected)
  }

  /// The set with every stage changed by `transform`, which keeps the stimuli and is told the
  /// stage's number, counted from `first`.
  func mapStages(from first: Int, _ transform: (Stage, Int) -> Stage) -> ResponseSet {
    with(stages: zip(stages, first...).map(transform))
  }

  /// The set with the stimuli at `rows`, in that order, and with other names where these are given.
  func selectingStimuli(_ rows: [Int], named names: [String]? = nil) -> ResponseSet {
    with(
      stimulusIDs: names ?? rows.map { stimulusIDs[$0] },
      stages: stages.map { $0.selectingStimuli(rows) })
  }
}

extension ResponseSet {
  /// A set whose rows show stimuli more than once: the rows of each stimulus are averaged, in double
  /// precision, and stand where it came first.
  ///
  /// - Parameter stimulusIDs: the stimulus of each row.
  /// - Throws: as for a set in which every stimulus has one row.
  public init(
    averagingRowsOf stimulusIDs: [String], stages: [Stage], role: Role = .stage
  ) throws(ResponseError) {
    for stage in stages where stage.responses.rowCount != stimulusIDs.count {
      throw .rowCount(
        stage: stage.name, expected: stimulusIDs.count, actual: stage.responses.rowCount,
        isTransposed: stage.responses.columnCount == stimulusIDs.count)
    }
    try Self.checkNamed(stimulusIDs)
    let groups = Self.rows(ofEachIn: stimulusIDs)
    try self.init(
      stimulusIDs: groups.map { stimulusIDs[$0[0]] },
      stages: stages.map { $0.averagingStimuli(groups) }, role: role,
      averagedRepeatCount: groups.map(\.count).filter { $0 > 1 }.reduce(0, +))
  }

  /// The rows of each stimulus, in the order in which these come first.
  public static func rows(ofEachIn stimulusIDs: [String]) -> [[Int]] {
    var places: [String: Int] = [:]
    var groups: [[Int]] = []
    for (row, id) in stimulusIDs.enumerated() {
      if let place = places[id] {
        groups[place].append(row)
      } else {
        places[id] = groups.count
        groups.append([row])
      }
    }
    return groups
  }
}

extension ResponseSet {
  static func checkNames(_ names: [String]) throws(ResponseError) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted { throw .duplicateStage(name: name) }
  }

  private static func checkNamed(_ stimulusIDs: [String]) throws(ResponseError) {
    let rows = stimulusIDs.indices.filter { ["", "n/a"].contains(stimulusIDs[$0]) }
    if let first = rows.first { throw .unnamedStimuli(row: first + 1, count: rows.count) }
  }

  static func checkStimuli(_ stimulusIDs: [String]) throws(ResponseError) {
    try checkNamed(stimulusIDs)
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
        stage: stage.name, expected: stimulusIDs.count, actual: stage.responses.rowCount,
        isTransposed: stage.responses.columnCount == stimulusIDs.count)
    }
    guard stage.unitCount > 0 else { throw .noUnits(stage: stage.name) }
    let bad = stage.responses.elements.indices.lazy.filter {
      !stage.responses.elements[$0].isFinite
    }
    if let first = bad.first {
      throw .notFinite(
        stage: stage.name, stimulus: stimulusIDs[first / stage.unitCount],
        unit: stage.unitNumbers[first % stage.unitCount], count: bad.count)
    }
  }
}
