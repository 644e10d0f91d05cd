import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmLinearAlgebra
import ChiasmReporting
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Outer problems in tables and record")
struct OuterContract {
  private func settings(
    _ folder: ResponseFolder, _ change: (inout OuterSettings) -> Void
  ) throws -> AlignmentSettings {
    var settings = try folder.smallSettings()
    change(&settings.outer)
    return settings
  }

  @Test("The path of a choice is in table and record, one point of each split chosen")
  func path() async throws {
    try await withResponses { folder in
      let result = try await folder.align(settings(folder) { $0.kind = .automatic })
      let table = try folder.rows("out/outer_path.csv")
      #expect(table.count == 3 * 10 * 6)
      let record = try folder.record()
      #expect(record.settings.outer.kind == .automatic)
      for split in result.splits {
        let name = split.fit.split.name
        let chosen = table.filter { $0["split"] == name && $0["chosen"] == "yes" }
        #expect(chosen.count == 6)
        let shares = chosen.map { Double($0["share"] ?? "") ?? .nan }
        #expect(shares == split.fit.shares.elements)
        let own = try #require(record.splits[name])
        #expect(own.outer_path?.count == 10 && own.outer_path?.contains { $0 == own.outer } == true)
        #expect(own.outer_path?.allSatisfy { $0.criterion != nil } == true)
      }
      #expect(table[0]["penalty"] == "inf" && table[0]["problem"] == "balanced")
      #expect(result.said.contains("Outer problem: "))
    }
  }

  @Test("The balanced problem alone has no path")
  func balanced() async throws {
    try await withResponses { folder in
      let result = try await folder.align(folder.smallSettings())
      #expect(!FileManager.default.fileExists(atPath: folder.path("out/outer_path.csv")))
      #expect(try folder.record().splits.values.allSatisfy { $0.outer_path == nil })
      #expect(!result.said.contains("Outer problem"))
    }
  }

  @Test("A region without mass is n/a in every table, and its mass is 0")
  func partial() async throws {
    try await withResponses { folder in
      let result = try await folder.align(
        settings(folder) {
          $0.kind = .partial
          $0.mass = 0.3
        }, tables: .tsv)
      let table = try Table(path: folder.path("out/coupling.tsv"))
      let rows = table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.columns, $0)) }
      let empty = rows.filter { $0["split"] != "mean" && $0["share"] == "n/a" }
      let fits = result.splits.map(\.fit)
      #expect(empty.count == fits.reduce(0) { $0 + $1.shares.elements.count { $0.isNaN } })
      #expect(!empty.isEmpty && empty.allSatisfy { $0["mass"] == "0.0" })
      for split in try folder.record().splits.values {
        #expect(abs((split.outer?.mass ?? .nan) - 0.3) <= 1e-12)
        #expect(split.outer?.penalty == nil && split.outer_path?.count == 10)
      }
      let finding = try AlignmentFinding(path: folder.path("out/alignment.json"), known: nil)
      #expect(finding.report.text().contains("mass 0.3"))
    }
  }

  @Test("Regions weigh as many as their units in use")
  func unitWeights() async throws {
    try await withResponses { folder in
      var settings = try settings(folder) { $0.stageWeights = .units }
      settings.maximumUnits = 3
      #expect(
        try await folder.align(settings, to: "equal").splits[0].fit.coupling.row(0)
          .reduce(0, +) == 0.5)
      settings.maximumUnits = nil
      let fit = try await folder.align(settings).splits[0].fit
      #expect(abs(fit.coupling.row(0).reduce(0, +) - 4.0 / 7) <= 1e-12)
      #expect(abs(fit.shares.row(1).reduce(0, +) - 1) <= 1e-12)
    }
  }

  @Test("Regions weigh as much as their mean noise ceiling, where it is known")
  func reliability() async throws {
    try await withResponses { folder in
      let settings = try settings(folder) { $0.stageWeights = .reliability }
      let missing = #expect(throws: WorkflowError.self) { try AlignmentRun(settings) }
      #expect(missing?.description.contains("V1_units.tsv") == true)
      try folder.table("brain/V1_units.tsv", ["noise_ceiling", "0.5", "n/a", "0.7", "n/a"])
      try folder.table("brain/V2_units.tsv", ["noise_ceiling", "0.1", "0.2", "0.3"])
      let fit = try await folder.align(settings).splits[0].fit
      #expect(abs(fit.coupling.row(0).reduce(0, +) - 0.75) <= 1e-12)
      try folder.table("brain/V2_units.tsv", ["noise_ceiling", "n/a", "n/a", "n/a"])
      let unknown = #expect(throws: WorkflowError.self) { try AlignmentRun(settings) }
      #expect(
        unknown?.description
          == "The reliability of stage V2 is not known for any unit, but must be above 0 for "
          + "--stage-weights reliability.")
    }
  }

  @Test(
    "Numbers that are out of range, missing or of no use are refused in a sentence",
    arguments: [
      (.unbalanced, 0, nil, "The outer penalty is 0.0, but must be from 0.000001 to 1,000,000."),
      (.unbalanced, .nan, nil, "The outer penalty is nan, but must be from 0.000001 to 1,000,000."),
      (
        .unbalanced, nil, nil,
        "The outer penalty is missing, but must be from 0.000001 to "
          + "1,000,000 with --outer unbalanced."
      ),
      (.partial, nil, 1.5, "The outer mass is 1.5, but must be above 0 and at most 1."),
      (.partial, nil, 0, "The outer mass is 0.0, but must be above 0 and at most 1."),
      (
        .partial, nil, nil,
        "The outer mass is missing, but must be above 0 and at most 1 with "
          + "--outer partial."
      ),
      (
        .automatic, 0.1, nil,
        "The outer penalty is given, but must be left out without --outer "
          + "unbalanced."
      ),
      (
        .balanced, nil, 0.5,
        "The outer mass is given, but must be left out without --outer partial."
      ),
    ] as [(OuterSettings.Kind, Double?, Double?, String)])
  func refused(
    _ kind: OuterSettings.Kind, _ penalty: Double?, _ mass: Double?, _ sentence: String
  ) async throws {
    try await withResponses { folder in
      let settings = try settings(folder) {
        ($0.kind, $0.penalty, $0.mass) = (kind, penalty, mass)
      }
      let error = #expect(throws: WorkflowError.self) { try AlignmentRun(settings) }
      #expect(error?.description == sentence && error?.category == .usage)
    }
  }

  @Test("Too few training stimuli for the folds are refused before the work")
  func folds() async throws {
    try await withResponses { folder in
      var settings = try settings(folder) { $0.kind = .automatic }
      settings.trainingFraction = 0.4
      let error = #expect(throws: WorkflowError.self) { try AlignmentRun(settings) }
      #expect(error?.description.contains("8 training stimuli") == true)
    }
  }
}
