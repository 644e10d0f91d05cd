import Testing

@testable import ChiasmReporting

/// Charts of every kind, made of the same names and numbers.
struct SampleCharts: CustomTestStringConvertible {
  let testDescription: String
  let rows: [String]
  let columns: [String]
  let value: @Sendable (Int, Int) -> Double?

  init(
    _ name: String, rows: [String], columns: [String],
    value: @escaping @Sendable (Int, Int) -> Double?
  ) {
    testDescription = name
    self.rows = rows
    self.columns = columns
    self.value = value
  }

  static let heading = ChartHeading(name: "sample", title: "A sample")

  /// Numbers without a pattern, the same each time.
  static func number(_ row: Int, _ column: Int) -> Double {
    let step = (row * 7919 + column * 104_729 + 13) % 1009
    return Double(step) / 1009
  }

  static let all: [SampleCharts] = [
    named("nothing", 0, 0) { _, _ in nil },
    named("no columns", 3, 0) { _, _ in nil },
    named("one value", 1, 1) { _, _ in 0.5 },
    named("5 × 6", 5, 6, number),
    named("20 × 60", 20, 60, number),
    named("40 × 2", 40, 2, number),
    named("signs", 4, 5) { number($0, $1) - 0.5 },
    named("all equal", 4, 5) { _, _ in 0.25 },
    named("all zero", 4, 5) { _, _ in 0 },
    named("all missing", 4, 5) { _, _ in nil },
    named("no numbers", 4, 5) { [Double.nan, .infinity, -.infinity][($0 + $1) % 3] },
    named("gaps", 6, 7) { ($0 + $1) % 3 == 0 ? .nan : number($0, $1) },
    named("huge", 4, 5) { ($0 + $1) % 2 == 0 ? 1.7e308 : -1.7e308 },
    named("tiny", 4, 5) { Double($0 + $1) * .leastNonzeroMagnitude },
    named("large and close", 4, 5) { 1e15 + Double($0 * $1) },
    SampleCharts(
      "hostile names", rows: SampleFigure.hostileNames,
      columns: SampleFigure.hostileNames.reversed(), value: number),
    SampleCharts(
      "equal long names", rows: Array(repeating: String(repeating: "w", count: 300), count: 9),
      columns: Array(repeating: String(repeating: "\u{5D0}", count: 300), count: 9),
      value: number),
  ]

  static func named(
    _ name: String, _ rows: Int, _ columns: Int,
    _ value: @escaping @Sendable (Int, Int) -> Double?
  ) -> SampleCharts {
    SampleCharts(
      name, rows: (0..<rows).map { "region \($0)" },
      columns: (0..<columns).map { "blocks.\($0).attention" }, value: value)
  }

  var charts: [any Chart] {
    [matrix, flow, profiles, intervals, histograms, depths, distributions, bars]
  }

  private func values(_ row: Int) -> [Double?] { columns.indices.map { value(row, $0) } }

  private func interval(_ value: Double?) -> ChartInterval? {
    value.map { ChartInterval(low: $0 - 0.1, high: $0 * 1.1 + 0.1) }
  }

  var matrix: MatrixChart {
    MatrixChart(
      Self.heading, rows: rows, columns: columns,
      cells: rows.indices.map { row in
        values(row).enumerated().map { .init($1, isOutlined: $0 == row, note: rows[row]) }
      }, valueName: rows.first ?? "share")
  }

  var flow: FlowChart {
    FlowChart(
      Self.heading, left: rows, right: columns,
      links: rows.indices.flatMap { row in
        values(row).enumerated().map { .init(left: row, right: $0, weight: $1 ?? .nan) }
      }, leftName: rows.last ?? "left", rightName: "right")
  }

  var profiles: ProfileChart {
    ProfileChart(
      Self.heading, categories: columns,
      panels: rows.indices.map { row in
        ProfileChart.Panel(
          rows[row], points: values(row).map { .init($0, band: interval($0)) },
          level: value(row, 0), marked: columns.isEmpty ? nil : row % columns.count)
      }, categoryName: columns.first ?? "", valueName: rows.last ?? "", levelName: "ceiling",
      markName: rows.last ?? "mark")
  }

  var intervals: IntervalChart {
    IntervalChart(
      Self.heading,
      rows: rows.indices.map { row in
        .init(
          rows[row], value: value(row, 0), interval: interval(value(row, 1)),
          reference: value(row, 2).map { .init(mean: $0, deviation: $0 / 10) }, note: rows[row])
      }, valueName: rows.last ?? "", referenceName: columns.last ?? "reference")
  }

  var histograms: HistogramChart {
    HistogramChart(
      Self.heading,
      panels: rows.indices.map { row in
        .init(
          rows[row], values: values(row).compactMap(\.self), observed: value(row, 1),
          note: columns.last ?? "")
      }, valueName: rows.last ?? "", observedName: rows.last ?? "", isShared: rows.count < 5)
  }

  var depths: DepthChart {
    DepthChart(
      Self.heading,
      points: rows.indices.map {
        .init(rows[$0], value: value($0, 0), interval: interval(value($0, 1)))
      }, categoryName: rows.last ?? "", valueName: columns.last ?? "",
      levels: rows.count > 5 ? columns : [],
      guide: .init(columns.first ?? "", values: rows.indices.map { value($0, 2) }),
      note: rows.first ?? "")
  }

  var distributions: DistributionChart {
    DistributionChart(
      Self.heading,
      samples: rows.indices.map { row in
        .init(rows[row], values: (0..<(row * 9)).map { value(row, $0) ?? .nan })
      }, categoryName: rows.last ?? "", valueName: columns.last ?? "")
  }

  var bars: BarChart {
    BarChart(
      Self.heading, parts: columns,
      rows: rows.indices.map { .init(rows[$0], amounts: values($0)) },
      valueName: columns.last ?? "")
  }
}
