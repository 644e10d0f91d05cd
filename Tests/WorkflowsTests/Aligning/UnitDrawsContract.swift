import ChiasmAlignment
import ChiasmFiles
import ChiasmReporting
import ChiasmResponses
import ChiasmStatistics
import ChiasmTables
import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Contract: draws of units")
struct UnitDrawsContract {
  private func settings(_ folder: ResponseFolder) throws -> AlignmentSettings {
    try folder.set("wide", [("V1", 12), ("V2", 9)], seed: 5)
    try folder.set("deep", [("a", 7), ("b", 20), ("c", 8)], seed: 6)
    var settings = AlignmentSettings(source: folder.path("wide"), target: folder.path("deep"))
    (settings.splitCount, settings.unitDrawCount, settings.seed) = (2, 4, 3)
    return settings
  }

  @Test("They are alignments of the units that are drawn, as many as the smallest stage has")
  func alone() async throws {
    try await withResponses { folder in
      let settings = try settings(folder)
      let record = try await folder.align(settings, to: "out").result
      let rows = try #require(record.evidence.unit_draws)
      #expect(rows.allSatisfy { $0.units == 7 && $0.draws + $0.undefined == 4 })
      var plain = settings
      plain.unitDrawCount = nil
      let pair = try AlignmentInput(reading: plain).pair
      var (scores, shares) = ([Double](), [Double]())
      for number in 0..<4 {
        let drawn = UnitDraws.drawn(pair, number: number, unitCount: 7, seed: 3)
        #expect((drawn.source.stages + drawn.target.stages).allSatisfy { $0.unitCount == 7 })
        let one = try await AlignmentRun(drawn, plain).run(command: "", threads: 1).result
        scores.append(try #require(one.scores["hot"]?.mean))
        shares.append(try #require(one.coupling.share[1][2]))
      }
      let score = try #require(rows.first)
      #expect(score.statistic == "score" && score.source_stage == nil)
      #expect(score.estimate == record.scores["hot"]?.mean)
      let spread = Spread(scores)
      #expect(abs((score.mean ?? 0) - spread.mean) < 1e-12)
      #expect(abs((score.sd ?? 0) - spread.deviation) < 1e-12)
      #expect(abs((score.least ?? 0) - (scores.min() ?? 1)) < 1e-12)
      #expect(abs((score.greatest ?? 0) - (scores.max() ?? 1)) < 1e-12)
      let share = rows.first {
        $0.statistic == "share" && $0.source_stage == "V2" && $0.target_stage == "c"
      }
      #expect(abs((share?.mean ?? 0) - Spread(shares).mean) < 1e-12)
      #expect(Set(scores).count > 1)
    }
  }

  @Test("Tables, the terminal, the report and inspect tell them, on any number of threads")
  func told() async throws {
    try await withResponses { folder in
      let settings = try settings(folder)
      let finished = try await folder.align(settings, to: "out")
      let again = try await AlignmentRun(AlignmentInput(reading: settings), settings)
        .run(command: "", threads: 3)
      #expect(again.result.evidence == finished.result.evidence)
      let table = try Table(path: folder.path("out/unit_draws.csv"))
      let rows = try #require(finished.result.evidence.unit_draws)
      #expect(try table.doubles("sd") == rows.map { $0.sd ?? .nan })
      #expect(try table.column("statistic") == rows.map(\.statistic))
      #expect(finished.messages.contains { $0.hasPrefix("Over 4 draws of 7 units of every stage") })
      let inspection = try Inspection(path: folder.path("out")).report.text(width: 200)
      #expect(inspection.contains("Draws of equally many units of every stage"))
    }
  }

  @Test("--max-units says how many are drawn, of all units of the files, both ways")
  func limited() async throws {
    try await withResponses { folder in
      var settings = try settings(folder)
      settings.maximumUnits = 5
      let run = try AlignmentRun(AlignmentInput(reading: settings), settings)
      let result = try await run.run(command: "", threads: 2).result
      let rows = try #require(result.evidence.unit_draws)
      #expect(rows.allSatisfy { $0.units == 5 } && (rows[0].sd ?? 0) > 0)
      let other = try await run.reversed().run(command: "", threads: 2).result
      func cost(_ result: AlignmentResult) -> EvidenceResult.UnitDraw? {
        result.evidence.unit_draws?.first { $0.statistic == "cost" && $0.source_stage == nil }
      }
      #expect(abs((cost(other)?.mean ?? 0) - (cost(result)?.mean ?? 1)) < 1e-9)
      // What is aligned itself is what is aligned without draws.
      settings.unitDrawCount = nil
      let plain = try await AlignmentRun(AlignmentInput(reading: settings), settings)
        .run(command: "", threads: 2).result
      #expect(plain.coupling == result.coupling && plain.scores == result.scores)
      #expect(plain.evidence.unit_draws == nil)
      settings.unitDrawCount = 1
      expectFailure("draws of units", "2") { _ = try AlignmentInput(reading: settings) }
    }
  }
}
