import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Comparisons of methods")
struct ComparisonsContract {
  @Test("Every two methods are compared by the corrected resampled t test on the same splits")
  func table() async throws {
    try await withResponses { folder in
      let result = try await folder.align(folder.smallSettings())
      let rows = try folder.rows("out/comparisons.csv")
      let count = result.result.method_order.count
      #expect(rows.count == count * (count - 1) / 2 * 3)
      #expect(Set(rows.compactMap { $0["source_stage"] }) == ["V1", "V2", "mean"])
      let row = try #require(
        rows.first {
          $0["method"] == "hot" && $0["other_method"] == "uniform-p" && $0["source_stage"] == "V2"
        })
      let pairs = zip(result.scores(of: "hot"), result.scores(of: "uniform-p"))
      let differences = pairs.map { $0.stageScores[1] - $1.stageScores[1] }
      // 16 stimuli train and 4 are held out; the standard error of t is √((1/J + 1/4) s²).
      let spread = Spread(differences)
      let error = spread.deviation * (1.0 / 3 + 0.25).squareRoot()
      #expect(abs(number(row["difference"]) - spread.mean) < 1e-12)
      #expect(abs(number(row["t"]) - spread.mean / error) < 1e-9)
      #expect(row["df"] == "2")
      // The two-sided 5 % quantile of t with 2 degrees of freedom is 4.302653.
      #expect(abs(number(row["upper"]) - spread.mean - 4.302653 * error) < 1e-6 * error)
      #expect(abs(number(row["lower"]) - spread.mean + 4.302653 * error) < 1e-6 * error)
      #expect((0...1).contains(number(row["p_value"])))
      let record = try folder.record()
      #expect(record.test_to_training_ratio == 0.25)
      #expect(record.comparisons.count == count * (count - 1) / 2)
      let means = try #require(
        rows.first {
          $0["method"] == "hot" && $0["other_method"] == "uniform-p" && $0["source_stage"] == "mean"
        })
      #expect(
        record.comparisons.contains {
          $0.method == "hot" && $0.other_method == "uniform-p"
            && $0.p_value == number(means["p_value"])
        } == true)
    }
  }

  @Test("A single split has a difference, and no test")
  func single() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.splitCount = 1
      try await folder.align(settings)
      let rows = try folder.rows("out/comparisons.csv")
      #expect(rows.allSatisfy { $0["difference"] != "" })
      #expect(rows.allSatisfy { $0["p_value"] == "" && $0["lower"] == "" && $0["t"] == "" })
    }
  }

  private func number(_ text: String?) -> Double { text.flatMap(Double.init) ?? .nan }
}
