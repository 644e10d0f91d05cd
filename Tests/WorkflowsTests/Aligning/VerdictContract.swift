import ChiasmResponses
import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("What a score is worth, in words")
struct VerdictContract {
  private func verdict(
    _ folder: ResponseFolder, _ settings: AlignmentSettings
  ) async throws -> [String] {
    AlignmentSentences(
      try await AlignmentRun(settings).run(command: "chiasm align", threads: 1).result
    ).verdict
  }

  @Test("Responses that are aligned with themselves are told, by path and by their score")
  func identity() async throws {
    try await withResponses { folder in
      let stages = [("V1", 6), ("V2", 5), ("V3", 4)]
      let source = try folder.set("brain", stages, seed: 1)
      let copy = try folder.set("copy", stages, seed: 1)
      let whole = "Source and target are the same responses: a score of 1 is what that gives"
      var settings = AlignmentSettings(source: source, target: source)
      settings.splitCount = 2
      #expect(try await verdict(folder, settings).first == whole + ".")
      settings.maximumUnits = 3
      #expect(
        try await verdict(folder, settings).first
          == whole + ", and less where each side draws other units.")
      settings.maximumUnits = nil
      settings.target = copy
      #expect(try await verdict(folder, settings).first == whole + ".")
      settings.targetStages = ["V2", "V3"]
      settings.sourceStages = ["V1", "V2"]
      #expect(
        try await verdict(folder, settings).first
          == "V2 of the source and a stage of the target are the same responses: a score of 1 is "
          + "what that gives.")
      settings.target = source
      settings.targetStages = ["V3"]
      #expect(try await verdict(folder, settings).allSatisfy { !$0.contains("same responses") })
    }
  }

  @Test("A score that is not told apart from 0 is told, by what was run")
  func nothing() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.splitCount = 2
      func reason() async throws -> String? {
        try await verdict(folder, settings).first { $0.hasPrefix("Nothing is shown to fit: ") }
      }
      let interval = try #require(try await reason())
      #expect(interval.contains("is not told apart from 0 (95 % interval -"))
      settings.scoreDrawCount = 0
      #expect(try await reason()?.contains("(SD over splits 0.") == true)
      settings.permutationCount = 4
      #expect(try await reason()?.contains(" against 4 draws of permuted stimuli).") == true)
    }
  }

  @Test("A score that is above 0 has no such sentence")
  func something() async throws {
    try await withResponses { folder in
      let source = try folder.set("brain", [("V1", 6), ("V2", 5)], seed: 1)
      var settings = AlignmentSettings(source: source, target: source)
      settings.permutationCount = 19
      #expect(try await verdict(folder, settings).allSatisfy { !$0.hasPrefix("Nothing") })
    }
  }

  @Test("Units that are left out have their side where both sides have a stage of that name")
  func leftOut() {
    func units(_ stage: String) -> LeftOutUnits {
      LeftOutUnits(stage: stage, unitCount: 9, counts: [1])
    }
    #expect(
      LeftOutUnits.sentence(
        source: [units("V1"), units("V2")], target: [units("V1"), units("a")], stimuli: "stimuli")
        == "Units that do not vary over the stimuli are left out: 1 of 9 in V1 of the source, 1 of 9 "
        + "in V2, 1 of 9 in V1 of the target, 1 of 9 in a.")
  }
}
