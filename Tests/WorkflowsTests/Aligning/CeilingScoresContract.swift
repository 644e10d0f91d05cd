import ChiasmAlignment
import ChiasmImaging
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Scores normalised by noise ceilings")
struct CeilingScoresContract {
  /// Settings with tables of ceilings for V1 (4 units) and V2 (3 units).
  private func settings(
    _ folder: ResponseFolder, _ first: String = "0.25 0.05 n/a 0.64", _ second: String = "1 0.5 0.5"
  ) throws -> AlignmentSettings {
    let settings = try folder.smallSettings()
    for (name, values) in [("V1", first), ("V2", second)] {
      let rows = values.split(separator: " ").enumerated().map { "\($0) \($1)" }
      try folder.table("brain/\(name)_units.tsv", ["unit noise_ceiling"] + rows)
    }
    return settings
  }

  @Test("Each unit's score is divided by the root of its ceiling, and the floor leaves units out")
  func values() async throws {
    try await withResponses { folder in
      var settings = try settings(folder)
      settings.ceilingFloor = 0.1
      settings.controls = ControlName.allCases
      let result = try await folder.align(settings)
      let rows = try folder.rows("out/scores.csv")
      let record = try folder.record()
      func normalized(_ method: String, _ stage: String, _ split: String) -> Double {
        rows.first {
          $0["method"] == method && $0["source_stage"] == stage && $0["split"] == split
        }?["normalized"].flatMap(Double.init) ?? .nan
      }
      for method in result.result.method_order {
        for split in result.splits {
          let score = try #require(split.scores.first { $0.method == method })
          let (one, two) = (score.unitScores[0], score.unitScores[1])
          let expected = [
            (one[0] / 0.5 + one[3] / 0.8) / 2,
            (two[0] + (two[1] + two[2]) / 0.5.squareRoot()) / 3,
          ]
          let name = split.fit.split.name
          #expect(abs(normalized(method, "V1", name) - expected[0]) < 1e-12, "\(method)")
          #expect(abs(normalized(method, "V2", name) - expected[1]) < 1e-12)
          #expect(abs(normalized(method, "mean", name) - (expected[0] + expected[1]) / 2) < 1e-12)
          let written = try #require(record.splits[name]?.normalized?[method])
          #expect(written.first == normalized(method, "V1", name))
        }
        let means = ["split_1", "split_2", "split_3"].map { normalized(method, "V1", $0) }
        #expect(abs(normalized(method, "V1", "mean") - means.reduce(0, +) / 3) < 1e-12)
        #expect(record.scores[method]?.normalized?.mean == normalized(method, "mean", "mean"))
      }
      for (name, method) in record.scores {
        let means = result.splits.map { normalized(name, "mean", $0.fit.split.name) }
        #expect(abs((method.normalized?.sd ?? .nan) - Spread(means).deviation) < 1e-12, "\(name)")
      }
      let ceiling = try #require(record.ceiling)
      #expect(ceiling.floor == 0.1 && ceiling.source_units == [4, 3])
      #expect(ceiling.units_below_floor == [1, 0] && ceiling.units_unknown == [1, 0])
      #expect(record.provenance.inputs.contains { $0.path.hasSuffix("V1_units.tsv") })
    }
  }

  @Test("Raw scores stay as they are, and nothing is normalised unless it is asked for")
  func raw() async throws {
    try await withResponses { folder in
      var settings = try settings(folder)
      let raw = try await folder.align(settings)
      settings.ceilingFloor = 0.1
      let both = try await folder.align(settings, to: "both")
      #expect(raw.splits.map(\.scores) == both.splits.map(\.scores))
      let rows = try folder.rows("out/scores.csv")
      #expect(rows.allSatisfy { $0["normalized"] == "" })
      let record = try folder.record()
      #expect(record.ceiling == nil && record.scores["hot"]?.normalized == nil)
      #expect(both.said.contains("normalised") && !raw.said.contains("normalised"))
    }
  }

  @Test("The notes say how many units of which stage the floor leaves out")
  func notes() async throws {
    try await withResponses { folder in
      var settings = try settings(folder)
      #expect(try AlignmentRun(settings).notes.isEmpty)
      settings.ceilingFloor = 0.6
      let notes = try AlignmentRun(settings).notes.joined(separator: "\n")
      #expect(notes.contains("below 0.6: 2 of 4 in V1, 2 of 3 in V2"))
      #expect(notes.contains("1 unit whose noise ceiling is not known"))
    }
  }

  @Test("Units below the floor and units of unknown ceiling are counted apart")
  func counts() async throws {
    try await withResponses { folder in
      var settings = try settings(folder, "0.05 0.01 n/a 0.64")
      settings.ceilingFloor = 0.1
      let ceiling = try #require(try await folder.align(settings).result.ceiling)
      #expect(ceiling.units_below_floor == [2, 0] && ceiling.units_unknown == [1, 0])
      #expect(ceiling.target_units == nil)
    }
  }

  @Test("A subsample takes the ceilings of its units along")
  func subsample() async throws {
    try await withResponses { folder in
      var settings = try settings(folder, "0.2 0.4 0.6 0.8")
      (settings.ceilingFloor, settings.maximumUnits) = (0.1, 2)
      let result = try await folder.align(settings)
      let all = [0.2, 0.4, 0.6, 0.8]
      #expect(result.ceilings?.stages[0] == result.unitNumbers.source[0].map { all[$0] })
    }
  }

  @Test("A floor that leaves nothing of a stage, or is no share, is refused")
  func refused() async throws {
    try await withResponses { folder in
      var settings = try settings(folder)
      settings.ceilingFloor = 0.7
      let error = expectFailure("0.7", "stage V1", "0.64") { _ = try AlignmentRun(settings) }
      #expect(error?.category == .usage)
      for floor in [0, -0.5, 1.5, .nan] {
        settings.ceilingFloor = floor
        expectFailure("above 0 and at most 1", "\(floor)") { _ = try AlignmentRun(settings) }
      }
      settings = try folder.smallSettings()
      settings.source = try folder.set("without", [("V1", 4)])
      settings.ceilingFloor = 0.1
      let missing = expectFailure("without", "noise_ceiling") { _ = try AlignmentRun(settings) }
      #expect(missing?.category == .badData)
    }
  }
}
