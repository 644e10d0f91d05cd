import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmReporting
import ChiasmTables
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Contract: nulls and intervals of an alignment")
struct ReplicatesContract {
  private func settings(_ folder: ResponseFolder) throws -> AlignmentSettings {
    var settings = try folder.smallSettings()
    settings.permutationCount = 6
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
      let settings = try settings(folder)
      let input = try AlignmentInput(reading: settings)
      let run = try AlignmentRun(input, settings)
      let provenance = try Provenance(command: "chiasm align", inputs: input.files)
      let statistics = AlignmentStatistic.all(sourceCount: 2, targetCount: 3)
      let path = folder.path("out.journal")
      func write(_ statistics: [AlignmentStatistic]) throws -> Data {
        let owner = try run.journalOwner(provenance, statistics: statistics)
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

  @Test("A journal with a line that is no replicate is refused with the line")
  func damagedLine() async throws {
    try await withResponses { folder in
      let settings = try settings(folder)
      let input = try AlignmentInput(reading: settings)
      let run = try AlignmentRun(input, settings)
      let provenance = try Provenance(command: "chiasm align", inputs: input.files)
      let path = folder.path("out.journal")
      let owner = try run.journalOwner(
        provenance, statistics: AlignmentStatistic.all(sourceCount: 2, targetCount: 3))
      for line in ["permutation 0 0.5 0.5", "permutation 0", "", "permutation x 1 2 3"] {
        Journal.remove(path: path)
        try Journal(path: path, owner: owner).append(line)
        let error = await #expect(throws: WorkflowError.self) {
          try await run.run(command: "chiasm align", threads: 1, journal: path)
        }
        #expect(error?.description.contains("out.journal: line 2") == true)
        #expect(error?.category == .badData)
      }
    }
  }

  @Test("How the record names files does not change whose journal it is")
  func recordedPaths() async throws {
    try await withResponses { folder in
      let input = try AlignmentInput(reading: settings(folder))
      let run = try AlignmentRun(input, settings(folder))
      let owners = try [RecordedPaths.asGiven, .absolute, .from(folder: folder.path("out"))].map {
        try run.journalOwner(
          Provenance(command: "chiasm align", inputs: input.files, paths: $0),
          statistics: AlignmentStatistic.all(sourceCount: 2, targetCount: 3))
      }
      #expect(Set(owners).count == 1)
    }
  }

  @Test("The tables have a row a statistic, with the numbers of alignment.json")
  func tables() async throws {
    try await withResponses { folder in
      try await folder.align(settings(folder))
      let nulls = try folder.rows("out/nulls.csv")
      let evidence = try folder.record().evidence
      #expect(nulls.count == evidence.nulls.count)
      // 19 of stimuli: score, 2 stages, 3 of order, cost; costs and shares of 6 pairs. 6 of layers:
      // the same without costs and shares. 3 of random maps: those of order.
      #expect(nulls.count == 28)
      #expect(
        nulls.compactMap { $0["p_value"].flatMap(Double.init) } == evidence.nulls.map(\.p_value))
      #expect(
        nulls.allSatisfy {
          $0["draws"]
            == ["stimulus-permutation": "6", "layer-permutation": "5", "random-maps": "8"][
              $0["null"] ?? ""]
        })
      #expect(
        nulls.map { $0["p_corrected"].flatMap(Double.init) } == evidence.nulls.map(\.p_corrected))
      #expect(
        nulls.allSatisfy {
          ($0["p_corrected"] == "")
            == ($0["source_stage"] == "mean"
              || $0["source_stage"] == "")
        })
      let intervals = try folder.rows("out/intervals.csv")
      #expect(intervals.count { $0["draws_of"] == "fixed-fits" } == 3)
      #expect(intervals.count { $0["draws_of"] == "refits" } == 14)
      let mean = try folder.rows("out/coupling.csv").filter { $0["split"] == "mean" }
      // One share has one interval, wherever it stands.
      let shares = evidence.intervals.filter { $0.statistic == "share" }
      for (row, share) in zip(mean, shares) {
        let rule = share.bca_low == nil ? (share.low, share.high) : (share.bca_low, share.bca_high)
        #expect(share.interval_low == rule.0 && share.interval_high == rule.1)
        #expect(row["share_low"].flatMap(Double.init) == rule.0)
        #expect(row["share_high"].flatMap(Double.init) == rule.1)
        let method = share.bca_low == nil ? "percentile" : "bca"
        #expect(row["interval_method"] == method && share.interval_method == method)
      }
      #expect(
        intervals.map { $0["interval_low"].flatMap(Double.init) }
          == evidence.intervals.map(\.interval_low))
      let page = try folder.report().page.text(of: "coupling")
      for share in shares {
        #expect(page.contains(ReportText.number(share.interval_low, decimals: 4)))
      }
      let archive = try NumpyArchive(path: folder.path("out/replicates.npz"))
      #expect(try archive.array("stimulus_permutation").shape == [6, 27])
      #expect(try archive.array("bootstrap").shape == [20, 27])
      #expect(try archive.array("layer_permutation").shape == [5, 6])
      #expect(try archive.array("random_maps").shape == [8, 3])
    }
  }

  @Test("Settings and progress count what the options of their names asked for")
  func counts() async throws {
    try await withResponses { folder in
      var settings = try settings(folder)
      settings.layerPermutationCount = 17
      let run = try AlignmentRun(settings)
      var words: [String] = []
      let result = try await run.run(
        command: "chiasm align", threads: 1, replicateProgress: { words.append($0.words) })
      let record = result.result.settings
      #expect(record.permutationCount == 6 && record.stimulusPermutationCount == 6)
      #expect(record.bootstrapCount == 20 && record.scoreDrawCount == 40)
      #expect(record.layerPermutationCount == 17 && record.controlDrawCount == 100)
      let first = (1...5).map { "\($0) of 6 permutations" } + ["0 of 20 bootstrap samples"]
      #expect(Array(words.prefix(6)) == first)
      #expect(words.last == "20 of 20 groups left out for intervals")
    }
  }

  @Test("The lines at the end have the numbers of the result, each in its place")
  func lines() async throws {
    try await withResponses { folder in
      let finished = try await folder.align(settings(folder))
      let (result, lines) = (finished.result, finished.messages)
      func number(_ value: Double?) -> String { NumberText.fixed(value, decimals: 4) }
      let hot = try #require(result.scores["hot"])
      #expect(
        lines.contains(
          "HOT score \(number(hot.mean)) (SD over 3 splits \(number(hot.sd))), cost "
            + "\(number(result.cost.mean))."))
      let score = try #require(result.evidence.interval(.fixedFits, "score"))
      #expect(
        lines.contains {
          $0.hasPrefix("95 % interval of the score")
            && $0.contains(": \(number(score.interval_low)) to \(number(score.interval_high)) (")
        })
      for null in NullTest.Null.allCases {
        let name = Quantity.null.title(of: null.rawValue)
        let line = try #require(lines.first { $0.hasPrefix("Against \(name), ") })
        let test = try #require(result.evidence.test(null, "spearman"))
        #expect(
          line.contains(
            "spearman \(number(test.observed)) against \(number(test.null_mean)), p = "
              + "\(number(test.p_value))"))
      }
    }
  }

  @Test("Draws without a value are counted in words at the end, inspected and in the report")
  func undefined() async throws {
    try await withResponses { folder in
      let stimuli = Array(ResponseFolder.stimuli.prefix(12))
      var settings = AlignmentSettings(
        source: try folder.set("brain", [("V1", 4), ("V2", 3)], stimuli: stimuli, seed: 1),
        target: try folder.set("model", [("a", 5), ("b", 3)], stimuli: stimuli, seed: 2))
      settings.bootstrapCount = 20
      let result = try await folder.align(settings)
      let count = result.evidence.bootstraps.count { $0[0].isNaN }
      #expect(count > 0)
      let words = "Of 20 bootstrap samples \(count) have no value"
      #expect(result.messages.contains { $0.hasPrefix(words) })
      let text = try Inspection(path: folder.path("out")).report.text()
      #expect(text.contains(words))
      #expect(try folder.report().page.text(of: "controls").contains(words))
      settings.bootstrapCount = 0
      #expect(
        try await !folder.align(settings, to: "none").messages.contains {
          $0.contains("bootstrap")
        })
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
  func refusals(_ counts: (Int, Int, Int)) async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.permutationCount = counts.0
      settings.bootstrapCount = counts.1
      settings.layerPermutationCount = counts.2
      #expect(throws: WorkflowError.self) { try AlignmentRun(settings) }
    }
  }
}
