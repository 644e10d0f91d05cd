import ChiasmAlignment
import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Few stimuli, the contract")
struct FewStimuli {
  private func sets(_ folder: ResponseFolder, _ count: Int) throws -> (String, String) {
    let stimuli = Array(ResponseFolder.stimuli.prefix(count))
    return (
      try folder.set("brain", [("V1", 4), ("V2", 3)], stimuli: stimuli, seed: 1),
      try folder.set("model", [("a", 5), ("b", 6)], seed: 2)
    )
  }

  @Test("Four stimuli are compared with a warning, three are not")
  func compared() async throws {
    try await withResponses { folder in
      for count in [4, 6, 9, 10] {
        let (source, target) = try sets(folder, count)
        var settings = ComparisonSettings(source: source, target: target)
        settings.permutationCount = 20
        settings.bootstrapCount = 20
        let result = try await folder.compare(settings, to: "c\(count)")
        #expect(
          result.measures.values.allSatisfy { !$0.values.joined().contains(nil) } || count == 4)
        #expect(result.provenance.notes.contains { $0.contains("Only \(count)") } == (count < 10))
      }
      let (source, target) = try sets(folder, 3)
      let error = expectFailure("At least 4 common stimuli", "share 3") {
        _ = try ComparisonRun(ComparisonSettings(source: source, target: target))
      }
      #expect(error?.category == .badData)
    }
  }

  @Test("Six conditions have the RSA of the formula")
  func sixConditions() async throws {
    try await withResponses { folder in
      let (source, target) = try sets(folder, 6)
      var settings = ComparisonSettings(source: source, target: target)
      settings.measures = ["rsa", "ridge"]
      expectFailure("ridge", "at least 15", "has 6", "leave it out") {
        _ = try ComparisonRun(settings)
      }
      settings.measures = ["rsa"]
      let value = try await folder.measured(settings)[0].values[0, 0]
      #expect(abs(value) <= 1 && value.isFinite)
    }
  }

  @Test("Six stimuli are aligned with a warning and all controls, five are not")
  func aligned() async throws {
    try await withResponses { folder in
      for count in [6, 7, 9] {
        let (source, target) = try sets(folder, count)
        var settings = AlignmentSettings(source: source, target: target)
        settings.controls = ControlName.allCases
        settings.permutationCount = 5
        settings.bootstrapCount = 20
        let result = try await folder.align(settings, to: "a\(count)")
        #expect(result.splits.allSatisfy { $0.fit.split.heldOut.count == 3 })
        #expect(result.splits.allSatisfy { $0.fit.split.training.count == count - 3 })
        #expect(result.scores(of: "hot").allSatisfy { $0.score.isFinite })
        let note = try #require(
          result.result.provenance.notes.first { $0.contains("Only \(count)") })
        #expect(note.contains("over 3 held-out stimuli"))
        #expect(note.contains("over \(count - 3) training stimuli"))
        _ = try folder.report("a\(count)").page
      }
      let (source, target) = try sets(folder, 5)
      let error = expectFailure("At least 6 common stimuli", "share 5") {
        _ = try AlignmentRun(AlignmentSettings(source: source, target: target))
      }
      #expect(error?.category == .badData)
      let (ten, model) = try sets(folder, 10)
      let run = try AlignmentRun(AlignmentSettings(source: ten, target: model))
      #expect(!run.notes.contains { $0.hasPrefix("Only 10 common stimuli:") })
    }
  }
}
