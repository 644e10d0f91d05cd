import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmLinearAlgebra
import ChiasmReporting
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Contract of comparisons")
struct ComparisonContract {
  private static let measures = [
    "rsa", "rsa-cosine-pearson", "cka", "cka-debiased", "cka-rbf-1.0", "procrustes",
    "semi-matching", "soft-matching", "partial-soft-matching-0.5", "ridge",
  ]

  @Test("Values, permutations and samples are those of the measures themselves")
  func twoWays() async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(Self.measures)
      (settings.permutationCount, settings.bootstrapCount, settings.seed) = (3, 2, 5)
      let result = try await folder.measured(settings)
      let sources = try ["V1", "V2"].map { try folder.responses("brain/\($0)") }
      let targets = try ["a", StageName.awkward, "c"].map { try folder.responses("model/\($0)") }
      let (rows, sampling) = (Array(0..<20), StimulusSampling(count: 20, seed: 5))
      let subjects = try MeasureCatalogue.measures(named: Self.measures, seed: 5)
      #expect(result.map(\.measure) == Self.measures)
      for (measure, found) in zip(subjects, result) {
        #expect(found.isDistance == measure.isDistance)
        let values = try measure.values(sources, targets, rows: rows)
        #expect(Self.distance(found.values, values) == 0, "\(measure.name)")
        #expect(found.permuted.count == 3 && found.resampled.count == 2)
        for (draw, permuted) in found.permuted.enumerated() {
          let order = sampling.permutation(draw)
          let again = try measure.values(sources, targets, rows: rows, targetRows: order)
          #expect(Self.distance(permuted, again) < 1e-12, "\(measure.name)")
        }
        // Ridge needs 15 different stimuli, more than such a sample has.
        let isRidge = measure.name == "ridge"
        for (draw, resampled) in found.resampled.enumerated() {
          let sample = sampling.bootstrapSample(draw)
          if isRidge {
            #expect(resampled.elements.allSatisfy { $0.isNaN })
          } else {
            let again = try measure.values(sources, targets, rows: sample)
            #expect(Self.distance(resampled, again) == 0, "\(measure.name)")
          }
        }
      }
    }
  }

  @Test("The number of threads changes no byte of the results")
  func threads() async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(Self.measures)
      (settings.permutationCount, settings.bootstrapCount) = (4, 4)
      settings.maximumUnits = 3
      try await folder.compare(settings, to: "one", threads: 1)
      try await folder.compare(settings, to: "four", threads: 4)
      for file in ["measures.csv", "preferred.csv", "comparison.json"] {
        let contents = try ["one", "four"].map {
          try Data(contentsOf: folder.url.appending(path: "\($0)/\(file)"))
        }
        #expect(contents[0] == contents[1], "\(file)")
      }
    }
  }

  @Test("A run that goes on from any journal writes equal bytes, and another run's is refused")
  func resuming() async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(["rsa", "ridge", "soft-matching"])
      (settings.permutationCount, settings.bootstrapCount) = (5, 6)
      let journal = folder.path("out.journal")
      func expectEqual(_ name: String) throws {
        for file in ["measures.csv", "preferred.csv", "comparison.json"] {
          let contents = try ["whole", name].map {
            try Data(contentsOf: folder.url.appending(path: "\($0)/\(file)"))
          }
          #expect(contents[0] == contents[1], "\(name) \(file)")
        }
      }
      try await folder.compare(settings, to: "whole")
      var fewer = settings
      (fewer.permutationCount, fewer.bootstrapCount, fewer.measures) = (2, 1, ["ridge"])
      try await folder.compare(fewer, to: "fewer", journal: journal)
      try await folder.compare(settings, to: "more", journal: journal)
      try expectEqual("more")
      let lines = try Data(contentsOf: URL(filePath: journal))
      for cut in [lines.count / 3, lines.count - 1, lines.count] {
        try lines.prefix(cut).write(to: URL(filePath: journal))
        var before: [Int] = []
        let result = try await folder.compare(
          settings, to: "resumed \(cut)", journal: journal
        ) { before.append($0.tablesBefore) }
        #expect(result.measure_order == settings.measures)
        #expect(Set(before).count == 1 && (cut < lines.count || before[0] == 33))
        try expectEqual("resumed \(cut)")
      }
      for change in [
        { $0.seed = 1 }, { $0.maximumUnits = 2 }, { $0.targetStages = ["c"] },
      ] as [(inout ComparisonSettings) -> Void] {
        var other = settings
        change(&other)
        await #expect(throws: WorkflowError.self) {
          try await folder.compare(other, to: "other", journal: journal)
        }
      }
    }
  }

  @Test("The time that is left is told once every kind of draw was measured, and none in the end")
  func timeLeft() async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(["rsa", "soft-matching"])
      (settings.permutationCount, settings.bootstrapCount) = (5, 6)
      var reports: [ComparisonRun.Progress] = []
      try await folder.compare(settings) { reports.append($0) }
      #expect(reports.map(\.tablesDone) == Array(1...24))
      // With two threads the data and four draws of either measure come first.
      #expect(reports.prefix(7).allSatisfy { $0.secondsLeft == nil })
      #expect(reports.dropFirst(9).allSatisfy { $0.secondsLeft != nil })
      #expect(reports.last?.secondsLeft == 0)
    }
  }

  @Test("Tables hold every pair and every preference, with nulls and intervals where asked for")
  func tables() async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(["procrustes", "cka"])
      (settings.permutationCount, settings.bootstrapCount) = (19, 10)
      let result = try await folder.compare(settings)
      let rows = try folder.rows("compared/measures.csv")
      #expect(rows.count == 12)
      let one = try #require(rows.first { $0["source_stage"] == "V2" && $0["target_stage"] == "c" })
      let measured = try await folder.measured(settings)[0]
      #expect(one["measure"] == "procrustes" && one["is_distance"] == "true")
      let interval = measured.bootstrap(1, 2).percentileInterval()
      let expected = [
        "value": measured.values[1, 2], "p": measured.pValue(1, 2),
        "null_mean": measured.null(1, 2).spread.mean,
        "null_sd": measured.null(1, 2).spread.deviation,
        "bootstrap_mean": measured.bootstrap(1, 2).spread.mean, "low": interval.lower,
        "high": interval.upper,
      ]
      for (column, value) in expected {
        #expect(one[column].flatMap(Double.init) == value, "\(column)")
      }
      let preferred = try folder.rows("compared/preferred.csv")
      #expect(preferred.map { $0["measure"] } == ["procrustes", "procrustes", "cka", "cka"])
      let least = measured.values.row(0).min()
      #expect(preferred[0]["value"].flatMap(Double.init) == least)
      let place = try #require(measured.values.row(0).firstIndex { $0 == least })
      #expect(preferred[0]["target_stage"] == result.target.stages[place])
      #expect(
        preferred[0]["bootstrap_share"].flatMap(Double.init) == measured.preferenceRates[0, place])
      let often = measured.permuted.count { draw in
        draw.row(0).min() == draw[0, place]
      }
      #expect(preferred[0]["null_share"].flatMap(Double.init) == Double(often) / 19)
      #expect(rows.allSatisfy { $0["interval_method"] == "percentile" })
      let text = try Inspection(path: folder.path("compared")).report.text()
      #expect(text.contains(".69 of the bootstrap samples"))
      #expect(text.contains(" % (\(NumberText.fixed(100 * Double(often) / 19, decimals: 0)) %)"))
      #expect(result.summary.text().contains(".69 of the bootstrap samples"))
    }
  }

  @Test("Without draws their columns are empty, in tab-separated tables n/a")
  func plain() async throws {
    try await withResponses { folder in
      try await folder.compare(folder.comparison(["rsa"]), tables: .tsv)
      let row = try folder.rows("compared/measures.tsv")[0]
      for column in ["p", "null_mean", "null_sd", "bootstrap_mean", "low", "high"] {
        #expect(row[column] == "n/a", "\(column)")
      }
      #expect(try folder.rows("compared/preferred.tsv")[0]["bootstrap_share"] == "n/a")
      let record = try JSONFile.read(
        MeasuresResult.self, from: folder.path("compared/comparison.json"))
      #expect(record.measures["rsa"]?.null == nil && record.measures["rsa"]?.bootstrap == nil)
    }
  }

  @Test("The record has settings, inputs, counts and the stages of either side")
  func record() async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(["cka", "ridge"])
      (settings.permutationCount, settings.bootstrapCount, settings.maximumUnits) = (2, 2, 3)
      let result = try await folder.compare(settings)
      let record = try JSONFile.read(
        MeasuresResult.self, from: folder.path("compared/comparison.json"))
      #expect(record == result && record.measure_order == ["cka", "ridge"])
      #expect(record.source.units == [4, 3] && record.target.units == [5, 3, 2])
      #expect(record.settings.max_units == 3 && record.common_stimuli == 20)
      #expect(record.provenance.inputs.count == 9)
      #expect(record.measures["cka"]?.bootstrap?.undefined == 0)
      #expect(record.measures["ridge"]?.bootstrap?.undefined == 12)
      let text = result.summary.text()
      #expect(text.contains("ridge: 12 of the 12 values of bootstrap samples are undefined"))
      #expect(!text.contains("cka:"))
      #expect(record.measures["cka"]?.null?.p_of_preferred.count == 2)
    }
  }

  @Test("A comparison is inspected as folder and as file, with its preferences")
  func inspection() async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(["cka", "procrustes"])
      settings.bootstrapCount = 5
      let result = try await folder.compare(settings)
      for path in ["compared", "compared/comparison.json"] {
        let text = try Inspection(path: folder.path(path)).report.text(width: 200)
        #expect(text.contains("comparison by measures") && text.contains(" %"))
        #expect(text.contains("procrustes (smaller is more alike)"))
        #expect(text.contains("all of them used"))
      }
      #expect(result.summary.text().contains("bootstrap samples"))
      expectFailure("--known") { _ = try Inspection(path: folder.path("compared"), known: "x.tsv") }
      let path = folder.path("compared/comparison.json")
      let broken = try TextFile.read(path).replacing("\"V2\"", with: "\"V2\", \"V3\"")
      try Data(broken.utf8).write(to: URL(filePath: path))
      expectFailure("3 with 3") { _ = try Inspection(path: path) }
    }
  }

  /// The greatest difference; infinite where only one side is a number.
  private static func distance(_ one: Matrix<Double>, _ other: Matrix<Double>) -> Double {
    zip(one.elements, other.elements).map { a, b in
      a.isNaN && b.isNaN ? 0 : (a.isNaN || b.isNaN ? .infinity : abs(a - b))
    }.max() ?? .infinity
  }
}
