import ChiasmResponses
import Foundation
import Testing

@testable import ChiasmResults

@Suite("Aligning both ways")
struct BothDirections {
  private static let command = Study.align + ["out", "--both-directions"]

  private func record(_ name: String, in study: Study) throws -> AlignmentResult {
    try AlignmentResult.read(study.path("\(name)/alignment.json"))
  }

  private func score(_ result: AlignmentResult) throws -> String {
    let mean = try #require(result.scores["hot"]?.mean)
    return String(format: "%.4f", mean)
  }

  @Test("The other way is a whole alignment in reverse/, over the same splits and units")
  func reverse() throws {
    try withStudy { study in
      let outcome = try study.program.run(
        Self.command + [
          "--regions", "V2,V1", "--layers", "c,a", "--max-units", "6", "--plans", "--seed", "3",
        ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let (one, other) = (try record("out", in: study), try record("out/reverse", in: study))
      #expect(one.source.path == "../brain" && other.target.path == "../../brain")
      #expect(one.source.units == other.target.units && one.target.role == other.source.role)
      #expect(other.source.stages == ["c", "a"] && other.target.stages == ["V2", "V1"])
      #expect(other.settings.sourceStages == ["c", "a"])
      // Equal costs: the same splits and the same units, transposed.
      for split in one.split_order {
        let (costs, reversed) = (one.splits[split]?.C ?? [], other.splits[split]?.C ?? [])
        for row in 0..<2 {
          for column in 0..<2 {
            let (cost, turned) = (costs[row][column] ?? .nan, reversed[column][row] ?? .nan)
            #expect(abs(cost - turned) < 1e-9)
          }
        }
      }
      let names = try study.names("out/reverse")
      #expect(try study.names("out").filter { $0 != "reverse" } == names)
      let splits = try ["out", "out/reverse"].map {
        try String(contentsOfFile: study.path("\($0)/splits.tsv"), encoding: .utf8)
      }
      #expect(splits[0] == splits[1])
      for text in [outcome.output, try study.program.run("inspect", "out").output] {
        #expect(text.contains("layers from layers") || text.contains("target layers from source"))
        let told = text[
          (text.firstRange(of: "The score goes one way")?.lowerBound ?? text.endIndex)...]
        let first = try told.firstRange(of: "\(score(one)) (SD")
        let second = try told.firstRange(of: "\(score(other)) (SD")
        let (own, reverse) = (try #require(first), try #require(second))
        #expect(own.lowerBound < reverse.lowerBound)
      }
      for command in [
        ["inspect", "out/reverse"], ["report", "out/reverse", "--quiet"],
        ["figure", "coupling", "out/reverse", "-o", "coupling.svg"],
        ["report", "out", "--output", "both", "--quiet"],
      ] {
        let outcome = try study.program.run(command)
        #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      }
      #expect(study.exists("out-reverse-report/report.html"))
      let page = try String(contentsOfFile: study.path("both/report.html"), encoding: .utf8)
      #expect(try page.contains(score(other)))
      // Both are replaced together.
      let again = try study.program.run(Study.align + ["out", "--force", "--quiet"])
      #expect(again.status == 0 && !study.exists("out/reverse"), "\(again.errors)")
    }
  }

  @Test("Ceilings of the source alone normalise one way, and weights by reliability need both")
  func ceilings() throws {
    try withStudy { study in
      for (name, count) in [("V1", 9), ("V2", 10)] {
        try study.text(
          "brain/\(name)_units.tsv", ["noise_ceiling"] + Array(repeating: "0.5", count: count))
      }
      let outcome = try study.program.run(Self.command + ["--ceiling"])
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("No normalised scores, because not all stages"))
      #expect(try record("out", in: study).ceiling != nil)
      #expect(try record("out/reverse", in: study).ceiling == nil)
      #expect(try record("out/reverse", in: study).target.role.singular == "region")
      let refused = try study.program.run(
        Self.command + ["--force", "--stage-weights", "reliability"])
      #expect(refused.status == 64 && refused.errors.contains("The other way"))
      #expect(study.exists("out/reverse/alignment.json"))
    }
  }

  @Test("A run that is stopped leaves neither, and goes on with both")
  func journal() throws {
    try withStudy { study in
      let command = Self.command + ["--permutations", "40", "--quiet", "--threads", "1"]
      let whole = try study.program.run(command)
      #expect(whole.status == 0, "\(whole.errors)")
      let names = try study.names()
      let nulls = try ["out", "out/reverse"].map {
        try Data(contentsOf: study.folder.appending(path: "\($0)/nulls.csv"))
      }
      try FileManager.default.removeItem(atPath: study.path("out"))
      let running = try study.program.start(command)
      running.wait { study.exists("out.journal.reverse") }
      kill(running.process.processIdentifier, SIGINT)
      #expect(try running.outcome().status == 130)
      #expect(!study.exists("out") && study.exists("out.journal"))
      #expect(try study.program.run(command).status == 0)
      #expect(try study.names() == names)
      let again = try ["out", "out/reverse"].map {
        try Data(contentsOf: study.folder.appending(path: "\($0)/nulls.csv"))
      }
      #expect(again == nulls)
    }
  }

  @Test("What stages are called can be said where files do not tell it", arguments: [true, false])
  func roles(_ isAlignment: Bool) throws {
    try withStudy { study in
      let outcome = try study.program.run(
        (isAlignment ? Study.align : Study.compare)
          + ["out", "--source-role", "region", "--target-role", "region"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("source region"))
      #expect(!(outcome.output + outcome.errors).contains("layer"))
      guard isAlignment else { return }
      #expect(try record("out", in: study).settings.targetRole == .region)
      #expect(try study.program.run("report", "out", "--output", "page", "--quiet").status == 0)
      let text = try visibleText(of: "page/report.html", in: study)
      #expect(text.contains("source region") && text.contains("voxel"))
      #expect(!text.lowercased().contains("layer"))
    }
  }

  @Test("Two models are told without a region or a voxel")
  func models() throws {
    try withStudy { study in
      #expect(try study.program.run(Study.align + ["out", "--quiet"]).status == 0)
      #expect(try study.program.run("report", "out", "--output", "page", "--quiet").status == 0)
      let text = try visibleText(of: "page/report.html", in: study).lowercased()
      for word in ["region", "voxel"] {
        let around = text.range(of: word).map { text[$0.lowerBound...].prefix(60) }
        #expect(around == nil, "\(word)")
      }
    }
  }

  /// What a reader sees of a page: no tags, styles, scripts or citations.
  private func visibleText(of page: String, in study: Study) throws -> String {
    var text = try String(contentsOfFile: study.path(page), encoding: .utf8)
    for pattern in [
      "(?s)<style.*?</style>", "(?s)<script.*?</script>", "<[^>]*>",
      "Representational Alignment Across Model Layers and Brain Regions",
    ] {
      text = text.replacingOccurrences(of: pattern, with: "", options: .regularExpression)
    }
    return text
  }
}
