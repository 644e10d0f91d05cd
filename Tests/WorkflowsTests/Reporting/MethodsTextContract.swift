import ChiasmAlignment
import Foundation
import TestSupport
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Methods paragraph")
struct MethodsTextContract {
  private func text(
    _ folder: ResponseFolder, _ change: (inout AlignmentSettings) -> Void
  ) async throws -> MethodsText {
    var settings = try folder.smallSettings()
    change(&settings)
    try await folder.align(settings)
    return MethodsText(try AlignmentReading(ReportSettings(alignment: folder.path("out"))))
  }

  @Test("The settings stand in it as they were")
  func settings() async throws {
    try await withResponses { folder in
      let text = try await text(folder) {
        $0.splitCount = 4
        $0.trainingFraction = 0.75
        $0.seed = 17
        $0.maximumUnits = 3
        $0.permutationCount = 5
        $0.bootstrapCount = 20
      }.paragraph
      for words in [
        "4 random splits", "75 % of the stimuli (seed 17)", "At most 3 units",
        "solved exactly", "5 random orders of the target's stimuli", "from 20 samples",
        "over 20 stimuli", "(Phipson and Smyth, 2010)", "Perm-P (", "100 draws",
      ] {
        #expect(text.contains(words), "'\(words)' is not in \(text)")
      }
      #expect(!text.contains("nan") && !text.contains("Optional") && !text.contains("  "))
    }
  }

  @Test("What was not done is not said")
  func absent() async throws {
    try await withResponses { folder in
      let text = try await text(folder) {
        $0.splitCount = 1
        $0.layerPermutationCount = 0
        $0.scoreDrawCount = 0
        $0.controls = []
      }.paragraph
      for words in ["p-values", "intervals", "t test", "was compared with", "At most"] {
        #expect(!text.contains(words), "'\(words)' is in \(text)")
      }
    }
  }

  @Test("Sinkhorn and penalties are told with their references")
  func outer() async throws {
    try await withResponses { folder in
      let text = try await text(folder) {
        $0.solver = .sinkhorn
        $0.outer.kind = .unbalanced
        $0.outer.penalty = 0.01
      }
      #expect(text.paragraph.contains("penalty of 0.01") && text.paragraph.contains("Cuturi, 2013"))
      #expect(text.references.contains { $0.contains("L. Chizat") })
      #expect(text.references.last?.hasPrefix("Chiasm") == true)
    }
  }

  @Test("What is left unmatched is told with its reference")
  func partial() async throws {
    try await withResponses { folder in
      let fixed = try await text(folder) { $0.innerMass = .fixed(0.7) }
      #expect(fixed.paragraph.contains("Only 0.7 of the mass of each pair was matched"))
      #expect(fixed.references.contains { $0.contains("Partial Soft-Matching Distance") })
    }
    try await withResponses { folder in
      let chosen = try await text(folder) { $0.innerMass = .automatic }
      #expect(chosen.paragraph.contains("at the corner of the curve of its training costs"))
    }
    try await withResponses { folder in
      let whole = try await text(folder) { _ in }
      #expect(!whole.paragraph.contains("unmatched") && !whole.paragraph.contains("partial"))
    }
  }

  @Test("Every citation stands in References.md", arguments: Citation.allCases)
  func references(_ citation: Citation) throws {
    let file = SharedData.packageRoot.appending(path: "References.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let entry = try #require(
      text.components(separatedBy: "- **").first { $0.hasPrefix("\(citation.rawValue)**: ") })
    func plain(_ text: String) -> String {
      text.replacing(/\[(.*?)\]\(.*?\)/) { $0.1 }
        .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(plain(entry).contains(citation.full))
    for name in citation.short.matches(of: /[A-Z][a-z]+/) where name.0 != "Allen" {
      #expect(entry.contains(name.0))
    }
  }
}
