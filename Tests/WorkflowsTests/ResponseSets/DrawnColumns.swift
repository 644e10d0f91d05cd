import ChiasmFiles
import Foundation
import ChiasmLinearAlgebra
import ChiasmResponses
import Testing

@testable import ChiasmWorkflows

@Suite("Reading some columns, two ways")
struct DrawnColumns {
  /// 20 stimuli × 30 units in a type, some around 1e6, 1e8 or 1e60, so that something is taken off
  /// some units and not others.
  private static func array(_ type: String) -> NumpyArray {
    let numbers = (0..<600).map { Double($0 * 37 % 61 + 1) }
    /// Adds to the first 9 units.
    func adding(_ offset: Double) -> [Double] {
      numbers.enumerated().map { $0 % 30 < 9 ? $1 + offset : $1 }
    }
    let elements: NumpyArray.Elements =
      switch type {
      case "f4": .float32(adding(1e6).map { Float($0) })
      case "f8": .float64(adding(1e8))
      case "f8 of any size": .float64(numbers.enumerated().map { $0 % 2 == 0 ? $1 * 1e60 : $1 })
      case "i2": .int16(numbers.map { Int16($0) })
      case "i8": .int64(adding(3e9).map { Int64($0) })
      default: .bool(numbers.map { $0 < 30 })
      }
    return NumpyArray(shape: [20, 5, 6], elements: elements)
  }

  static let types = ["f4", "f8", "f8 of any size", "i2", "i8", "b1"]

  @Test("They are those of the whole set, from folders and archives", arguments: types)
  func equal(type: String) async throws {
    try await withResponses { folder in
      let path = try folder.set("model", [("a", 2), ("b", 3), ("c", 2)])
      try Self.array(type).write(to: path + "/a.npy", replacing: true)
      let archive = folder.path("model.npz")
      try NumpyArchive.write(
        ["a", "b", "c"].map { ($0, try NumpyArray(path: path + "/\($0).npy")) }
          + [
            (
              "stimulus_id",
              NumpyArray(shape: [20], elements: .strings(ResponseFolder.stimuli))
            )
          ], to: archive)
      let draw = try UnitSubsample(atMost: 7, seed: 3)
      for place in [path, archive] {
        let whole = try StoredResponseSet(path: place)
        let drawn = try StoredResponseSet(path: place, stages: nil, drawing: draw, from: 2)
        let expected = zip(whole.responses.stages, 2...).map { stage, number in
          draw.columns(of: stage.unitCount, stage: number).map(stage.selectingUnits) ?? stage
        }
        #expect(drawn.responses.stages == expected)
        #expect(drawn.responses.stages.map(\.unitCount) == [7, 3, 2])
        #expect(drawn.responses.stages.map(\.fileUnitCount) == [30, 3, 2])
        #expect(drawn.files == whole.files && drawn.responses.role == .layer)
        #expect(try StoredResponseSet.store(at: place).entries.map(\.name) == ["a", "b", "c"])
      }
    }
  }

  @Test("Repeats that are averaged give the same numbers, and ceilings are those of all units")
  func repeats() async throws {
    try await withResponses { folder in
      let path = try folder.set("brain", [("V1", 9)])
      try folder.table(
        "brain/stimuli.tsv",
        ["stimulus_id repeat"] + (0..<20).map { "s\($0 / 2) \($0 % 2 + 1)" })
      try folder.table(
        "brain/V1_units.tsv", ["noise_ceiling"] + (0..<9).map { "0.\($0 + 1)" })
      let draw = try UnitSubsample(atMost: 4, seed: 0)
      let whole = try StoredResponseSet(path: path, noiseCeilings: .required)
      let drawn = try StoredResponseSet(
        path: path, stages: ["V1"], noiseCeilings: .required, drawing: draw, from: 0)
      let columns = try #require(draw.columns(of: 9, stage: 0))
      #expect(drawn.responses.stages == [whole.responses.stages[0].selectingUnits(columns)])
      #expect(drawn.responses.averagedRepeatCount == 20 && drawn.responses.role == .region)
      #expect(drawn.noiseCeilings == whole.noiseCeilings && drawn.noiseCeilings[0]?.count == 9)
    }
  }

  @Test("A value that is not finite counts only where it is read")
  func notFinite() async throws {
    try await withResponses { folder in
      let path = try folder.set("model", [("a", 30)])
      let draw = try UnitSubsample(atMost: 5, seed: 1)
      let columns = try #require(draw.columns(of: 30, stage: 0))
      let other = try #require((0..<30).first { !columns.contains($0) })
      var values = try NumpyArray(path: path + "/a.npy").floats()
      values[30 * 4 + other] = .nan
      try NumpyArray(shape: [20, 30], elements: .float32(values))
        .write(to: path + "/a.npy", replacing: true)
      expectFailure("Stage a", "s04", "unit \(other)") { _ = try StoredResponseSet(path: path) }
      let drawn = try StoredResponseSet(path: path, stages: nil, drawing: draw, from: 0)
      #expect(drawn.responses.stages[0].unitNumbers == columns)
      values[30 * 6 + columns[2]] = .infinity
      try NumpyArray(shape: [20, 30], elements: .float32(values))
        .write(to: path + "/a.npy", replacing: true)
      expectFailure("Stage a", "s06", "unit \(columns[2])") {
        _ = try StoredResponseSet(path: path, stages: nil, drawing: draw, from: 0)
      }
    }
  }

  @Test("The shape of a stage is known from its header, whatever its data are")
  func shapes() async throws {
    try await withResponses { folder in
      let path = try folder.set("model", [("a", 3), ("flat", 1)])
      try ResponseFolder.array([20, 2, 4]).write(to: path + "/a.npy", replacing: true)
      try ResponseFolder.array([20]).write(to: path + "/flat.npy", replacing: true)
      let store = try StoredResponseSet.store(at: path)
      #expect(
        try store.shape(of: store.entries[0])
          == StageShape(rowCount: 20, axes: [2, 4], datatype: "float32"))
      let error = #expect(throws: ArrayFileError.self) {
        try store.shape(of: store.entries[1])
      }
      #expect(error?.description.contains("flat.npy: has shape [20]") ?? false)
    }
  }
}
