import ChiasmAlignment
import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Runs of values")
struct RunsOfValues {
  /// The sets that settings name, wholly in memory.
  private func pair(_ settings: AlignmentSettings) throws -> ResponsePair {
    try ResponsePair(
      source: StoredResponseSet(path: settings.source).responses,
      target: StoredResponseSet(path: settings.target).responses)
  }

  private func constantStage(rowCount: Int) -> Stage {
    Stage(
      name: "x", responses: Matrix<Float>(rowCount: rowCount, columnCount: 2, repeating: 1))
  }

  private func written(
    _ result: FinishedAlignment, _ folder: ResponseFolder, _ name: String
  ) throws -> AlignmentResult {
    let output = try OutputFolder(path: folder.path(name))
    try result.write(to: output)
    try output.commit()
    return try folder.record(name)
  }

  @Test("They give the tables that files give, and name no file", arguments: [nil, 3])
  func equal(maximumUnits: Int?) async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.maximumUnits = maximumUnits
      settings.permutationCount = 3
      try await folder.align(settings, to: "files")
      let pair = try pair(settings)
      (settings.source, settings.target) = ("", "")
      let run = try AlignmentRun(pair, settings)
      #expect(run.notes.isEmpty)
      let record = try written(await run.run(command: "values", threads: 1), folder, "values")
      #expect(record.provenance.inputs.isEmpty && record.provenance.command == "values")
      #expect(record.source.path.isEmpty && record.source.units == [4, 3])
      for name in ["coupling.csv", "scores.csv", "nulls.csv", "splits.tsv", "intervals.csv"] {
        let texts = try ["files/", "values/"].map { try TextFile.read(folder.path($0 + name)) }
        #expect(texts[0] == texts[1], "\(name)")
      }
    }
  }

  @Test("Their stages are called as the settings say, and recorded so")
  func rolesOfSettings() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      let pair = try pair(settings)
      settings.sourceRole = .region
      let record = try await AlignmentRun(pair, settings).run(command: "values", threads: 1).result
      #expect(pair.source.role == .layer)
      #expect(record.source.role == .region && record.settings.sourceRole == .region)
      #expect(record.target.role == .layer && record.settings.targetRole == nil)
    }
  }

  @Test("Ceilings, places and splits that belong to the values are used as those of files are")
  func belongings() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      try folder.table(
        "brain/V1_units.tsv", ["noise_ceiling", "0.25", "0.05", "n/a", "0.64"])
      try folder.table("brain/V2_units.tsv", ["noise_ceiling", "1", "0.5", "0.5"])
      (settings.ceilingFloor, settings.maximumUnits) = (0.1, 3)
      settings.outer.stageWeights = .reliability
      let files = try await folder.align(settings, to: "files")
      var input = AlignmentInput(try pair(settings))
      input.sourceCeilings = [[0.25, 0.05, .nan, 0.64], [1, 0.5, 0.5]]
      input.splits = files.splits.map(\.fit.split)
      let run = try AlignmentRun(input, settings)
      #expect(run.notes.contains { $0.contains("0.1: 1 of 4 in V1") })
      let result = try await run.run(command: "values", threads: 1)
      let record = try written(result, folder, "values")
      #expect(record.settings.splitsFile == "given as values")
      #expect(record.settings.trainingFraction == nil)
      #expect(record.scores["hot"]?.normalized?.mean != nil)
      let other = try folder.record("files")
      #expect(record.scores["hot"]?.normalized?.mean == other.scores["hot"]?.normalized?.mean)
      #expect(result.splits.map(\.fit.coupling) == files.splits.map(\.fit.coupling))
      #expect(result.recording == nil)
    }
  }

  @Test("What does not belong together is refused in one sentence")
  func refusals() async throws {
    try await withResponses { folder in
      let settings = try folder.smallSettings()
      let input = AlignmentInput(try pair(settings))
      func refuse(
        _ words: [String], _ category: WorkflowError.Category = .usage,
        _ change: (inout AlignmentInput, inout AlignmentSettings) throws -> Void
      ) rethrows {
        var (input, settings) = (input, settings)
        try change(&input, &settings)
        let error = expectFailure { _ = try AlignmentRun(input, settings) }
        #expect(words.allSatisfy { error?.description.contains($0) ?? false }, "\(words)")
        #expect(error?.category == category)
      }
      let (training, heldOut) = (Array(0..<10), Array(10..<20))
      let good = Split(name: "a", training: training, heldOut: heldOut)
      refuse(["ceilings", "stage V1", "4 shares", "3 numbers up to 1.0"]) { input, _ in
        input.sourceCeilings = [[0, 1, 1], nil]
      }
      refuse(["stage V2", "up to 1.5"]) { input, _ in input.sourceCeilings = [nil, [1.5, 0, .nan]] }
      refuse(["stages with noise ceilings", "3 or 0", "is 1"]) { input, _ in
        input.targetCeilings = [nil]
      }
      refuse(["floor", "0.2"]) { input, settings in
        (settings.ceilingFloor, input.sourceCeilings) = (0.2, [[1, 1, 1, 1], nil])
      }
      refuse(["splits", "s.tsv"]) { $1.splitsFile = "s.tsv" }
      refuse(["list of splits", "a, a"]) { input, _ in input.splits = [good, good] }
      refuse(["list of splits"]) { input, _ in input.splits = [] }
      refuse(["Split b", "0 to 19", "0 to 20, 21 in all"]) { input, _ in
        input.splits = [good, Split(name: "b", training: training, heldOut: heldOut + [20])]
      }
      refuse(["two", "2 held-out"], .badData) { input, _ in
        input.splits = [Split(name: "two", training: training, heldOut: [11, 12])]
      }
      try refuse(["source and target", "At least 6", "share 5"], .badData) { input, _ in
        let ids = Array(ResponseFolder.stimuli.prefix(5))
        let few = try ResponseSet(
          stimulusIDs: ids,
          stages: [constantStage(rowCount: 5)])
        input.pair = try ResponsePair(source: input.pair.source, target: few)
      }
    }
  }

  @Test("A journal belongs to its values")
  func journal() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.permutationCount = 2
      let pair = try pair(settings)
      let journal = folder.path("journal")
      func run(_ pair: ResponsePair) async throws {
        _ = try await AlignmentRun(pair, settings).run(command: "", threads: 1, journal: journal)
      }
      try await run(pair)
      try await run(pair)
      let other = pair.mapStages { stage, number in
        guard number == 4 else { return stage }
        var responses = stage.responses
        responses[7, 1] += 1
        return Stage(name: stage.name, responses: responses)
      }
      await #expect(throws: WorkflowError.self) { try await run(other) }
    }
  }

  @Test("Comparisons of values are those of files", arguments: [nil, 3])
  func comparison(maximumUnits: Int?) async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(["rsa", "cka"])
      settings.maximumUnits = maximumUnits
      let files = try await folder.compare(settings)
      let pair = try pair(folder.smallSettings())
      (settings.source, settings.target) = ("", "")
      let run = try ComparisonRun(pair, settings)
      let values = try await run.run(command: "values", threads: 1)
      #expect(values.measures == files.measures)
      #expect(values.provenance.inputs.isEmpty && run.notes.isEmpty)
      #expect(values.target.units == files.target.units)
      let few = try ResponsePair(source: pair.source, target: pair.target, minimumCommon: 1)
        .mapStages { stage, _ in stage }
      #expect(try ComparisonRun(few, settings).notes.isEmpty)
      let three = try ResponseSet(
        stimulusIDs: ["s00", "s01", "s02"],
        stages: [constantStage(rowCount: 3)])
      expectFailure("source and target", "At least 4", "share 3") {
        _ = try ComparisonRun(ResponsePair(source: three, target: pair.target), settings)
      }
    }
  }

  @Test("A brain's set has regions, a model's has layers, a value what it is said to have")
  func roles() async throws {
    try await withResponses { folder in
      let settings = try folder.smallSettings()
      try folder.table("brain/V2_units.tsv", ["noise_ceiling", "1", "0.5", "0.5"])
      let pair = try AlignmentInput(reading: settings).pair
      #expect(pair.source.role == .region && pair.target.role == .layer)
    }
  }
}
