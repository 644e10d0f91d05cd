import Testing

@testable import ChiasmReporting

@Suite("Laws of charts of samples")
struct SampleChartTests {
  static let values = (0..<400).map { SampleCharts.number($0, $0 * $0) }

  @Test("Bins count every value once")
  func binsCount() {
    let bins = Bins(Self.values + [.nan, .infinity])
    #expect(bins.counts.reduce(0, +) == 400)
    #expect((5...40).contains(bins.counts.count))
    for (place, count) in bins.counts.enumerated() {
      let isLast = place == bins.counts.count - 1
      let inside = Self.values.count {
        $0 >= bins.edge(place) && ($0 < bins.edge(place + 1) || isLast)
      }
      #expect(abs(inside - count) <= 1, "A value at an edge may round to either side.")
    }
  }

  @Test("Bins are as wide as Freedman and Diaconis say")
  func binsRule() {
    // 0…999: range 999, quartiles 249.75 and 749.25, width 2 · 499.5 / 10 = 99.9, so 10 bins.
    #expect(Bins((0..<1000).map(Double.init)).counts == Array(repeating: 100, count: 10))
    // More than half are equal, the quartiles too: ⌈log₂ 9⌉ + 1 bins.
    #expect(Bins([0, 1, 1, 1, 1, 1, 1, 1, 9]).counts.count == 5)
    #expect(Bins([2, 2, 2]).counts == [3])
    #expect(Bins([.nan]).counts == [])
  }

  @Test("Bars are as high as their counts, and the line stands at its value")
  func histogram() throws {
    let chart = HistogramChart(
      SampleCharts.heading, panels: [.init("null", values: [0, 0, 0, 1, 4], observed: 2)],
      valueName: "score")
    let drawn = DrawnFigure(chart.figure(ChartStyle()))
    let bars = ["3 from 0 to", "1 from 0.8 to", "1 from 3.2 to"]
      .flatMap { drawn.paths(titled: $0) }.map(DrawnFigure.frame)
    #expect(bars.count == 3)
    #expect(abs(bars[0].height - 3 * bars[1].height) < 1e-9)
    #expect(abs(bars[0].maxY - bars[2].maxY) < 1e-9)
    let line = try #require(drawn.paths(titled: "null, observed: 2").first)
    let middle = (bars[0].x + bars[2].maxX) / 2
    #expect(abs(DrawnFigure.frame(line).x - middle) < 1e-9)
    #expect(
      chart.figure(ChartStyle()).description
        == "1 histogram. null: 5 values from 0 to 4, observed 2 is above 4 of them.")
  }

  @Test("The density is highest where most values lie, and mirrors with them")
  func density() throws {
    let values = (0..<200).map { Double($0 % 20) * 0.01 } + [2, 2.1]
    let density = try #require(Density(sorted: values.sorted()))
    let peak = try #require(density.heights.firstIndex(of: 1))
    #expect(density.places[peak] < 0.3)
    let mirrored = try #require(Density(sorted: values.map { -$0 }.sorted()))
    #expect(zip(density.heights, mirrored.heights.reversed()).allSatisfy { abs($0 - $1) < 0.05 })
    #expect(Density(sorted: [3, 3, 3]) == nil)
    #expect(Density(sorted: []) == nil)
  }

  @Test("Few values are points, many a shape, and what is no number is counted")
  func distribution() throws {
    let chart = DistributionChart(
      SampleCharts.heading,
      samples: [
        .init("few", values: [1, 2, 4, 8, .nan]), .init("many", values: Self.values),
        .init("none", values: []), .init("flat", values: Array(repeating: 1, count: 99)),
      ], categoryName: "Region", valueName: "score")
    let drawn = DrawnFigure(chart.figure(ChartStyle()))
    #expect(drawn.paths(titled: "few").count == 5, "Four points and the median.")
    #expect(drawn.paths(titled: "many").count == 3, "A shape, the quartiles and the median.")
    #expect(drawn.paths(titled: "flat").count == 1, "The median.")
    #expect(
      drawn.titles.contains(
        "few: 4 values, median 3, quartiles 1.75 to 5, 1 left out that are no numbers"))
    #expect(drawn.texts.contains { $0.label.text == "n/a" })
    let shape = DrawnFigure.frame(try #require(drawn.paths(titled: "many").first))
    let axis = drawn.paths(titled: "few").map { DrawnFigure.frame($0).center.y }
    #expect(axis[0] > axis[1] && shape.height > 0)
  }
}
