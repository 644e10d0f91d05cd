import ChiasmAlignment
import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmReporting
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Stimuli that belong together, in a comparison")
struct GroupedComparisons {
  private func settings(
    _ folder: ResponseFolder, _ measures: [String] = ["rsa"], permutations: Int = 0,
    samples: Int = 0, _ change: (inout DependenceSettings) -> Void
  ) throws -> ComparisonSettings {
    var settings = try folder.comparison(measures)
    try folder.columns("brain", ["category": { "c\($0 % 5)" }, "half": { $0 < 7 ? "a" : "b" }])
    var dependence = DependenceSettings()
    change(&dependence)
    settings.dependence = dependence
    (settings.permutationCount, settings.bootstrapCount) = (permutations, samples)
    return settings
  }

  @Test("Draws are those of whole groups, for every measure")
  func draws() async throws {
    try await withResponses { folder in
      let settings = try settings(
        folder, ["rsa", "procrustes", "ridge"], permutations: 3, samples: 3
      ) { $0.groups = "category" }
      let groups = Grouping((0..<20).map { $0 % 5 })
      let sampling = StimulusSampling(
        count: 20, seed: 0, groups: groups, exchange: .whole(groups))
      let (one, other) = (try folder.responses("brain/V1"), try folder.responses("model/a"))
      let measured = try await folder.measured(settings)
      let own: [any Measure] = [
        RepresentationalSimilarity(), Procrustes(), try RidgePredictivity(seed: 0, groups: groups),
      ]
      for (measure, result) in zip(own, measured) {
        for draw in 0..<3 {
          let order = sampling.permutation(draw)
          let permuted = try measure.values(
            [one], [other], rows: Array(0..<20), targetRows: order)[0, 0]
          #expect(abs(result.permuted[draw][0, 0] - permuted) < 1e-10, "\(measure.name)")
          let sample = sampling.bootstrapSample(draw)
          let value = try? measure.values([one], [other], rows: sample)[0, 0]
          let drawn = result.resampled[draw][0, 0]
          #expect(value.map { abs($0 - drawn) < 1e-10 } ?? drawn.isNaN, "\(measure.name)")
        }
      }
    }
  }

  @Test("The result, its page and its notes say which groups and how many orders there are")
  func words() async throws {
    try await withResponses { folder in
      let settings = try settings(folder, permutations: 200, samples: 20) {
        $0.groups = "category"
      }
      let run = try ComparisonRun(settings)
      #expect(run.notes.contains { $0.contains("119 other orders") })
      let result = try await folder.compare(settings)
      #expect(result.settings.dependence == settings.dependence)
      #expect(result.dependence?.groups == 5 && result.dependence?.orders == 120)
      #expect(result.settings.permutations == 200)
      let page = try ResultReport(ReportSettings(alignment: folder.path("compared"))).page
      let methods = page.text(of: "methods")
      #expect(
        methods.contains("119 random orders of the target's stimuli by whole groups (category)"))
      #expect(methods.contains("20 bootstrap samples of stimuli in whole groups (category)."))
      #expect(page.text(of: "summary").contains("take whole groups (category)"))
      #expect(
        try Inspection(path: folder.path("compared")).report.text().contains("whole:category"))
    }
  }

  @Test("Threads change nothing, and a journal of other groups is refused")
  func threads() async throws {
    try await withResponses { folder in
      var settings = try settings(folder, ["cka", "ridge"], permutations: 4, samples: 4) {
        ($0.groups, $0.exchange) = ("category", .shift)
      }
      let journal = folder.path("c.journal")
      try await folder.compare(settings, to: "one", threads: 1, journal: journal)
      try await folder.compare(settings, to: "three", threads: 3)
      for name in ["measures.csv", "preferred.csv", "comparison.json"] {
        let texts = try ["one/", "three/"].map { try TextFile.read(folder.path($0 + name)) }
        #expect(texts[0] == texts[1], "\(name)")
      }
      settings.dependence?.exchange = .within("half")
      await #expect(throws: WorkflowError.self) {
        try await folder.compare(settings, to: "other", journal: journal)
      }
    }
  }

  @Test("Groups of unequal size, and too few of them for ridge, are refused")
  func refusals() async throws {
    try await withResponses { folder in
      expectFailure("'half'", "7 to 13", "within:half") {
        _ = try ComparisonRun(settings(folder, permutations: 2) { $0.groups = "half" })
      }
      let few = try settings(folder, ["ridge"]) { $0.groups = "half" }
      await #expect(throws: WorkflowError.self) { try await folder.compare(few) }
    }
  }
}
