import Testing

@testable import ChiasmReporting

@Suite("Laws of the bars")
struct BarChartTests {
  static let chart = BarChart(
    SampleCharts.heading, parts: ["kept", "flat", "weak"],
    rows: [
      .init("V1", amounts: [100, 30, 20]), .init("V2", amounts: [40, nil, 35]),
      .init("V3", amounts: [.nan, -4, 0]),
    ], valueName: "voxels")

  @Test("The parts of a bar follow each other and add up to the whole")
  func partsAddUp() {
    let drawn = DrawnFigure(Self.chart.figure(ChartStyle()))
    func bars(_ row: String) -> [Frame] {
      drawn.paths(titled: "\(row), ").map(DrawnFigure.frame)
    }
    let (first, second) = (bars("V1"), bars("V2"))
    #expect(first.count == 3 && second.count == 2)
    #expect(bars("V3").isEmpty)
    let point = first[0].width / 100
    for (bars, amounts) in [(first, [100.0, 30, 20]), (second, [40.0, 35])] {
      #expect(zip(bars, amounts).allSatisfy { abs($0.width - $1 * point) < 1e-9 })
      #expect(zip(bars, bars.dropFirst()).allSatisfy { abs($0.maxX - $1.x) < 1e-9 })
      #expect(abs(bars[0].x - first[0].x) < 1e-9)
    }
  }

  @Test("Whole amounts stand beside the bars and in the titles")
  func totals() {
    let drawn = DrawnFigure(Self.chart.figure(ChartStyle()))
    let texts = drawn.texts.map(\.label.text)
    #expect(texts.contains("150") && texts.contains("75") && texts.contains("0"))
    #expect(drawn.titles.contains("V1, flat: 30 of 150"))
    #expect(["kept", "flat", "weak"].allSatisfy(texts.contains))
  }

  @Test("The description names every part that is there")
  func words() {
    #expect(
      Self.chart.figure(ChartStyle()).description
        == "voxels of 3 rows in 3 parts. V1: 100 kept, 30 flat, 20 weak; V2: 40 kept, 35 weak; "
        + "V3: none.")
  }
}
