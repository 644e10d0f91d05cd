import ChiasmAlignment
import ChiasmFiles
import ChiasmReporting
import ChiasmStatistics
import ChiasmTables
import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

/// What the report draws and says outside of the tables of results.
@Suite("Numbers of the report in figures and sentences")
struct ReportNumbers {
  /// Two regions with noise ceilings, with permutations and bootstrap samples.
  private func withReading(
    _ body: (AlignmentReading, ResultReport, FinishedAlignment) throws -> Void
  ) async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      try folder.table(
        "brain/V1_units.tsv", ["unit noise_ceiling", "0 0.25", "1 0.09", "2 n/a", "3 0.64"])
      (settings.permutationCount, settings.bootstrapCount) = (5, 20)
      let result = try await folder.align(settings)
      let reading = try AlignmentReading(ReportSettings(alignment: folder.path("out")))
      try body(reading, ResultReport(reading), result)
    }
  }

  private func chart<Kind: Chart>(_ kind: FigureKind, of section: any ReportSection) throws -> Kind
  {
    let figures = section.pieces.compactMap { piece -> ReportFigure? in
      if case .figure(let figure) = piece { figure } else { nil }
    }
    return try #require(figures.first { $0.kind == kind }?.chart as? Kind)
  }

  /// The table whose caption begins so.
  private func table(_ caption: String, of section: any ReportSection) throws -> PageTable {
    let tables = section.pieces.compactMap { piece -> PageTable? in
      guard case .block(.table(let own, let table, _)) = piece, own.hasPrefix(caption) else {
        return nil
      }
      return table
    }
    return try #require(tables.first)
  }

  private func interval(_ mean: Double?, _ deviation: Double?) -> ChartInterval? {
    mean.flatMap { mean in
      deviation.map { ChartInterval(low: mean - $0, high: mean + $0) }
    }
  }

  @Test("Scores are drawn at their means with their SD over splits, beside the draws at random")
  func scores() async throws {
    try await withReading { reading, _, _ in
      let section = ControlSection(reading)
      let chart: IntervalChart = try chart(.controls, of: section)
      let result = reading.result
      #expect(chart.rows.map(\.name) == section.methods.map { Quantity.method.title(of: $0) })
      for (row, name) in zip(chart.rows, section.methods) {
        let method = try #require(result.scores[name])
        #expect(row.value == method.mean && row.interval == interval(method.mean, method.sd))
        #expect(row.reference?.mean == method.draws?.mean)
        #expect(row.reference?.deviation == method.draws?.sd)
      }
      #expect(chart.rows.contains { $0.reference != nil })
    }
  }

  @Test("Differences are drawn with their intervals, and nulls with the value that was found")
  func differencesAndNulls() async throws {
    try await withReading { reading, _, finished in
      let section = ControlSection(reading)
      let differences: IntervalChart = try chart(.differences, of: section)
      for (row, own) in zip(differences.rows, section.comparisons) {
        #expect(row.value == own.difference)
        #expect(row.interval?.low == own.lower && row.interval?.high == own.upper)
        #expect(row.note == "p = \(NumberText.short(own.p_value, digits: 2))")
      }
      #expect(differences.rows.count == section.comparisons.count && !differences.rows.isEmpty)
      let nulls: HistogramChart = try chart(.nulls, of: section)
      let evidence = finished.evidence
      #expect(
        nulls.panels.map(\.values)
          == [evidence.permutations, evidence.layerPermutations].map { $0.map { $0[0] } })
      #expect(nulls.panels.allSatisfy { $0.observed == evidence.observed[.score] })
      let order: HistogramChart = try chart(.orderNulls, of: DepthSection(reading))
      let statistics: [AlignmentStatistic] = [.spearman, .kendall, .nearDiagonalMass]
      #expect(
        order.panels.map(\.observed)
          == NullTest.Null.allCases.flatMap { _ in statistics.map { evidence.observed[$0] } })
      #expect(order.panels.suffix(3).map { $0.values.count } == [8, 8, 8])
    }
  }

  @Test("Profiles have the score of each layer alone, its spread, what noise allows and the best")
  func profiles() async throws {
    try await withReading { reading, _, _ in
      let chart: ProfileChart = try chart(.layers, of: LayerSection(reading))
      let (coupling, places) = (reading.result.coupling, reading.result.places)
      #expect(chart.panels.map(\.name) == ["V1", "V2"])
      for (row, panel) in chart.panels.enumerated() {
        #expect(panel.points.map(\.value) == coupling.score[row])
        #expect(
          panel.points.map(\.band) == zip(coupling.score[row], coupling.score_sd[row]).map(interval)
        )
        let best = try #require(panel.marked)
        #expect(reading.targetNames[best] == places[row].best_score_layer)
        #expect(panel.points[best].value == coupling.score[row].compactMap(\.self).max())
      }
      // The roots of 0.25, 0.09 and 0.64.
      let allowed = try #require(chart.panels[0].level)
      #expect(abs(allowed - 1.6 / 3) < 1e-12)
      #expect(chart.panels[1].level == nil)
      #expect(places.contains { $0.best_score_layer != $0.best_layer })
    }
  }

  @Test("Bands have the mass that goes from a region to a layer")
  func bands() async throws {
    try await withReading { reading, _, _ in
      let chart: FlowChart = try chart(.flow, of: CouplingSection(reading))
      let mass = reading.result.coupling.mass
      #expect(chart.links.count == mass.joined().count { ($0 ?? 0) > 0 })
      for link in chart.links { #expect(link.weight == mass[link.left][link.right]) }
    }
  }

  @Test("The order of the coupling stands beside the mean of each null and its p")
  func order() async throws {
    try await withReading { reading, _, _ in
      let table = try table("How well the coupling keeps the order", of: DepthSection(reading))
      let evidence = reading.result.evidence
      let expected = DepthSection.statistics.flatMap { statistic in
        NullTest.Null.allCases.map { null in
          let test = evidence.test(null, statistic)
          let interval = evidence.interval(.refits, statistic)
          let ends = [interval?.interval_low, interval?.interval_high].map {
            NumberText.fixed($0, decimals: 3)
          }
          return [
            NumberText.fixed(test?.observed, decimals: 3), ends.joined(separator: " to "),
            NumberText.fixed(test?.null_mean, decimals: 3),
            NumberText.short(test?.p_value, digits: 2),
          ]
        }
      }
      #expect(
        table.rows.map { row in
          [row[1], String(row[2].prefix { $0 != "(" }).trimmingCharacters(in: .whitespaces)]
            + row[4...]
        } == expected)
      #expect(expected.contains { $0[0] != $0[2] })
    }
  }

  @Test("The summary has cost and score with their SD over splits, and the p of the score")
  func summary() async throws {
    try await withReading { reading, report, _ in
      let (result, text) = (reading.result, report.page.text(of: "summary"))
      func number(_ value: Double?) -> String { NumberText.fixed(value, decimals: 4) }
      #expect(text.contains("\ncost \(number(result.cost.mean)), SD \(number(result.cost.sd))\n"))
      let hot = try #require(result.scores["hot"])
      #expect(text.contains("\nscore \(number(hot.mean)), SD \(number(hot.sd))\n"))
      let test = try #require(result.evidence.test(.stimulusPermutation, "score"))
      let p = NumberText.short(test.p_value, digits: 2)
      #expect(text.contains("\np of the score \(p) (5 permutations of stimuli)\n"))
    }
  }

  @Test("Of the units that a split leaves out the most of any split is shown")
  func constantUnits() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      // The first unit of V1 varies over the first four stimuli alone, of the next the first eight.
      let path = folder.path("brain/V1.npy")
      var numbers = try NumpyArray(path: path).floats()
      for stimulus in 4..<20 { numbers[4 * stimulus] = 2 }
      for stimulus in 8..<20 { numbers[4 * stimulus + 1] = 2 }
      try NumpyArray(shape: [20, 4], elements: .float32(numbers)).write(to: path, replacing: true)
      settings.splitsFile = try folder.table(
        "splits.tsv",
        ["stimulus_id one two three"]
          + ResponseFolder.stimuli.enumerated().map { place, name in
            "\(name) \(place < 4 ? "test" : "train") \(place < 8 ? "test" : "train") "
              + (place > 15 ? "test" : "train")
          })
      let result = try await folder.align(settings).result
      #expect(
        result.orderedSplits.map(\.split.constant_source_units) == [[1, 0], [2, 0], [0, 0]])
      let rows = result.unitTable.selecting(["stage", "in_file", "in_use", "constant"]).rows
      #expect(rows.map { $0.map(\.exactText) }[0] == ["V1", "4", "4", "2"])
      #expect(try folder.report().page.text(of: "quality").contains("V1 source 4 4 2"))
    }
  }

  @Test("Costs are drawn as they are, with the least of each row outlined")
  func costs() async throws {
    try await withReading { reading, _, _ in
      let chart: MatrixChart = try chart(.costs, of: CouplingSection(reading))
      let result = reading.result
      #expect(chart.cells.map { $0.map(\.value) } == result.coupling.cost)
      #expect(chart.isSmallBetter && !chart.isFromZero)
      for (row, cells) in chart.cells.enumerated() {
        let least = cells.indices.filter { cells[$0].isOutlined }.map { chart.columns[$0] }
        #expect(least == [result.places[row].least_cost_layer])
        #expect(cells.compactMap(\.value).min() == cells.first { $0.isOutlined }?.value)
        let deviation = NumberText.fixed(result.coupling.cost_sd[row][0], decimals: 3)
        #expect(cells[0].note?.contains("SD over splits \(deviation)") == true)
      }
    }
  }

  @Test("Shares are drawn at their means, with the range over splits and the interval of refits")
  func shareSpread() async throws {
    try await withReading { reading, _, _ in
      let chart: ProfileChart = try chart(.shareSpread, of: CouplingSection(reading))
      let result = reading.result
      for (row, panel) in chart.panels.enumerated() {
        for (column, point) in panel.points.enumerated() {
          let splits = result.orderedSplits.compactMap { $0.split.share[row][column] }
          #expect(point.value == result.coupling.share[row][column])
          #expect(point.band?.low == splits.min() && point.band?.high == splits.max())
          let ends = result.evidence.interval(
            .refits, "share", source: chart.panels[row].name, target: chart.categories[column])?
            .ends
          #expect(point.reference?.low == ends?.lowerBound)
          #expect(point.reference?.high == ends?.upperBound)
        }
        let best = panel.marked.map { chart.categories[$0] }
        #expect(best == result.coupling.best_layer[row])
      }
      let bands = chart.panels.flatMap { $0.points.compactMap(\.band) }
      #expect(bands.contains { $0.low < $0.high }, "Shares that differ between splits.")
      #expect(chart.panels.contains { $0.points.contains { $0.reference != nil } })
    }
  }
}
