import Testing

@testable import ChiasmReporting

@Suite("Laws of the flow")
struct FlowChartTests {
  static let weights: [[Double]] = [
    [0.2, 0.05, 0.01], [0.1, 0.3, 0.02], [0, 0.02, 0.325], [0.01, .nan, -1],
  ]

  static func chart(_ weights: [[Double]] = weights) -> FlowChart {
    let links = weights.enumerated().flatMap { left, row in
      row.enumerated().map { FlowChart.Link(left: left, right: $0, weight: $1) }
    }
    return FlowChart(
      SampleCharts.heading, left: ["a", "b", "c", "d"], right: ["x", "y", "z"], links: links)
  }

  private static func sum(_ values: [Double]) -> Double { values.reduce(0, +) }

  @Test("The widths of ribbons add up to the heights of the nodes at both ends")
  func widthsAddUp() {
    let layout = FlowLayout(Self.chart(), style: ChartStyle())
    let links = Self.chart().links
    for (place, node) in layout.nodes.left.enumerated() {
      let ribbons = layout.ribbons.filter { links[$0.place].left == place }
      #expect(abs(Self.sum(ribbons.map(\.width)) - node.height) < 1e-9)
      #expect(ribbons.allSatisfy { $0.left >= node.y - 1e-9 })
      #expect(ribbons.allSatisfy { $0.left + $0.width <= node.y + node.height + 1e-9 })
    }
    for (place, node) in layout.nodes.right.enumerated() {
      let ribbons = layout.ribbons.filter { links[$0.place].right == place }
      #expect(abs(Self.sum(ribbons.map(\.width)) - node.height) < 1e-9)
      #expect(ribbons.allSatisfy { $0.right >= node.y - 1e-9 })
      #expect(ribbons.allSatisfy { $0.right + $0.width <= node.y + node.height + 1e-9 })
    }
  }

  @Test("Widths are in proportion to weights")
  func widthsAreWeights() throws {
    let chart = Self.chart()
    let ribbons = FlowLayout(chart, style: ChartStyle()).ribbons
    let first = try #require(ribbons.first)
    for ribbon in ribbons {
      let ratio = chart.links[ribbon.place].weight / chart.links[first.place].weight
      #expect(abs(ribbon.width / first.width - ratio) < 1e-9 * ratio)
    }
    #expect(ribbons.count == 9, "Weights of zero, below it and NaN have no ribbon.")
  }

  @Test("Both sides fill the same height, in order and without overlap")
  func sidesFill() throws {
    let layout = FlowLayout(Self.chart(), style: ChartStyle())
    for nodes in [layout.nodes.left, layout.nodes.right] {
      let (first, last) = (try #require(nodes.first), try #require(nodes.last))
      #expect(abs(first.y - layout.area.y) < 1e-9)
      #expect(abs(last.y + last.height - layout.area.maxY) < 1e-9)
      for (above, below) in zip(nodes, nodes.dropFirst()) {
        #expect(below.y > above.y + above.height)
      }
    }
    let heights = [layout.nodes.left, layout.nodes.right].map { Self.sum($0.map(\.height)) }
    #expect(abs(heights[0] - heights[1]) < 1e-9)
  }

  @Test("Ribbons do not cross where they leave and where they arrive")
  func endsAreInOrder() {
    let chart = Self.chart()
    let ribbons = FlowLayout(chart, style: ChartStyle()).ribbons
    for one in ribbons {
      for other in ribbons where one.place < other.place {
        let (a, b) = (chart.links[one.place], chart.links[other.place])
        if a.left == b.left { #expect(one.left + one.width <= other.left + 1e-9) }
        if a.right == b.right { #expect(one.right + one.width <= other.right + 1e-9) }
      }
    }
  }

  @Test("What is below the least share is left out and said to be")
  func smallIsLeftOut() {
    let chart = Self.chart([
      [0.2, 0.05, 0.001], [0.1, 0.3, 0.02], [0, 0.004, 0.325], [0.0001, .nan, -1],
    ])
    let layout = FlowLayout(chart, style: ChartStyle())
    #expect(layout.ribbons.count == 6)
    #expect(layout.omitted.count == 3)
    #expect(abs(layout.omitted.share - 0.0051 / 1.0001) < 1e-12)
    let words = chart.figure(ChartStyle()).description
    #expect(words.contains("3 links below 0.5 % left out, 0.51 % in all"))
    #expect(words.contains("a to x (79.7 %)"))
  }

  @Test("A ribbon is filled, and one too thin to be seen has a line as well")
  func thinRibbons() {
    let style = ChartStyle(size: FigureSize(width: 252, height: 60))
    let drawn = DrawnFigure(Self.chart().figure(style))
    #expect(drawn.paths(titled: "a to x: 0.2 (19.3 %)").count == 1)
    #expect(drawn.paths(titled: "d to x: 0.01 (0.966 %)").count == 2)
  }

  @Test("Names that have all the room they need are whole", arguments: [7.0, 9, 11.3, 14])
  func namesAreWhole(_ fontSize: Double) {
    let texts = DrawnFigure(Self.chart().figure(ChartStyle(fontSize: fontSize))).texts
    #expect(Set(texts.map(\.label.text)) == ["a", "b", "c", "d", "x", "y", "z"])
  }

  @Test("A tooltip of the caller stands in place of the chart's")
  func tooltips() {
    let chart = FlowChart(
      SampleCharts.heading, left: ["a"], right: ["x"],
      links: [.init(left: 0, right: 0, weight: 2, tooltip: "all of it,\n1 to 1")])
    let drawn = DrawnFigure(chart.figure(ChartStyle()))
    #expect(drawn.titles.contains("all of it, 1 to 1"))
    #expect(!drawn.titles.contains { $0.hasPrefix("a to x") })
  }

  @Test("Where there is no room for all names, those of the largest nodes are written")
  func crowdedNames() {
    let names = (0..<50).map { "n\($0)" }
    let chart = FlowChart(
      SampleCharts.heading, left: names, right: ["x"],
      links: names.indices.map { .init(left: $0, right: 0, weight: Double($0 + 1)) })
    let style = ChartStyle(size: FigureSize(width: 252, height: 120))
    let texts = Set(DrawnFigure(chart.figure(style)).texts.map(\.label.text))
    #expect(texts.contains("n49") && !texts.contains("n0"))
    #expect(
      Set(names).isSubset(of: DrawnFigure(chart.figure(ChartStyle())).texts.map(\.label.text)))
  }

  @Test("200 stages fit a page, with names that are evenly apart")
  func manyStages() {
    let names = (0..<200).map { "layer\($0)" }
    let chart = FlowChart(
      SampleCharts.heading, left: ["V1"], right: names,
      links: names.indices.map { .init(left: 0, right: $0, weight: 1) })
    for style in [ChartStyle(), ChartStyle(width: 276)] {
      let figure = chart.figure(style)
      #expect(figure.size.height <= 700)
      let shown = DrawnFigure(figure).texts.filter { $0.label.text.hasPrefix("layer") }
      let numbers = shown.compactMap { Int($0.label.text.dropFirst(5)) }
      #expect(numbers.first == 0 && shown.count > 20)
      for (one, next) in zip(numbers, numbers.dropFirst()) { #expect(next - one == numbers[1]) }
      for (one, next) in zip(shown, shown.dropFirst()) { #expect(one.bottom <= next.top + 0.01) }
    }
  }
}
