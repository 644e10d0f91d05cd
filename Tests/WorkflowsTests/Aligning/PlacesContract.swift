import ChiasmAlignment
import Foundation
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Where source stages lie, and how HOT does beside its controls")
struct PlacesContract {
  @Test("A place has the layer of the best score alone, and HOT against it by the other splits")
  func places() async throws {
    try await withResponses { folder in
      let result = try await folder.align(folder.smallSettings())
      let record = try folder.record()
      #expect(result.splits.count > 2)
      for (stage, place) in record.places.enumerated() {
        let alone = result.splits.map { Array($0.stageScores.row(stage)) }
        func best(_ splits: [[Double]]) -> Int {
          let means = splits[0].indices.map { layer in
            splits.reduce(0) { $0 + $1[layer] } / Double(splits.count)
          }
          return means.indices.max { means[$0] < means[$1] } ?? 0
        }
        #expect(place.best_score_layer == record.target.stages[best(alone)])
        #expect(place.source_stage == record.source.stages[stage])
        #expect(place.score == record.scores["hot"]?.stages[stage])
        let chosen = alone.indices.map { split in
          alone[split][best(alone.indices.filter { $0 != split }.map { alone[$0] })]
        }
        let hot = result.splits.map { $0.scores[0].stageScores[stage] }
        let test = PairedComparison(hot, chosen).correctedTest(
          testToTrainingRatio: result.result.test_to_training_ratio ?? .nan)
        #expect(abs((place.lower ?? .nan) - test.interval.lower) <= 1e-12)
        #expect(abs((place.upper ?? .nan) - test.interval.upper) <= 1e-12)
        let expected: Verdict =
          test.interval.lower > 0 ? .better : test.interval.upper < 0 ? .worse : .undecided
        #expect(place.verdict == expected)
      }
    }
  }

  @Test("Ties are counted in each split and over splits")
  func ties() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      // One source stage takes all three target stages alike.
      settings.sourceStages = ["V1"]
      let result = try await folder.align(settings, to: "one")
      let record = try folder.record("one")
      #expect(record.coupling.tied_layers == [3] && record.coupling.best_layer == [nil])
      #expect(record.splits.values.allSatisfy { $0.tied_layers == [3] })
      #expect(record.places[0].best_layer == nil && record.places[0].tied_layers == 3)
      #expect(result.fitted.bestTargets == [nil])
      // The cheapest of those that tie is what Single-Best predicts from.
      #expect(record.scores["single-best"]?.mean == record.scores["pairwise-best"]?.mean)
    }
  }

  @Test("What is as good as HOT is said with its interval, and what to run next")
  func rivals() async throws {
    let text = try await verdict { name in
      switch name {
      case "pairwise-best": (-0.05, -0.07, -0.03)
      case "uniform-p": (-0.01, -0.05, 0.03)
      default: (0.1, 0.05, 0.15)
      }
    }
    #expect(text.count == 3)
    #expect(text[0].hasPrefix("The target layers of least training cost score better than HOT, "))
    #expect(text[0].contains("(Pairwise-Best; difference 0.050, 95 % 0.030 to 0.070): V1 "))
    #expect(text[1].hasPrefix("All target layers alike score at least as well as HOT, "))
    #expect(
      text[1].hasSuffix(
        "(Uniform-P; difference 0.010, 95 % -0.030 to 0.050), not to be told apart by these splits."
      ))
    #expect(text[2].contains("--outer auto"))
  }

  @Test("That HOT beats every control is said, and which it is not to be told apart from")
  func winner() async throws {
    let better = try await verdict { _ in (0.1, 0.05, 0.15) }
    #expect(
      better == [
        "HOT scores better than each of its controls: Perm-P, Single-Best, Pairwise-Best, Uniform-P and "
          + "Entropy-P."
      ])
    let worse = try await verdict { $0 == "perm-p" ? (-0.1, -0.2, -0.05) : (0.1, 0.05, 0.15) }
    #expect(worse == ["HOT scores worse than Perm-P."])
    let same = try await verdict { $0 == "pairwise-best" ? (1e-15, 0, 1e-15) : (0.1, 0.05, 0.15) }
    #expect(same[0].hasPrefix("The target layers of least training cost score the same as HOT, "))
    #expect(same[0].contains(" (Pairwise-Best): V1 "))
    let near = try await verdict { $0 == "uniform-p" ? (0.1, -0.05, 0.25) : (0.1, 0.05, 0.15) }
    #expect(near == ["HOT is not to be told apart from Uniform-P by these splits."])
  }

  /// What is said of a small alignment with made differences between HOT and its controls.
  private func verdict(
    _ ends: @escaping (String) -> (difference: Double, lower: Double, upper: Double)
  ) async throws -> [String] {
    var text: [String] = []
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let data = try Data(contentsOf: URL(filePath: folder.path("out/alignment.json")))
      var json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let comparisons = try #require(json["comparisons"] as? [[String: Any]])
      json["comparisons"] = comparisons.map { comparison in
        let (difference, lower, upper) = ends(comparison["other_method"] as? String ?? "")
        return comparison.merging(["difference": difference, "lower": lower, "upper": upper]) { $1 }
      }
      text =
        AlignmentSentences(
          try JSONDecoder().decode(
            AlignmentResult.self, from: JSONSerialization.data(withJSONObject: json))
        ).besideControls
    }
    return text
  }
}
