import ChiasmFiles
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("What a comparison refuses")
struct ComparisonRefusals {
  @Test("Settings out of range are refused before anything is read")
  func settings() {
    func refuses(_ words: String, _ change: (inout ComparisonSettings) -> Void) {
      var settings = ComparisonSettings(source: "absent", target: "absent")
      change(&settings)
      let error = expectFailure(words) { _ = try ComparisonRun(settings) }
      #expect(error?.category == .usage)
    }
    refuses("permutations is -1") { $0.permutationCount = -1 }
    refuses("bootstrap samples is 100001") { $0.bootstrapCount = 100_001 }
    refuses("number of units is 0") { $0.maximumUnits = 0 }
    refuses("measures is 0") { $0.measures = [] }
    refuses("called 'hot'") { $0.measures = ["hot"] }
  }

  @Test("Too few stimuli for the folds of ridge are refused, and enough for others are not")
  func folds() async throws {
    try await withResponses { folder in
      let stimuli = Array(ResponseFolder.stimuli.prefix(12))
      var settings = ComparisonSettings(
        source: try folder.set("brain", [("V1", 3)], stimuli: stimuli, seed: 1),
        target: try folder.set("model", [("a", 4)], seed: 2))
      settings.measures = ["cka", "ridge"]
      let error = expectFailure("ridge", "at least 15", "has 12") {
        _ = try ComparisonRun(settings)
      }
      #expect(error?.category == .badData)
      settings.measures = ["cka"]
      #expect(try ComparisonRun(settings).notes.contains { $0.contains("share 12") })
    }
  }

  @Test("A stage in which nothing varies is named")
  func constantStage() async throws {
    try await withResponses { folder in
      let settings = try folder.comparison(["cka"])
      try NumpyArray(shape: [20, 2], elements: .float32([Float](repeating: 1, count: 40)))
        .write(to: settings.target + "/c.npy", replacing: true)
      let run = try ComparisonRun(settings)
      let error = await #expect(throws: WorkflowError.self) {
        try await run.run(command: "chiasm compare", threads: 2)
      }
      let sentence = error?.description ?? ""
      #expect(sentence.hasPrefix("c: The measure cka finds no unit") && error?.category == .badData)
    }
  }
}
