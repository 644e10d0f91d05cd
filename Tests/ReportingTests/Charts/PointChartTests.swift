import Testing

@testable import ChiasmReporting

@Suite("Laws of charts of points")
struct PointChartTests {
  static let profile = ProfileChart(
    SampleCharts.heading, categories: (0..<6).map { "conv\($0)" },
    panels: [
      .init(
        "V1",
        points: [0.1, 0.2, nil, 0.4, 0.3, 0.2].map { value in
          .init(value, band: value.map { .init(low: $0 - 0.05, high: $0 + 0.05) })
        }, level: 0.5, marked: 3),
      .init("V2", points: [0.4, 0.3, 0.2, 0.1, .nan, 0].map { .init($0) }),
    ], categoryName: "Layer", valueName: "score", levelName: "ceiling", markName: "preferred")

  private static func center(_ path: Path) -> Point { DrawnFigure.frame(path).center }

  @Test("Points of a profile lie in proportion, on one axis for all panels")
  func profilePoints() throws {
    let drawn = DrawnFigure(Self.profile.figure(ChartStyle()))
    func y(_ title: String) throws -> Double {
      Self.center(try #require(drawn.paths(titled: title).first)).y
    }
    let first = try [y("V1, conv0: 0.1"), y("V1, conv1: 0.2"), y("V1, conv3: 0.4")]
    let level = try y("V1, ceiling: 0.5")
    let second = try [y("V2, conv5: 0"), y("V2, conv0: 0.4")]
    let step = first[0] - first[1]
    #expect(step > 5)
    #expect(abs(first[0] - first[2] - 3 * step) < 1e-9)
    #expect(abs(second[0] - second[1] - 4 * step) < 1e-9)
    #expect(abs(first[2] - level - step) < 1e-9)
    #expect(abs(first[2] - second[1]) < 1e-9)
  }

  @Test("A line is broken at what is missing; the point that stands out has a ring")
  func profileGaps() {
    let drawn = DrawnFigure(Self.profile.figure(ChartStyle()))
    let lines = drawn.paths.filter { $0.stroke?.width == 1.2 }.map { $0.path.pieces.count }
    #expect(lines == [2, 3, 4], "Five of six points each, broken after two and after four.")
    #expect(drawn.paths(titled: "V1, conv3").count == 2)
    #expect(drawn.paths(titled: "V1, conv4").count == 1)
    #expect(drawn.paths(titled: "V1, conv2").isEmpty)
    #expect(drawn.titles.contains("V1, conv3: 0.4, interval 0.35 to 0.45, preferred"))
  }

  @Test("Names that do not fit side by side lose what they have in common, said once below")
  func profileNames() {
    let wide = DrawnFigure(Self.profile.figure(ChartStyle())).texts.map(\.label.text)
    #expect(wide.contains("conv0") && wide.contains("Layer"))
    let narrow = DrawnFigure(Self.profile.figure(ChartStyle(width: 200))).texts.map(\.label.text)
    #expect(narrow.contains("0") && narrow.contains("Layer (conv*)"))
  }

  @Test("Points, intervals and references of rows lie on one axis")
  func intervals() throws {
    let chart = IntervalChart(
      SampleCharts.heading,
      rows: [
        .init("one", value: 0.2, interval: .init(low: 0.3, high: 0.1)),
        .init("two", value: 0.3, reference: .init(mean: 0.2, deviation: 0.1), note: "rank 3"),
        .init("three", value: nil),
      ], valueName: "score", referenceName: "null")
    let drawn = DrawnFigure(chart.figure(ChartStyle()))
    let one = drawn.paths(titled: "one").map(DrawnFigure.frame)
    let two = drawn.paths(titled: "two").map(DrawnFigure.frame)
    #expect(one.count == 2 && two.count == 3)
    let (interval, dot) = (one[0], one[1])
    #expect(abs(interval.center.x - dot.center.x) < 1e-9)
    #expect(abs(two[0].x - interval.x) < 1e-9 && abs(two[0].maxX - interval.maxX) < 1e-9)
    #expect(abs(two[1].x - dot.center.x) < 1e-9)
    #expect(abs(two[2].center.x - interval.maxX) < 1e-9)
    #expect(drawn.titles.contains("one: 0.200, interval 0.1 to 0.3"))
    #expect(drawn.titles.contains("two: 0.300, null 0.2 ± 0.1, rank 3"))
    #expect(drawn.texts.contains { $0.label.text == "n/a" })
    #expect(
      chart.figure(ChartStyle()).description
        == "score of 3 rows: highest two (0.300), lowest one (0.200); 1 missing.")
  }

  @Test("A guide that the points equal goes through them")
  func depthGuide() throws {
    let chart = DepthChart(
      SampleCharts.heading,
      points: [1.0, 2.5, 3].enumerated().map { .init("r\($0)", value: $1) },
      categoryName: "Region", valueName: "depth", levels: ["a", "b", "c"],
      guide: .init("identity", values: [1, 2.5, 3]), note: "ρ = 1")
    let drawn = DrawnFigure(chart.figure(ChartStyle()))
    let dots = (0..<3).flatMap { drawn.paths(titled: "r\($0)") }.map(Self.center)
    let guide = try #require(drawn.paths.first { $0.stroke?.dashes == [3, 2] })
    let places = DrawnFigure.points(guide.path)
    #expect(zip(dots, places).allSatisfy { abs($0.x - $1.x) + abs($0.y - $1.y) < 1e-9 })
    #expect(dots.count == 3 && places.count == 3)
    let level = try #require(drawn.texts.first { $0.label.text == "a" })
    #expect(abs((level.top + level.bottom) / 2 - dots[0].y) < 2)
    let texts = drawn.texts.map(\.label.text)
    #expect(["a", "b", "c", "ρ = 1", "identity"].allSatisfy(texts.contains))
  }

  @Test("Lines across a chart of 200 levels lie apart, each with its name")
  func manyLevels() {
    let names = (0..<200).map { "layer\($0)" }
    let chart = DepthChart(
      SampleCharts.heading, points: [.init("V1", value: 3), .init("IT", value: 190)],
      categoryName: "Region", valueName: "Expected depth", levels: names)
    for style in [ChartStyle(), ChartStyle(width: 276), ChartStyle(fontSize: 14)] {
      let drawn = DrawnFigure(chart.figure(style))
      let lines = drawn.paths.filter { $0.stroke?.paint == .rule }
        .map { DrawnFigure.frame($0.path).y }
      #expect(lines.count > 3)
      #expect(lines.count == drawn.texts.count { $0.label.text.hasPrefix("layer") })
      for (one, next) in zip(lines, lines.dropFirst()) {
        #expect(one - next >= style.smallLetters)
      }
    }
  }

  @Test("What values are compared with is a grey band behind them, with its key")
  func profileReference() throws {
    let chart = ProfileChart(
      SampleCharts.heading, categories: ["a", "b"],
      panels: [
        .init(
          "V1",
          points: [0.5, 0.6].map {
            .init($0, reference: .init(low: 0.1, high: 0.2), note: "p = 0.01")
          })
      ], categoryName: "Layer", valueName: "value", referenceName: "permuted")
    let drawn = DrawnFigure(chart.figure(ChartStyle()))
    let bands = drawn.paths.filter { $0.fill == .shade }
    #expect(bands.count == 2, "The band and its key.")
    #expect(drawn.texts.contains { $0.label.text == "permuted" })
    #expect(drawn.titles.contains("V1, a: 0.5, permuted 0.1 to 0.2, p = 0.01"))
  }
}
