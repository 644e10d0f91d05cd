import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Controls in tables and record")
struct ControlsContract {
  @Test("Every control that is described can be asked for, but for other orders of layers")
  func described() {
    let settings = AlignmentSettings(source: "", target: "")
    let described = ControlDescription.all.map(\.name).filter { $0 != "perm-layers" }
    #expect(ControlName.allCases.map(\.rawValue) == described)
    #expect(ControlName.allCases.map { $0.control(settings).name } == described)
  }

  @Test("What is asked for is there, HOT always, in one order")
  func chosen() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.layerPermutationCount = 0
      settings.controls = [.global, .uniformP]
      let result = try await folder.align(settings)
      let methods = [
        "hot", "hot-matched", "uniform-p", "uniform-p-matched", "global", "global-matched",
      ]
      #expect(result.result.method_order == methods)
      #expect(try folder.record().settings.controls == [.hot, .uniformP, .global])
      settings.controls = []
      #expect(
        try await folder.align(settings, to: "hot").result.method_order == ["hot", "hot-matched"])
    }
  }

  @Test("The coupling and the proof of global transport are in the record")
  func global() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.controls = [.global]
      let result = try await folder.align(settings)
      let record = try folder.record()
      #expect(record.certificate.solves == 24)
      for split in result.splits {
        let own = try #require(record.splits[split.fit.split.name])
        let global = try #require(own.global)
        #expect(own.certificate.solves == 8)
        #expect(
          global.mass.map { $0.reduce(0) { $0 + ($1 ?? .nan) } }.allSatisfy {
            abs($0 - 0.5) < 1e-12
          })
        #expect(global.source_units == [4, 3] && global.target_units == [5, 3, 2])
        #expect((global.cost ?? .nan) <= split.fit.cost + 1e-9)
        #expect(global.certificate.solves == 1 && (global.certificate.worst_gap ?? 1) < 1e-9)
      }
      try await folder.align(folder.smallSettings(), to: "without")
      #expect(try folder.record("without").splits.values.allSatisfy { $0.global == nil })
    }
  }

  @Test("Draws have a spread and a rank of HOT, in a split and over splits")
  func draws() async throws {
    try await withResponses { folder in
      let result = try await folder.align(folder.smallSettings())
      let table = try folder.rows("out/scores.csv")
      let record = try folder.record()
      // Two source stages have one other order, whose score alone says nothing of chance.
      #expect(record.scores["perm-p"]?.draws == nil)
      #expect(result.scores(of: "perm-p").allSatisfy { $0.draws.count == 1 })
      for method in ["entropy-p"] {
        let scores = result.scores(of: method)
        // The mean over splits, draw by draw.
        let means = (0..<100).map { draw in
          scores.reduce(0) { $0 + $1.drawScores[draw] } / Double(scores.count)
        }
        let hot = result.scores(of: "hot").reduce(0) { $0 + $1.score } / Double(scores.count)
        let rank = Double(1 + means.count { $0 >= hot - 1e-12 }) / 101
        let row = try #require(
          table.first {
            $0["method"] == method && $0["split"] == "mean" && $0["source_stage"] == "mean"
          })
        #expect(row["rank_of_hot"].flatMap(Double.init) == rank)
        let deviation = Spread(means).deviation
        #expect(abs((row["draw_sd"].flatMap(Double.init) ?? .nan) - deviation) < 1e-12)
        let draws = try #require(record.scores[method]?.draws)
        #expect(draws.count == 100 && draws.rank_of_hot == rank)
        #expect(record.splits["split_2"]?.draws[method]?.count == 100)
      }
      #expect(record.scores["uniform-p"]?.draws == nil)
      let single = table.filter { $0["method"] == "hot" }
      #expect(single.allSatisfy { $0["draw_sd"] == "" && $0["rank_of_hot"] == "" })
    }
  }

  @Test("Too many pairs of units for global transport are said before the work")
  func note() async throws {
    try await withResponses { folder in
      let source = try folder.set("wide", [("V1", 9000)])
      let target = try folder.set("broad", [("a", 4000), ("b", 4000)])
      var settings = AlignmentSettings(source: source, target: target)
      #expect(!(try AlignmentRun(settings).notes.contains { $0.contains("Global") }))
      settings.controls = [.global]
      let notes = try AlignmentRun(settings).notes
      #expect(notes.contains { $0.contains("9000 with 8000") && $0.contains("64000000 pairs") })
      settings.maximumUnits = 3000
      #expect(!(try AlignmentRun(settings).notes.contains { $0.contains("Global") }))
    }
  }
}
