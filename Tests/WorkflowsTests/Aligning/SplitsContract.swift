import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Splits of an alignment")
struct SplitsContract {
  /// A split file: a row a stimulus, with the words that `roles` gives.
  private func file(
    _ folder: ResponseFolder, stimuli: [String] = ResponseFolder.stimuli,
    head: String = "stimulus_id one two", _ roles: (Int) -> String
  ) throws -> AlignmentSettings {
    var settings = try folder.smallSettings()
    settings.splitsFile = try folder.table(
      "splits.tsv", [head] + stimuli.enumerated().map { "\($1) \(roles($0))" })
    return settings
  }

  @Test("A file names splits and says who is in them; n/a leaves a stimulus out")
  func fromFile() async throws {
    try await withResponses { folder in
      let settings = try file(folder, stimuli: ResponseFolder.stimuli.reversed()) {
        $0 < 5 ? "test train" : $0 < 9 ? "n/a test" : "train train"
      }
      let result = try await folder.align(settings)
      let splits = result.splits.map(\.fit.split)
      #expect(splits.map(\.name) == ["one", "two"])
      #expect(splits[0].heldOut == [15, 16, 17, 18, 19])
      #expect(splits[0].training == Array(0...10))
      #expect(splits[1].heldOut == [11, 12, 13, 14])
      #expect(splits[1].training.count == 16)
      let record = try folder.record()
      #expect(record.split_order == ["one", "two"])
      #expect(record.settings.splitsFile == settings.splitsFile)
      #expect(record.settings.trainingFraction == nil)
      #expect(record.provenance.inputs.contains { $0.path == settings.splitsFile })
    }
  }

  @Test("Stimuli that one set alone has may stand in the file")
  func oneSided() async throws {
    try await withResponses { folder in
      var settings = try file(folder) { $0 < 5 ? "test train" : "train test" }
      settings.target = try folder.set(
        "fewer", [("a", 2)], stimuli: Array(ResponseFolder.stimuli.dropLast(4)))
      #expect(try AlignmentRun(settings).notes.contains { $0.contains("share 16") })
    }
  }

  @Test("Unknown, missing and double stimuli and other words are refused")
  func refusals() async throws {
    try await withResponses { folder in
      let names = ResponseFolder.stimuli
      func roles(_ row: Int) -> String { row < 5 ? "test train" : "train test" }
      let file = { try self.file(folder, stimuli: $0, roles) }
      expectFailure("splits.tsv", "2 stimuli", "ghost") {
        _ = try AlignmentRun(file(names + ["ghost", "spook"]))
      }
      expectFailure("splits.tsv", "3 stimuli", "s17", "s18", "s19") {
        _ = try AlignmentRun(file(names.dropLast(3)))
      }
      expectFailure("splits.tsv", "line 22", "s03", "line 5") {
        _ = try AlignmentRun(file(names + ["s03"]))
      }
      expectFailure("splits.tsv", "line 9", "two", "'tets'") {
        _ = try AlignmentRun(
          self.file(folder) { $0 == 7 ? "train tets" : roles($0) })
      }
      expectFailure("splits.tsv", "no column") {
        _ = try AlignmentRun(self.file(folder, head: "stimulus_id") { _ in "" }.trimmed())
      }
    }
  }

  @Test("A split called mean is refused, for tables call their means so")
  func mean() async throws {
    try await withResponses { folder in
      let settings = try file(folder, head: "stimulus_id one mean") {
        $0 < 5 ? "test train" : "train test"
      }
      expectFailure("splits.tsv", "mean") { _ = try AlignmentRun(settings) }
    }
  }

  @Test("A split that is too small is refused before any work")
  func tooSmall() async throws {
    try await withResponses { folder in
      let settings = try file(folder) {
        $0 < 5 ? "test train" : $0 < 7 ? "train test" : "train n/a"
      }
      expectFailure("two", "5 training", "2 held-out") { _ = try AlignmentRun(settings) }
      var random = try folder.smallSettings()
      random.trainingFraction = 0.01
      expectFailure("split_1", "0 training", "20 held-out") { _ = try AlignmentRun(random) }
    }
  }

  @Test("Random splits hold out three stimuli even of ten, and splits.tsv gives them back")
  func writtenSplits() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.target = try folder.set(
        "ten", [("a", 4), ("b", 5)], stimuli: Array(ResponseFolder.stimuli.prefix(10)))
      let first = try await folder.align(settings, to: "first")
      #expect(first.splits.allSatisfy { $0.fit.split.heldOut.count == 3 })
      settings.splitsFile = folder.path("first/splits.tsv")
      let again = try await folder.align(settings, to: "again")
      #expect(again.splits.map(\.fit.split) == first.splits.map(\.fit.split))
      for name in ["coupling.csv", "scores.csv", "splits.tsv"] {
        let texts = try ["first/", "again/"].map { try TextFile.read(folder.path($0 + name)) }
        #expect(texts[0] == texts[1])
      }
    }
  }

  @Test("A layer's score is that of the prediction from it alone")
  func stageScores() async throws {
    try await withResponses { folder in
      let result = try await folder.align(folder.smallSettings())
      let single = try #require(
        result.splits[0].scores.first { $0.method == "pairwise-best" }?.stageScores)
      let best = result.splits[0].fit.cheapestTargets
      for (stage, score) in single.enumerated() {
        #expect(abs(result.splits[0].stageScores[stage, best[stage]] - score) < 1e-14)
      }
    }
  }

  @Test("Random splits come from the seed")
  func seeds() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      let first = try await folder.align(settings, to: "first").splits.map(\.fit.split)
      settings.splitCount = 1
      let again = try await folder.align(settings, to: "again").splits.map(\.fit.split)
      #expect(again == [first[0]])
      settings.seed = 1
      #expect(try await folder.align(settings, to: "other").splits[0].fit.split != first[0])
    }
  }

  @Test("Fewer than six common stimuli are refused with examples")
  func fewCommon() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.target = try folder.set(
        "other", [("a", 2)],
        stimuli: Array(ResponseFolder.stimuli.prefix(5)) + (0..<15).map { "S\($0)" })
      expectFailure(settings.source, settings.target, "At least 6", "share 5", "s05", "S0") {
        _ = try AlignmentRun(settings)
      }
    }
  }

  @Test("Settings without sense are refused", arguments: ["splits", "fraction", "units"])
  func settings(_ which: String) async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      switch which {
      case "splits": settings.splitCount = 0
      case "fraction": settings.trainingFraction = 1
      default: settings.maximumUnits = 0
      }
      let error = expectFailure("must be") { _ = try AlignmentRun(settings) }
      #expect(error?.category == .usage)
    }
  }
}

extension AlignmentSettings {
  /// The settings, after the tabs at the ends of the split file's rows are gone.
  fileprivate func trimmed() throws -> AlignmentSettings {
    guard let splitsFile else { return self }
    let text = try String(contentsOfFile: splitsFile, encoding: .utf8)
    try Data(text.replacing("\t\n", with: "\n").utf8).write(to: URL(filePath: splitsFile))
    return self
  }
}
