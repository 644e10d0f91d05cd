import Testing

@testable import ChiasmReporting

@Suite("What every chart keeps")
struct ChartContractTests {
  static let styles = [
    ChartStyle(), ChartStyle(width: 252), ChartStyle(width: 252, fontSize: 7),
    ChartStyle(fontSize: 14, palette: .gray), ChartStyle(palette: .blueRed),
    ChartStyle(size: FigureSize(width: 252, height: 252), palette: .cividis),
    ChartStyle(size: FigureSize(width: 1000, height: 60)),
    ChartStyle(size: FigureSize(width: 60, height: 1000), fontSize: 30),
    ChartStyle(size: FigureSize(width: 1, height: 1), fontSize: 200),
    ChartStyle(width: .nan, fontSize: .nan),
  ]

  @Test("Every mark lies on the canvas at a number", arguments: SampleCharts.all, styles)
  func marksLieOnCanvas(_ sample: SampleCharts, _ style: ChartStyle) {
    for chart in sample.charts {
      let figure = chart.figure(style)
      let drawn = DrawnFigure(figure)
      let (width, height) = (figure.size.width, figure.size.height)
      #expect(width >= 72 && height >= 36 && width.isFinite && height.isFinite)
      // Half of the widest line lies beyond the places that it goes through.
      let slack = 1.0
      let outside = drawn.points.filter {
        !($0.x >= -slack && $0.x <= width + slack && $0.y >= -slack && $0.y <= height + slack)
      }
      #expect(outside.isEmpty, "\(type(of: chart)) on \(figure.size): \(outside.prefix(3))")
      for text in drawn.texts {
        let isInside =
          text.left >= -1e-3 && text.right <= width + 1e-3 && text.top >= -1e-3
          && text.bottom <= height + 1e-3
        #expect(isInside, "\(type(of: chart)) on \(figure.size): \(text.label)")
      }
    }
  }

  @Test("Chosen sizes are kept")
  func sizesAreKept() {
    let size = FigureSize(width: 333, height: 222)
    for chart in SampleCharts.all.flatMap(\.charts) {
      #expect(chart.figure(ChartStyle(size: size)).size == size)
      #expect(chart.figure(ChartStyle(width: 333)).size.width == 333)
    }
  }

  @Test("The same chart gives the same figure, and the text is XML", arguments: SampleCharts.all)
  func figuresAreTheSame(_ sample: SampleCharts) throws {
    for (first, second) in zip(sample.charts, sample.charts) {
      let figure = first.figure(ChartStyle())
      #expect(figure == second.figure(ChartStyle()))
      #expect(try ParsedSVG(figure.svg()).all("title").count > 0)
    }
  }

  @Test("A chart says what is to be seen, under its own name", arguments: SampleCharts.all)
  func descriptions(_ sample: SampleCharts) {
    for chart in sample.charts {
      let figure = chart.figure(ChartStyle())
      let words = figure.description
      #expect(figure.name == "sample" && figure.title == "A sample")
      #expect(words.hasSuffix("."), "\(type(of: chart)): \(words)")
      #expect(!words.contains("nan") && !words.contains("inf "), "\(words)")
    }
  }

  @Test("A name that is shortened stands whole in a title")
  func wholeNames() {
    let long = (0..<3).map { "A\($0) " + String(repeating: "long name ", count: 20) + "\($0)Z" }
    let sample = SampleCharts("long", rows: long, columns: long, value: SampleCharts.number)
    for chart in sample.charts {
      let drawn = DrawnFigure(chart.figure(ChartStyle(width: 252)))
      for name in long {
        #expect(drawn.titles.contains(name), "\(type(of: chart)) \(drawn.titles)")
      }
      #expect(drawn.texts.contains { $0.label.text.contains("…") })
    }
  }

  @Test("Labels of rows, columns, axes and panels do not lie on each other")
  func labelsAreApart() {
    let samples = SampleCharts.all.filter {
      ["5 × 6", "20 × 60", "40 × 2", "gaps", "signs"].contains($0.testDescription)
    }
    for chart in samples.flatMap(\.charts) {
      for style in Self.styles.prefix(4) {
        let texts = DrawnFigure(chart.figure(style)).texts
        for (place, text) in texts.enumerated() {
          let others = texts[(place + 1)...].filter { $0.overlaps(text) }
          #expect(
            others.isEmpty,
            "\(type(of: chart)) \(style): \(text.label.text) / \(others.map(\.label.text))")
        }
      }
    }
  }
}

extension DrawnFigure.Text {
  func overlaps(_ other: Self) -> Bool {
    min(right, other.right) - max(left, other.left) > 0.01
      && min(bottom, other.bottom) - max(top, other.top) > 0.01
  }
}
