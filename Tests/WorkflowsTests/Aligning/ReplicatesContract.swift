import Alignment
import ArrayFiles
import Foundation
import Testing

@testable import Workflows

@Suite("Contract: nulls and intervals of an alignment")
struct ReplicatesContract {
  private func settings(_ folder: ResponseFolder) throws -> AlignmentSettings {
    var settings = try folder.smallSettings()
    settings.stimulusPermutationCount = 6
    settings.bootstrapCount = 20
    settings.scoreDrawCount = 40
    return settings
  }

  @Test("A run that goes on from any journal writes equal bytes, and another run's is refused")
  func resuming() async throws {
    try await withResponses { folder in
      let settings = try settings(folder)
      let journal = folder.path("out.journal")
      func run(_ settings: AlignmentSettings, to name: String) async throws {
        let result = try await AlignmentRun(settings).run(
          command: "chiasm align", threads: 2, journal: journal)
        let output = try OutputFolder(path: folder.path(name))
        try result.write(to: output)
        try output.commit()
      }
      try await run(settings, to: "whole")
      let lines = try Data(contentsOf: URL(filePath: journal))
      for cut in [lines.count / 3, lines.count - 1, lines.count] {
        try lines.prefix(cut).write(to: URL(filePath: journal))
        try await run(settings, to: "resumed \(cut)")
        for name in [
          "nulls.csv", "intervals.csv", "coupling.csv", "replicates.npz", "alignment.json",
        ] {
          #expect(
            try Data(contentsOf: folder.url.appending(path: "whole/\(name)"))
              == Data(contentsOf: folder.url.appending(path: "resumed \(cut)/\(name)")), "\(name)")
        }
      }
      var other = settings
      other.seed = 1
      await #expect(throws: WorkflowError.self) { try await run(other, to: "other") }
    }
  }

  @Test("A journal of other statistics is refused and left as it is")
  func otherStatistics() async throws {
    try await withResponses { folder in
      let run = try AlignmentRun(settings(folder))
      let provenance = try Provenance(command: "chiasm align", inputs: run.files)
      let statistics = AlignmentStatistic.all(sourceCount: 2, targetCount: 3)
      let path = folder.path("out.journal")
      func write(_ statistics: [AlignmentStatistic]) throws -> Data {
        let owner = run.journalOwner(provenance, statistics: statistics)
        try Journal(path: path, owner: owner).append("permutation 0 0.5 0.5")
        return try Data(contentsOf: URL(filePath: path))
      }
      let other = try write(statistics.dropLast())
      await #expect(throws: WorkflowError.self) {
        try await run.run(command: "chiasm align", threads: 1, journal: path)
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == other)
      #expect(throws: ArrayFileError.self) { try write(statistics) }
    }
  }

  @Test("The tables have a row a statistic, with the numbers of alignment.json")
  func tables() async throws {
    try await withResponses { folder in
      try await folder.align(settings(folder))
      let nulls = try folder.rows("out/nulls.csv")
      let evidence = try #require(try folder.record().evidence)
      #expect(nulls.count == evidence.nulls.count)
      // 19 of stimuli: score, 2 stages, 3 of order, cost; costs and shares of 6 pairs. 6 of layers:
      // the same without costs and shares.
      #expect(nulls.count == 25)
      #expect(
        nulls.compactMap { $0["p_value"].flatMap(Double.init) } == evidence.nulls.map(\.p_value))
      #expect(nulls.allSatisfy { ["6", "5"].contains($0["draws"]) })
      let intervals = try folder.rows("out/intervals.csv")
      #expect(intervals.count { $0["draws_of"] == "fixed-fits" } == 3)
      #expect(intervals.count { $0["draws_of"] == "refits" } == 14)
      let mean = try folder.rows("out/coupling.csv").filter { $0["split"] == "mean" }
      #expect(mean.allSatisfy { $0["share_low"].flatMap(Double.init) != nil })
      let archive = try NumpyArchive(path: folder.path("out/replicates.npz"))
      #expect(try archive.array("stimulus_permutation").shape == [6, 27])
      #expect(try archive.array("bootstrap").shape == [20, 27])
      #expect(try archive.array("layer_permutation").shape == [5, 6])
    }
  }

  @Test("Without any draws the tables are empty and there is no archive")
  func none() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      (settings.layerPermutationCount, settings.scoreDrawCount) = (0, 0)
      try await folder.align(settings)
      #expect(try folder.rows("out/nulls.csv").isEmpty)
      #expect(try folder.rows("out/intervals.csv").isEmpty)
      #expect(!FileManager.default.fileExists(atPath: folder.path("out/replicates.npz")))
    }
  }

  @Test(
    "Counts out of range are refused in a sentence",
    arguments: [
      (-1, 0, 0), (1_000_001, 0, 0), (0, -5, 0), (0, 3, 0), (0, 0, -1),
    ])
  func counts(_ counts: (Int, Int, Int)) async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.stimulusPermutationCount = counts.0
      settings.bootstrapCount = counts.1
      settings.layerPermutationCount = counts.2
      #expect(throws: WorkflowError.self) { try AlignmentRun(settings) }
    }
  }
}
