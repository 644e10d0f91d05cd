import ChiasmAlignment
import Foundation
import ChiasmReporting
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("The evidence of an alignment, inspected")
struct InspectionOfEvidence {
  /// The words of each line below a heading, titles first.
  private func table(_ heading: String, in text: String) -> [[String]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(where: { $0.contains(heading) }) else { return [] }
    return lines[(start + 1)...].prefix { !$0.isEmpty }.map { line in
      line.split(separator: " ").map(String.init)
    }
  }

  private func text(_ number: Double?) -> String { NumberText.fixed(number, decimals: 4) }

  private func inspect(
    _ change: (inout AlignmentSettings) -> Void,
    check: (_ text: String, AlignmentResult) throws -> Void
  ) async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      for (name, count) in [("V1", 4), ("V2", 3)] {
        try folder.table(
          "brain/\(name)_units.tsv",
          ["unit noise_ceiling", "0 0.05"] + (1..<count).map { "\($0) 0.5" })
      }
      change(&settings)
      try await folder.align(settings)
      let finding = try AlignmentFinding(path: folder.path("out/alignment.json"), known: nil)
      try check(finding.report.text(), folder.record())
    }
  }

  @Test("HOT stands against each control but the matched ones, with interval and p")
  func comparisons() async throws {
    try await inspect { _ in
    } check: { text, record in
      let table = table("HOT against its controls", in: text)
      #expect(table.first?.first == "other" && table.first?.last == "p")
      let controls = record.scores.keys.filter { $0 != "hot" && !$0.hasSuffix("-matched") }
      #expect(Set(table.dropFirst().map { $0[0] }) == Set(controls))
      for row in table.dropFirst() {
        let own = try #require(
          record.comparisons.first { $0.method == "hot" && $0.other_method == row[0] })
        #expect(
          Array(row.dropFirst())
            == [own.difference, own.lower, own.upper].map(self.text)
            + [NumberText.short(own.p_value, digits: 2)])
      }
    }
  }

  @Test("Nulls and intervals of the whole are shown, of stages and pairs not")
  func nulls() async throws {
    try await inspect {
      ($0.permutationCount, $0.bootstrapCount) = (9, 20)
    } check: { text, record in
      let evidence = record.evidence
      let nulls = table("Against nulls", in: text).dropFirst()
      let whole = evidence.nulls.filter { $0.source_stage == nil }
      #expect(nulls.map { $0[1] } == whole.map(\.statistic) && whole.count < evidence.nulls.count)
      #expect(nulls.map { $0[4] } == whole.map { NumberText.short($0.p_value, digits: 2) })
      #expect(
        Set(nulls.map { $0[0] }) == ["stimulus-permutation", "layer-permutation", "random-maps"])
      let families = table("Single regions, and the best pair", in: text).dropFirst()
      // For either null of 2 stages the score; of stimuli also the best pair by cost and by share.
      #expect(families.count == 8)
      let costs = evidence.nulls.filter { $0.statistic == "cost" && $0.source_stage == "V2" }
      let least = try #require(costs.compactMap(\.p_corrected).min())
      let row = try #require(families.first { $0[1...2] == ["cost", "V2"] })
      #expect(row.last == NumberText.short(least, digits: 2))
      let intervals = table("Intervals, 95 %", in: text).dropFirst()
      #expect(Set(intervals.map { $0[1] }).isSuperset(of: ["score", "spearman", "kendall"]))
      #expect(intervals.filter { $0[1] == "score" }.map { $0[0] } == ["fixed-fits"])
      let score = try #require(
        evidence.intervals.first { $0.statistic == "score" && $0.source_stage == nil })
      let ends =
        score.bca_low == nil ? [score.low, score.high] : [score.bca_low, score.bca_high]
      #expect(Array(try #require(intervals.first)[3...4]) == ends.map(self.text))
    }
  }

  @Test("Normalised scores have a table where there are any, which says what they leave out")
  func normalized() async throws {
    try await inspect {
      $0.ceilingFloor = 0.1
    } check: { text, record in
      #expect(text.contains("2 of 7 source units have none of 0.1 or more"))
      let table = table("divided by noise ceilings", in: text)
      #expect(table.first == ["method", "mean", "SD", "V1", "V2"])
      #expect(table.count == record.scores.count + 1 && table[1][0] == "hot")
      #expect(table[1][1] == self.text(record.scores["hot"]?.normalized?.mean))
    }
  }

  @Test("A record whose normalised scores are of other stages is refused")
  func malformed() async throws {
    try await withResponses { folder in
      let settings = try folder.smallSettings()
      try await folder.align(settings)
      let path = folder.path("out/alignment.json")
      var object = try #require(
        try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
          as? [String: Any])
      var scores = try #require(object["scores"] as? [String: [String: Any]])
      scores["hot"]?["normalized"] = ["mean": 1, "sd": 0, "stages": [1]] as [String: Any]
      object["scores"] = scores
      try JSONSerialization.data(withJSONObject: object).write(to: URL(filePath: path))
      expectFailure("alignment.json", "2 with 3 stages") {
        _ = try Inspection(path: path)
      }
    }
  }

  @Test("What was not asked for has no table")
  func without() async throws {
    try await inspect {
      ($0.scoreDrawCount, $0.layerPermutationCount, $0.controls) = (0, 0, [])
    } check: { text, _ in
      for heading in ["divided by", "against its controls", "Against nulls", "Intervals"] {
        #expect(!text.contains(heading))
      }
      #expect(text.contains("Scores on held-out stimuli"))
    }
  }
}
