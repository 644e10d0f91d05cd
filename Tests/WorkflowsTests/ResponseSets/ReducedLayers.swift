import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmResults
import ChiasmStatistics
import Foundation
import Testing

@testable import ChiasmWorkflows

@Suite("Layers that are pooled and projected as they are read")
struct ReducedLayers {
  /// A model with maps, tokens, a matrix and a matrix of double precision.
  private func model(_ folder: ResponseFolder) throws -> String {
    let path = try folder.set("model", [("conv", 1), ("tokens", 1), ("fc", 9), ("wide", 11)])
    try ResponseFolder.array([20, 4, 6, 5], seed: 7).write(to: path + "/conv.npy", replacing: true)
    try ResponseFolder.array([20, 3, 8], seed: 8).write(to: path + "/tokens.npy", replacing: true)
    var numbers = SampleNumbers(seed: 9)
    try NumpyArray(shape: [20, 11], elements: .float64(numbers.row(220)))
      .write(to: path + "/wide.npy", replacing: true)
    return path
  }

  private func read(
    _ path: String, _ pooling: String = "none", project count: Int? = nil, threads: Int = 1,
    drawing draw: UnitSubsample = UnitSubsample()
  ) throws -> StoredResponseSet {
    try StoredResponseSet(
      path: path, stages: nil, drawing: draw, from: 0,
      reducing: LayerReduction(
        Pooling(pooling), project: count, seed: 5, threads: threads, beside: []))
  }

  @Test("They are the whole layers pooled, and those of another shape as they were, which is said")
  func pooled() async throws {
    try await withResponses { folder in
      let path = try model(folder)
      let (whole, pooled) = (try read(path), try read(path, "grid:2,tokens:mean"))
      #expect(pooled.responses.stages.map(\.unitCount) == [16, 8, 9, 11])
      #expect(pooled.responses.stages.map(\.fileUnitCount) == [16, 8, 9, 11])
      let pool = try #require(Pooling("grid:2")?.pool(axes: [4, 6, 5]))
      for row in 0..<20 {
        let expected = pool(whole.responses.stages[0].responses.row(row).map(Double.init))
        #expect(
          Array(pooled.responses.stages[0].responses.row(row)) == expected.map { Float($0) })
      }
      #expect(pooled.responses.stages[2...] == whole.responses.stages[2...])
      let notes = pooled.notes.joined(separator: "\n")
      for words in ["conv (4 × 6 × 5 to 4 × 2 × 2)", "tokens (3 × 8 to 8)", "fc (9), wide (11)"] {
        #expect(notes.contains(words), "\(words): \(notes)")
      }
    }
  }

  @Test("Projections are those of the pooled layers, on any number of threads", arguments: [1, 3])
  func projected(threads: Int) async throws {
    try await withResponses { folder in
      let path = try model(folder)
      let set = try read(path, "mean", project: 8, threads: threads)
      #expect(set.responses.stages.map(\.unitCount) == [4, 8, 8, 8])
      let whole = try NumpyArray(path: path + "/wide.npy").doubles()
      let expected = SparseProjection(of: 11, to: 8, seed: 5, name: "wide")(
        Matrix(rowCount: 20, columnCount: 11, elements: whole), rows: 0..<20)
      #expect(set.responses.stages[3].responses.elements == expected.map { Float($0) })
      #expect(set.notes.contains { $0.contains("tokens (of 24), fc (of 9), wide (of 11)") })
      // A layer is projected alike wherever it stands.
      let alone = try StoredResponseSet(
        path: path, stages: ["wide"], drawing: UnitSubsample(), from: 4,
        reducing: LayerReduction(nil, project: 8, seed: 5, beside: []))
      #expect(alone.responses.stages == [set.responses.stages[3]])
    }
  }

  @Test("A draw takes units of the pooled layer")
  func drawn() async throws {
    try await withResponses { folder in
      let path = try model(folder)
      let draw = try UnitSubsample(atMost: 5, seed: 2)
      let (whole, drawn) = (try read(path, "grid:2"), try read(path, "grid:2", drawing: draw))
      for (number, stage) in whole.responses.stages.enumerated() {
        let columns = try #require(draw.columns(of: stage.unitCount, stage: number))
        #expect(drawn.responses.stages[number] == stage.selectingUnits(columns))
      }
    }
  }

  @Test("Units of a brain stay as they are, which is said")
  func brain() async throws {
    try await withResponses { folder in
      let path = try folder.set("brain", [("V1", 9)])
      try folder.table("brain/V1_units.tsv", ["noise_ceiling"] + (0..<9).map { "0.\($0 + 1)" })
      let set = try read(path, "mean", project: 3)
      #expect(set.responses == (try read(path)).responses)
      #expect(set.notes.contains { $0.contains("neither pooled nor projected") })
      // So do those that the user calls voxels.
      let model = try model(folder)
      let called = try StoredResponseSet(
        path: model, stages: nil, role: .region, drawing: UnitSubsample(), from: 0,
        reducing: LayerReduction(nil, project: 3, seed: 5, beside: []))
      #expect(called.responses.stages.map(\.unitCount) == [120, 24, 9, 11])
    }
  }

  @Test("What cannot be is refused")
  func refused() async throws {
    try await withResponses { folder in
      let path = try model(folder)
      expectFailure("grid:6", "conv", "6 × 5") { _ = try read(path, "grid:6") }
      expectFailure("projected units is 0") { _ = try read(path, project: 0) }
      expectFailure("at most one", "--project") {
        _ = try LayerReduction(nil, project: 3, seed: 0, beside: [4])
      }
      // A value that is not finite is told where it stands in the file.
      var values = try NumpyArray(path: path + "/fc.npy").floats()
      values[9 * 13 + 4] = .nan
      try NumpyArray(shape: [20, 9], elements: .float32(values))
        .write(to: path + "/fc.npy", replacing: true)
      expectFailure("Stage fc", "s13", "unit 4") { _ = try read(path, project: 3) }
    }
  }

  @Test("Values are neither pooled nor projected, and are refused with such settings")
  func values() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      let pair = try AlignmentInput(reading: settings).pair
      settings.projectedUnitCount = 3
      expectFailure("left out for values") { _ = try AlignmentRun(pair, settings) }
      var other = try folder.comparison(["cka"])
      let compared = try ComparisonInput(reading: other)
      other.pooling = Pooling(maps: .mean)
      expectFailure("left out for values") {
        _ = try ComparisonRun(ComparisonInput(compared.pair), other)
      }
    }
  }

  @Test("An alignment says that a projection keeps no single units")
  func warned() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.projectedUnitCount = 3
      let run = try AlignmentRun(AlignmentInput(reading: settings), settings)
      #expect(run.notes.contains { $0.contains("--max-units keeps units as they are") })
    }
  }
}
