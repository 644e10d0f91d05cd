import Testing

@testable import ChiasmReporting

@Suite("Laws of the matrix")
struct MatrixChartTests {
  static func chart(_ values: [[Double?]]) -> MatrixChart {
    MatrixChart(
      SampleCharts.heading, rows: values.indices.map { "r\($0)" },
      columns: (values.first ?? []).indices.map { "c\($0)" },
      cells: values.map { $0.map { .init($0) } }, valueName: "share")
  }

  @Test("Cells cover the same area without overlap, in order")
  func cells() {
    let layout = MatrixLayout(Self.chart([[1, 2, 3], [4, 5, 6]]), style: ChartStyle())
    #expect(abs(layout.cell(0, 0).maxX - layout.cell(0, 1).x) < 1e-9)
    #expect(abs(layout.cell(0, 2).maxY - layout.cell(1, 2).y) < 1e-9)
    #expect(abs(layout.cell(1, 2).maxX - layout.cells.maxX) < 1e-9)
    #expect(abs(layout.cell(1, 2).maxY - layout.cells.maxY) < 1e-9)
  }

  @Test("Numbers are printed where they fit, in ink that can be read on the cell")
  func numbers() {
    let chart = Self.chart([[0.125, 0.5], [0.25, nil]])
    let drawn = DrawnFigure(chart.figure(ChartStyle()))
    let texts = drawn.texts.map(\.label.text)
    #expect(["0.12", "0.50", "0.25"].allSatisfy(texts.contains))
    #expect(drawn.titles.contains("r1, c1: n/a"))
    for (text, share) in [("0.12", 0.25), ("0.50", 1)] {
      let label = drawn.texts.first { $0.label.text == text }?.label
      let ground = ColorMap.viridis.color(share)
      #expect(label?.paint == .color(Color.ink(on: ground)))
    }
    let crowded = Self.chart([(0..<60).map { Double($0) / 60 }])
    let narrow = DrawnFigure(crowded.figure(ChartStyle(width: 252)))
    #expect(!narrow.texts.contains { $0.label.text.hasPrefix(".") })
    #expect(narrow.titles.contains("r0, c30: 0.50"))
  }

  @Test("Colours begin at zero, or lie evenly about it where a value is negative")
  func range() {
    func ends(_ values: [Double?], _ palette: ColorMap) -> [Double] {
      let axis = MatrixLayout(Self.chart([values]), style: ChartStyle(palette: palette)).axis
      return [axis.low, axis.high]
    }
    #expect(ends([0.5, 2, nil], .viridis) == [0, 2])
    #expect(ends([-0.5, 2], .gray) == [-0.5, 2])
    #expect(ends([-0.5, 2], .viridis) == [-2, 2])
    #expect(ends([-0.5, 2], .blueRed) == [-2, 2])
    #expect(ends([0.5, 2], .blueRed) == [-2, 2])
  }

  @Test("Zero has the colour of the middle as soon as a value is negative")
  func signed() {
    let layout = MatrixLayout(Self.chart([[-0.1, 0, 0.8]]), style: ChartStyle())
    #expect(layout.color(0) == ColorMap.blueRed.color(0.5))
    #expect(layout.color(0.8) == ColorMap.blueRed.color(1))
  }

  @Test("Colours may begin at the least value, and be light where it is")
  func smallIsBetter() {
    let chart = MatrixChart(
      SampleCharts.heading, rows: ["a"], columns: ["x", "y"], cells: [[.init(0.625), .init(0.75)]],
      valueName: "cost", decimals: 3, isFromZero: false, isSmallBetter: true)
    let layout = MatrixLayout(chart, style: ChartStyle())
    #expect(layout.color(0.625) == ColorMap.viridis.color(1))
    #expect(layout.color(0.75) == ColorMap.viridis.color(0))
  }

  @Test("Where three decimals do not fit there are two")
  func decimals() {
    func texts(_ width: Double) -> [String] {
      let chart = MatrixChart(
        SampleCharts.heading, rows: ["a"], columns: (0..<12).map { "c\($0)" },
        cells: [(0..<12).map { .init(0.625 + 0.01 * Double($0)) }], valueName: "cost", decimals: 3)
      return DrawnFigure(chart.figure(ChartStyle(width: width))).texts.map(\.label.text)
    }
    #expect(texts(504).contains("0.625"))
    #expect(texts(200).contains(".62") || texts(220).contains(".62"))
  }

  @Test("An outlined cell has a frame of its size and says so")
  func outline() {
    let chart = MatrixChart(
      SampleCharts.heading, rows: ["a"], columns: ["x", "y"],
      cells: [[.init(0.25, note: "0.2 to 0.3"), .init(0.5, isOutlined: true)]],
      valueName: "share", outlineName: "known answer")
    let drawn = DrawnFigure(chart.figure(ChartStyle()))
    #expect(drawn.titles.contains("a, x: 0.25, 0.2 to 0.3"))
    #expect(drawn.titles.contains("a, y: 0.50, known answer"))
    let frames = drawn.paths.filter { $0.stroke?.paint == .ink }.map { DrawnFigure.frame($0.path) }
    #expect(frames == [MatrixLayout(chart, style: ChartStyle()).cell(0, 1)])
  }

  @Test("The description names the peak of each row and what is missing")
  func words() {
    #expect(
      Self.chart([[0.1, 0.9], [0.4, nil], [nil, nil]]).figure(ChartStyle()).description
        == "share of 3 rows against 2 columns. From 0.10 to 0.90; 3 missing. Highest in each row: "
        + "r0: c1 (0.90), r1: c0 (0.40).")
  }
}
