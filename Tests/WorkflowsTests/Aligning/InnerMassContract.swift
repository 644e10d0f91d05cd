import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmReporting
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Partial matching of units in tables and record")
struct InnerMassContract {
  private func settings(
    _ folder: ResponseFolder, _ mass: MatchedMass
  ) throws -> AlignmentSettings {
    var settings = try folder.smallSettings()
    settings.innerMass = mass
    return settings
  }

  @Test("The curve of every pair and split is in table and record, one point of each chosen")
  func path() async throws {
    try await withResponses { folder in
      var settings = try settings(folder, .automatic)
      settings.controls = ControlName.allCases
      settings.outer.kind = .automatic
      settings.bootstrapCount = 20
      settings.permutationCount = 2
      let result = try await folder.align(settings, withPlans: true)
      let table = try folder.rows("out/inner_path.csv")
      #expect(table.count == 3 * 6 * 10)
      let record = try folder.record()
      #expect(record.settings.innerMass == .automatic)
      for split in result.splits {
        let name = split.fit.split.name
        let chosen = table.filter { $0["split"] == name && $0["chosen"] == "yes" }
        #expect(chosen.compactMap { Double($0["cost"] ?? "") } == split.fit.costs.elements)
        let own = try #require(record.splits[name]?.inner)
        #expect(own.map(\.mass) == chosen.compactMap { Double($0["mass"] ?? "") })
        #expect(own.allSatisfy { $0.curve.count == 10 })
        #expect(own.map(\.source_stage) == chosen.map { $0["source_stage"] })
        let plan = split.fit.match(0, 0).plan
        #expect(abs(plan.masses.reduce(0, +) - own[0].mass) <= 1e-12)
      }
      #expect(result.said.contains("Mass of matched units: "))
      #expect((record.certificate.worst_gap ?? .nan) <= 1e-9)
      #expect(
        result.result.method_order.contains("ridge")
          && result.result.method_order.contains("global"))
      let finding = try AlignmentFinding(path: folder.path("out/alignment.json"), known: nil)
      #expect(finding.report.text().contains("matched units"))
    }
  }

  @Test("A mass that is given has one point a pair, and the written plans have it")
  func fixed() async throws {
    try await withResponses { folder in
      let result = try await folder.align(
        settings(folder, .fixed(0.5)), tables: .tsv, withPlans: true)
      let table = try Table(path: folder.path("out/inner_path.tsv"))
      #expect(table.rows.count == 3 * 6 && table.rows.allSatisfy { $0[3] == "0.5" })
      #expect(result.said.contains("Mass of matched units: 0.5."))
      let plan = try CompressedSparseRows(path: folder.path("out/plans/V1__a.npz"))
      #expect(abs(plan.values.reduce(0, +) - 0.5) <= 1e-12)
    }
  }

  @Test("The whole mass is what is there without the option, to the bit")
  func whole() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      try await folder.align(settings(folder, .fixed(1)), to: "whole")
      for name in ["coupling.csv", "scores.csv", "nulls.csv", "comparisons.csv"] {
        #expect(
          FileManager.default.contents(atPath: folder.path("out/\(name)"))
            == FileManager.default.contents(atPath: folder.path("whole/\(name)")))
      }
      #expect(!FileManager.default.fileExists(atPath: folder.path("whole/inner_path.csv")))
      let record = try folder.record("whole")
      #expect(record.splits.values.allSatisfy { $0.inner == nil })
      #expect(record.settings.innerMass == .whole)
    }
  }

  @Test("The journal of another mass is not gone on with")
  func journal() async throws {
    try await withResponses { folder in
      var settings = try settings(folder, .fixed(0.5))
      settings.permutationCount = 2
      let path = folder.path("journal")
      func run() async throws {
        _ = try await AlignmentRun(settings).run(command: "", threads: 1, journal: path)
      }
      try await run()
      try await run()
      settings.innerMass = .automatic
      await #expect(throws: WorkflowError.self) { try await run() }
    }
  }

  @Test("A mass that is out of range is refused in a sentence", arguments: [0, -0.5, 1.5, .nan])
  func range(mass: Double) async throws {
    try await withResponses { folder in
      let settings = try settings(folder, .fixed(mass))
      let error = #expect(throws: WorkflowError.self) { try AlignmentRun(settings) }
      #expect(
        error?.description
          == "The inner mass is \(mass), but must be auto, or above 0 and at most 1.")
      #expect(error?.category == .usage)
    }
  }

  @Test("Sinkhorn, which moves no exact mass, is refused")
  func sinkhorn() async throws {
    try await withResponses { folder in
      var settings = try settings(folder, .automatic)
      settings.solver = .sinkhorn
      let error = #expect(throws: WorkflowError.self) { try AlignmentRun(settings) }
      #expect(
        error?.description
          == "The solver is sinkhorn, but must be exact with an inner mass other than 1.")
    }
  }
}
