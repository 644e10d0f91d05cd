import Testing

@testable import ChiasmReporting

@Suite("Laws of what charts are laid out by")
struct ChartLayoutTests {
  @Test("Names give up what they have in common, and no number is cut in two")
  func affixes() {
    let layers = Affixes(["blocks.10.attn", "blocks.11.attn", "blocks.2.attn"])
    #expect(layers.start == "blocks." && layers.end == ".attn")
    #expect(layers.core(of: "blocks.11.attn") == "11")
    #expect(Affixes(["a11", "a12"]).start == "a")
    #expect(Affixes(["x1y21", "x2y21"]).end == "y21")
    #expect(Affixes(["x1y21", "x2y121"]).end == "")
    #expect(Affixes(["conv", "conv2"]) == Affixes([]), "A name would have nothing left.")
    #expect(Affixes(["same", "same"]) == Affixes(["one"]))
  }

  @Test("Shortened names fit, and differ wherever there is room for what tells them apart")
  func shortened() {
    let style = ChartStyle()
    let names = (0..<24).map { "blocks.\($0).attention.output.projection" }
    for room in [30.0, 60, 120, 500] {
      let shown = style.shortened(names, to: room)
      #expect(shown.allSatisfy { style.width($0) <= room + 1e-5 })
      #expect(Set(shown).count == 24, "\(room): \(shown)")
    }
    #expect(style.shortened(names, to: 500) == names)
    #expect(style.shortened(names, to: 0) == Array(repeating: "", count: 24))
    #expect(style.shortened(["left hippocampus", "cerebellum"], to: 60)[0].contains("…"))
  }

  static let crowds: [(wishes: [Double], expected: [Double])] = [
    ([1, 2, 3], [1, 2, 3]), ([5, 5], [4.5, 5.5]), ([0, 0, 9], [0, 1, 9]),
    ([10, 10, 10], [8, 9, 10]), ([3, 3.5, 8], [2.75, 3.75, 8]), ([], []), ([4], [4]),
    (Array(repeating: 5, count: 21), (0...20).map { Double($0) / 2 }),
  ]

  @Test("Places are moved apart, in order, between the ends, and no further than needed")
  func spacing() {
    for (wishes, expected) in Self.crowds {
      let places = Spacing.apart(wishes, by: 1, from: 0, to: 10)
      #expect(places.count == expected.count)
      #expect(zip(places, expected).allSatisfy { abs($0 - $1) < 1e-9 }, "\(places)")
    }
  }

  @Test("An axis holds its values, has ticks inside and keeps order")
  func valueAxis() {
    let samples: [[Double]] = [
      [], [0], [3, 3], [-2, 7], [1e15, 1e15 + 1], [1.7e308, -1.7e308], [.leastNonzeroMagnitude, 0],
      [.nan, 2],
    ]
    for values in samples {
      for isFromZero in [true, false] {
        let axis = ValueAxis(values, isFromZero: isFromZero)
        #expect(axis.low < axis.high && axis.low.isFinite && axis.high.isFinite)
        #expect(axis.ticks.allSatisfy { $0.value >= axis.low && $0.value <= axis.high })
        #expect(values.compactMap(\.drawable).allSatisfy { $0 >= axis.low && $0 <= axis.high })
        let places = axis.ticks.map { axis.place($0.value, from: 100, to: 0) }
        #expect(places == places.sorted(by: >) && places.allSatisfy { $0 >= 0 && $0 <= 100 })
        if isFromZero { #expect(axis.low <= 0 && axis.high >= 0) }
      }
    }
    #expect(ValueAxis([2, 4], isFromZero: true, margin: 0).low == 0)
  }

  @Test("Panels are equal, apart from each other and inside the frame")
  func panels() {
    let frame = Frame(x: 10, y: 20, width: 300, height: 200)
    for (count, columns) in [(1, 1), (5, 3), (7, 2), (0, 4)] {
      let grid = PanelGrid(count: count, columns: columns, in: frame, gaps: (10, 20))
      #expect(grid.frames.count == count)
      for (place, panel) in grid.frames.enumerated() {
        #expect(panel.x >= 10 && panel.y >= 20 && panel.maxX <= 310.001 && panel.maxY <= 220.001)
        #expect(grid.frames[..<place].allSatisfy { $0.maxX <= panel.x || $0.maxY <= panel.y })
      }
      #expect(grid.frames.indices.filter(grid.isLowest).count == min(count, columns))
    }
    #expect(PanelGrid.columns(count: 5, width: 400, least: 100) == 3, "Rows of three and two.")
    #expect(PanelGrid.columns(count: 10, width: 50, least: 100) == 1)
    #expect(PanelGrid.columns(count: 10, width: 200, least: 100, height: 90, low: 40) == 4)
  }

  @Test(
    "Names are upright where they do not fit side by side, and thinned where that is not enough")
  func categories() {
    let style = ChartStyle()
    let names = (0..<10).map { "layer number \($0)" }
    let wide = CategoryAxis(names, step: 100, room: 60, style: style)
    let narrow = CategoryAxis(names, step: 12, room: 40, style: style)
    let tight = CategoryAxis(names, step: 3, room: 60, style: style)
    let numbers = CategoryAxis((0..<10).map(String.init), step: 6, room: 60, style: style)
    #expect(!wide.isUpright && wide.stride == 1)
    #expect(narrow.isUpright && narrow.stride == 1 && narrow.height == 40)
    #expect(tight.isUpright && tight.stride == 5)
    #expect(!numbers.isUpright && numbers.stride == 2)
  }

  @Test("A name in a sentence cannot turn what stands beside it around")
  func isolation() {
    #expect("V1".isolated == "V1")
    #expect("שלום".isolated == "\u{2068}שלום\u{2069}")
    #expect("a\u{202E}b".isolated.hasPrefix("\u{2068}"))
    #expect(" two\n lines\u{1} ".flattened == "two lines\u{FFFD}")
  }
}
