import ChiasmLinearAlgebra
import ChiasmResponses
import Testing

/// A store of two stages in memory that refuses to read what it is not asked for.
private struct MemoryStore: ResponseStore {
  let path = "memory"
  let format = "a store in memory"
  let role = Role.region
  var stimulusIDs = ["a", "b", "c"]
  var hasRepeats = false
  let entries = [StageEntry(name: "V1", file: "1"), StageEntry(name: "V2", file: "2")]
  let notes: [String] = []
  /// The last column of V2 is not finite.
  let stages = [
    "V1": stage("V1", stimuli: 3, units: 4).responses,
    "V2": Matrix<Float>(rowCount: 3, columnCount: 2, elements: [1, .nan, 2, .infinity, 4, .nan]),
  ]

  struct Absent: Error {}

  func shape(of entry: StageEntry) throws -> StageShape {
    guard let stage = stages[entry.name] else { throw Absent() }
    return StageShape(rowCount: stage.rowCount, axes: [stage.columnCount])
  }

  func read(_ entry: StageEntry, columns: [Int]?) throws -> Stage {
    guard let stage = stages[entry.name] else { throw Absent() }
    guard let columns else { return Stage(name: entry.name, responses: stage) }
    return Stage(name: entry.name, responses: stage.selectingColumns(columns))
      .numbering(units: columns, of: stage.columnCount)
  }

  func forEachBlock(
    of entry: StageEntry, rowCount: Int, _ body: (Matrix<Double>) throws -> Void
  ) throws { throw Absent() }

  func files(of entries: [StageEntry]) -> [String] { [] }
}

@Suite("A store")
struct ResponseStoreTests {
  @Test("Only the columns that are wanted are read, and they keep their numbers")
  func columns() throws {
    let store = MemoryStore()
    let set = try store.responses(of: store.entries) { number, shape in
      #expect(shape == StageShape(rowCount: 3, axes: [number == 0 ? 4 : 2]))
      return number == 0 ? [1, 3] : [0]
    }
    #expect(set.stageNames == ["V1", "V2"] && set.role == .region)
    #expect(set.stages[0].responses.elements == [1, 3, 11, 13, 21, 23])
    #expect(set.stages[0].unitNumbers == [1, 3] && set.stages[0].fileUnitCount == 4)
    #expect(set.stages[1].responses.elements == [1, 2, 4])
  }

  @Test("What is wrong in a column that is read is told by its number in the file")
  func notFinite() {
    let store = MemoryStore()
    for columns in [nil, [1]] as [[Int]?] {
      let error = #expect(throws: ResponseError.self) {
        try store.responses(of: store.entries) { number, _ in number == 0 ? nil : columns }
      }
      #expect(error == .notFinite(stage: "V2", stimulus: "a", unit: 1, count: 3))
    }
  }

  @Test("Numbered repeats are averaged and counted")
  func repeats() throws {
    var store = MemoryStore()
    (store.stimulusIDs, store.hasRepeats) = (["a", "b", "a"], true)
    let set = try store.responses(of: [store.entries[0]])
    #expect(set.stimulusIDs == ["a", "b"] && set.averagedRepeatCount == 2)
    #expect(set.stages[0].responses.elements == [10, 11, 12, 13, 10, 11, 12, 13])
    #expect(set.role == .region)
    let error = #expect(throws: ResponseError.self) {
      try store.responses(of: [store.entries[0], store.entries[0]])
    }
    #expect(error == .duplicateStage(name: "V1"))
  }

  @Test("A set keeps its role and its counts through joining and selecting")
  func role() throws {
    let source = try ResponseSet(
      averagingRowsOf: ["a", "b", "b"], stages: [stage("V1", stimuli: 3, units: 4)], role: .region)
    let target = try ResponseSet(
      stimulusIDs: ["b", "a"], stages: [stage("conv", stimuli: 2, units: 3)])
    let pair = try ResponsePair(source: source, target: target)
      .mapStages { stage, _ in stage.selectingUnits([2]) }
    #expect(pair.source.role == .region && pair.target.role == .stage)
    #expect(try source.selectingStages(["V1"]).role == .region)
    #expect(pair.source.averagedRepeatCount == 2 && pair.target.averagedRepeatCount == 0)
    #expect(pair.source.stages[0].fileUnitCount == 4)
    #expect(pair.source.stages[0].unitNumbers == [2])
  }

  @Test("Roles have words for one and several")
  func words() {
    #expect(Role.allCases.map(\.singular) == ["region", "layer", "stage"])
    #expect(Role.allCases.map(\.plural) == ["regions", "layers", "stages"])
  }
}
