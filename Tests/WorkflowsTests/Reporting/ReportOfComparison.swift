import ChiasmFiles
import ChiasmReporting
import ChiasmTables
import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Report of a comparison")
struct ReportOfComparison {
  private func withComparison(
    _ measures: [String], permutations: Int = 5, samples: Int = 6,
    _ body: (ResponseFolder, ComparisonReading) throws -> Void
  ) async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(measures)
      (settings.permutationCount, settings.bootstrapCount) = (permutations, samples)
      try await folder.compare(settings)
      let report = ReportSettings(alignment: folder.path("compared"))
      try body(folder, try ComparisonReading(report))
    }
  }

  private func figures(_ reading: ComparisonReading) -> [ReportFigure] {
    reading.sections.flatMap(\.pieces).compactMap(\.figure)
  }

  @Test(
    "There is a section for each measure, with its values and their draws, and all is named once")
  func sections() async throws {
    try await withComparison(["rsa", "cka-rbf-0.5", "procrustes"]) { folder, reading in
      let report = try ResultReport(ReportSettings(alignment: folder.path("compared")))
      let page = report.page
      #expect(
        page.sections.map(\.anchor) == [
          "summary", "rsa", "cka-rbf-0-5", "procrustes", "methods", "provenance",
        ])
      #expect(report.kinds == [.values, .valueDraws])
      #expect(
        figures(reading).map(\.name) == [
          "values-rsa", "value-draws-rsa", "values-cka-rbf-0-5", "value-draws-cka-rbf-0-5",
          "values-procrustes", "value-draws-procrustes",
        ])
      for figure in figures(reading) {
        #expect(figure.chart.figure(ChartStyle()).name == figure.name)
      }
      #expect(page.text(of: "rsa").contains("greater is more alike"))
      #expect(page.text(of: "procrustes").contains("smaller is more alike"))
      #expect(page.text(of: "summary").contains("3 measures"))
    }
  }

  @Test("Values, intervals, permutations and preferences are those of comparison.json")
  func numbers() async throws {
    try await withComparison(["rsa", "procrustes"]) { _, reading in
      for figure in figures(reading) {
        let measure = try #require(reading.result.measures[figure.measure ?? ""])
        let preferred = measure.preferred.map { name in
          reading.result.target.stages.firstIndex { $0 == name }
        }
        switch figure.chart {
        case let chart as MatrixChart:
          #expect(chart.cells.map { $0.map(\.value) } == measure.values)
          #expect(chart.cells.map { $0.firstIndex(where: \.isOutlined) } == preferred)
          #expect(chart.isSmallBetter == measure.is_distance)
        case let chart as ProfileChart:
          #expect(chart.panels.map(\.marked) == preferred)
          #expect(chart.panels.map { $0.points.map(\.value) } == measure.values)
          for (row, panel) in chart.panels.enumerated() {
            for (column, point) in panel.points.enumerated() {
              #expect(point.band?.low == measure.bootstrap?.low[row][column])
              #expect(point.band?.high == measure.bootstrap?.high[row][column])
              let (mean, deviation) = (
                try #require(measure.null?.mean[row][column] ?? nil),
                try #require(measure.null?.sd[row][column] ?? nil)
              )
              #expect(
                point.reference == ChartInterval(low: mean - deviation, high: mean + deviation))
            }
          }
        default: Issue.record("\(figure.name) is another chart.")
        }
      }
    }
  }

  @Test("Without draws there are values alone, and no column is empty")
  func plain() async throws {
    try await withComparison(["cka"], permutations: 0, samples: 0) { folder, reading in
      let report = try ResultReport(ReportSettings(alignment: folder.path("compared")))
      #expect(report.kinds == [.values])
      let text = report.page.text(of: "cka") + report.page.text(of: "summary")
      #expect(!text.contains("n/a") && !text.contains("permutations of"))
      #expect(!report.page.text(of: "methods").contains("p-values"))
    }
  }

  @Test("The methods paragraph names every measure, and its references stand below")
  func methods() async throws {
    let names = MeasureCatalogue.quick + ["partial-soft-matching-0.5", "rsa-euclidean-pearson"]
    try await withComparison(names) { folder, reading in
      let text = try ResultReport(ReportSettings(alignment: folder.path("compared"))).page
        .text(of: "methods")
      for name in names { #expect(text.contains("by \(name), "), "\(name)") }
      for work in ["N. Kriegeskorte", "S. Kornblith", "A. Murphy", "A. H. Williams", "C. Kapoor"] {
        #expect(text.contains(work), "\(work)")
      }
      #expect(
        text.contains("Pearson's correlation of the dissimilarities of all pairs of stimuli, "))
      #expect(text.contains("squared Euclidean distances"))
      #expect(text.contains("5 random orders") && text.contains("6 bootstrap samples"))
    }
  }

  @Test(
    "One figure is that of the measure that is named, and a foreign name is told from those there")
  func oneFigure() async throws {
    try await withComparison(["rsa", "cka"]) { folder, _ in
      let report = try ResultReport(ReportSettings(alignment: folder.path("compared")))
      #expect(try report.figure(.values, style: ChartStyle()).name == "values-rsa")
      #expect(try report.figure(.values, measure: "cka", style: ChartStyle()).name == "values-cka")
      let measure = #expect(throws: WorkflowError.self) {
        try report.figure(.values, measure: "ridge", style: ChartStyle())
      }
      #expect(measure?.description.contains("those of rsa, cka") == true)
      let kind = #expect(throws: WorkflowError.self) {
        try report.figure(.coupling, style: ChartStyle())
      }
      #expect(kind?.description.contains("values, value-draws") == true)
    }
  }

  @Test("What only an alignment knows is refused by name")
  func foreignSettings() async throws {
    try await withComparison(["rsa"]) { folder, _ in
      var settings = ReportSettings(alignment: folder.path("compared"))
      settings.known = folder.path("truth.tsv")
      let error = #expect(throws: WorkflowError.self) { try ResultReport(settings) }
      #expect(error?.description.contains("--known") == true)
    }
  }

  @Test("Every measure is described, with what is to be minded", arguments: MeasureCatalogue.names)
  func descriptions(_ name: String) {
    let description = MeasureDescription(name)
    #expect(description.title != name && !description.caution.isEmpty)
    #expect(!description.formula.contains(name))
    #expect(name == "ridge" || !description.citations.isEmpty)
  }
}
