import Testing

@testable import ChiasmReporting

extension Mark {
  /// The marks of a group one by one, groups within too; any other mark itself.
  fileprivate var leaves: [Mark] {
    if case .group(let marks, _) = self { marks.flatMap(\.leaves) } else { [self] }
  }
}

extension Figure {
  fileprivate var leaves: [Mark] { marks.flatMap(\.leaves) }
  fileprivate var images: [(raster: Raster, frame: Frame)] {
    leaves.compactMap {
      if case .image(let raster, let frame) = $0 { (raster, frame) } else { nil }
    }
  }
  fileprivate var labels: [Label] {
    leaves.compactMap { if case .text(let label) = $0 { label } else { nil } }
  }
  fileprivate var titles: [String] {
    marks.compactMap { if case .group(_, let title) = $0 { title } else { nil } }
  }
  fileprivate func has(_ text: String) -> Bool { labels.contains { $0.text == text } }
}

private let heading = ChartHeading(name: "slices", title: "Slices")

private func panel(
  _ values: [Double], columns: Int, width: Double? = nil, height: Double? = nil,
  region: [Double]? = nil, background: PixelMatrix? = nil, caption: String = "z = 1 mm"
) -> SliceChart.Panel {
  func matrix(_ values: [Double]) -> PixelMatrix {
    PixelMatrix(rowCount: values.count / columns, columnCount: columns, values: values)
  }
  return SliceChart.Panel(
    values: matrix(values), region: region.map(matrix), background: background,
    width: width ?? Double(columns), height: height ?? Double(values.count / columns),
    caption: caption, leftEnd: "L", rightEnd: "R")
}

private func chart(
  _ panels: [SliceChart.Panel], _ coloring: SliceColoring = .scale(name: "depth"),
  isOutlined: Bool = false
) -> SliceChart {
  SliceChart(
    heading,
    rows: [.init("Axial", pixelName: "voxel", isOutlined: isOutlined, panels: panels)],
    coloring: coloring)
}

@Suite("Laws: slice charts")
struct SliceChartTests {
  private let nothing = Double.nan

  @Test("A pixel has the colour of its value, row by row from the top; NaN can be seen through")
  func pixels() throws {
    let figure = chart([panel([0, 10, nothing, 5, 2, 7.5], columns: 3)]).figure(ChartStyle())
    let raster = try #require(figure.images.first?.raster)
    #expect((raster.width, raster.height) == (3, 2))
    for (place, value) in [0, 10, nothing, 5, 2, 7.5].enumerated() {
      let pixel = Array(raster.bytes[(4 * place)..<(4 * place + 4)])
      let color = ColorMap.viridis.color(value / 10).bytes
      #expect(pixel == (value.isNaN ? [0, 0, 0, 0] : [color.red, color.green, color.blue, 255]))
    }
  }

  @Test("All panels have one scale, and so their shape", arguments: [72.0, 252, 504, 2000])
  func aspect(_ width: Double) {
    let panels = [
      panel([1, 2, 3, 4], columns: 2, width: 40, height: 90),
      panel([1, 2, 3], columns: 3, width: 120, height: 10),
    ]
    for style in [
      ChartStyle(width: width), ChartStyle(size: FigureSize(width: width, height: 200)),
    ] {
      let frames = chart(panels).figure(style).images.prefix(2).map(\.frame)
      let scale = frames[0].width / 40
      #expect(scale > 0)
      #expect(abs(frames[0].height / 90 - scale) < 1e-9)
      #expect(abs(frames[1].width / 120 - scale) < 1e-9)
      #expect(abs(frames[1].height / 10 - scale) < 1e-9)
    }
  }

  @Test(
    "Nothing runs off the canvas or lies on another picture", arguments: [1, 2, 6, 7, 23],
    [120.0, 252, 504])
  func room(_ count: Int, _ width: Double) {
    let long = "z = −123.456789 mm " + String(repeating: "W<&\"", count: 30)
    let panels = (0..<count).map {
      panel([1, 2, 3, 4], columns: 2, width: 80, height: 95, caption: $0 == 1 ? long : "z = \($0)")
    }
    let figure = chart(panels).figure(ChartStyle(width: width))
    let frames = figure.images.prefix(count).map(\.frame)
    #expect(frames.count == count)
    for (place, frame) in frames.enumerated() {
      #expect(frame.x >= 0 && frame.x + frame.width <= figure.size.width + 1e-9)
      #expect(frame.y >= 0 && frame.y + frame.height <= figure.size.height)
      for other in frames[..<place] {
        let isBeside =
          other.x + other.width <= frame.x || other.y + other.height <= frame.y
        #expect(isBeside, "\(other) \(frame)")
      }
    }
    for label in figure.labels {
      let length = TextMeasure.width(of: label.text, size: label.size, isBold: label.isBold)
      let start =
        label.place.x - (label.anchor == .start ? 0 : label.anchor == .end ? length : length / 2)
      #expect(start >= -1e-9 && start + length <= figure.size.width + 1e-9, "\(label)")
      #expect(label.place.y > 0 && label.place.y <= figure.size.height)
    }
    #expect(figure.labels.count { $0.text == "L" } == count)
    #expect(figure.labels.count { $0.text == "R" } == count)
  }

  @Test(
    "Whatever the size and the names, all is on a canvas of the size asked for",
    arguments: [
      ChartStyle(), ChartStyle(width: 252, fontSize: 7), ChartStyle(width: 90),
      ChartStyle(fontSize: 14), ChartStyle(width: 252, fontSize: 40),
      ChartStyle(size: FigureSize(width: 1000, height: 60)),
      ChartStyle(size: FigureSize(width: 80, height: 1000), fontSize: 30),
      ChartStyle(size: FigureSize(width: 252, height: 252)),
    ])
  func canvas(_ style: ChartStyle) {
    let panels = SampleFigure.hostileNames.map {
      panel([1, 2, nothing, 4], columns: 2, width: 300, height: 200, caption: $0)
    }
    let names = SampleFigure.hostileNames.enumerated().map {
      SliceColoring.Name(Double($0 + 1), $1)
    }
    for coloring in [
      SliceColoring.names(SampleFigure.hostileNames[0], names, isOrdered: true),
      .scale(name: String(repeating: "Correlation ", count: 30)), .scale(name: ""),
    ] {
      let rows = SampleFigure.hostileNames.prefix(5).map {
        SliceChart.Row($0, isOutlined: true, panels: panels)
      }
      let figure = SliceChart(heading, rows: rows, coloring: coloring)
        .figure(style)
      if let size = style.size { #expect(figure.size == size) }
      #expect(figure.size.width == style.canvasWidth)
      let drawn = DrawnFigure(figure)
      for point in drawn.points {
        #expect(point.x >= -0.01 && point.x <= figure.size.width + 0.01, "\(point)")
        #expect(point.y >= -0.01 && point.y <= figure.size.height + 0.01, "\(point)")
      }
      for text in drawn.texts {
        #expect(text.left >= -0.01 && text.right <= figure.size.width + 0.01, "\(text.label)")
        #expect(text.top >= -0.01 && text.bottom <= figure.size.height + 0.01, "\(text.label)")
      }
    }
  }

  @Test("The left end is named at the left, the right end at the right")
  func ends() throws {
    let figure = chart([panel([1], columns: 1)]).figure(ChartStyle())
    let left = try #require(figure.labels.first { $0.text == "L" })
    let right = try #require(figure.labels.first { $0.text == "R" })
    #expect(left.place.x < right.place.x && left.anchor == .start && right.anchor == .end)
  }

  @Test("The outline of a region is as long as its edges")
  func outline() {
    let values = [1, nothing, 1, 1, 1, nothing, nothing, 1, 1]
    let matrix = PixelMatrix(rowCount: 3, columnCount: 3, values: values)
    let path = matrix.outline(in: Frame(x: 5, y: 7, width: 30, height: 60))
    var (length, start) = (0.0, Point(0, 0))
    for piece in path.pieces {
      switch piece {
      case .move(let point): start = point
      case .line(let point): length += abs(point.x - start.x) + abs(point.y - start.y)
      default: Issue.record("An outline has straight edges only.")
      }
    }
    func isInside(_ row: Int, _ column: Int) -> Bool {
      (0..<3).contains(row) && (0..<3).contains(column) && !values[row * 3 + column].isNaN
    }
    var expected = 0.0
    for row in -1..<3 {
      for column in -1..<3 {
        if isInside(row, column) != isInside(row + 1, column) { expected += 10 }
        if isInside(row, column) != isInside(row, column + 1) { expected += 20 }
      }
    }
    #expect(abs(length - expected) < 1e-9 && expected > 0)
    let empty = PixelMatrix(
      rowCount: 2, columnCount: 2, values: [nothing, nothing, nothing, nothing])
    #expect(empty.outline(in: Frame(x: 0, y: 0, width: 1, height: 1)).pieces.isEmpty)
  }
}

@Suite("Contract: slice charts")
struct SliceChartContractTests {
  private let nothing = Double.nan

  @Test("Below pictures without a background is the colour that a page sets for light and dark")
  func field() throws {
    let plain = chart([panel([1], columns: 1)]).figure(ChartStyle())
    let svg = plain.svg(for: .page)
    #expect(svg.contains("fill=\"var(--field, #ededed)\""))
    #expect(!svg.contains("\"#ededed\"") && plain.svg().contains("\"#ededed\""))
  }

  @Test("Zero is the middle of the colours where a value or the range is negative")
  func signed() throws {
    let middle = ColorMap.blueRed.color(0.5).bytes
    for coloring in [SliceColoring.scale(name: "r"), .scale(name: "r", range: -0.5...0.5)] {
      let figure = chart([panel([0, 0.4, -0.1], columns: 3)], coloring).figure(ChartStyle())
      let raster = try #require(figure.images.first?.raster)
      #expect(Array(raster.bytes.prefix(4)) == [middle.red, middle.green, middle.blue, 255])
    }
  }

  @Test("The name of a part stands on its largest cluster, and those of small ones are left out")
  func partNames() throws {
    let nothing = Double.nan
    // Part 1 fills the left and has a pixel at the right; part 2 is one pixel.
    var parts = Array(repeating: nothing, count: 400)
    for row in 0..<20 { for column in 0..<8 { parts[row * 20 + column] = 1 } }
    (parts[19], parts[219]) = (1, 2)
    let matrix = PixelMatrix(rowCount: 20, columnCount: 20, values: parts)
    let picture = SliceChart.Panel(
      values: matrix, parts: matrix, width: 100, height: 100, caption: "z = 1 mm")
    let figure = SliceChart(
      heading, rows: [.init("Axial", panels: [picture])], coloring: .scale(name: "depth"),
      partNames: [.init(1, "V1"), .init(2, "V2")]
    ).figure(ChartStyle())
    let label = try #require(figure.labels.first { $0.text == "V1" })
    let frame = try #require(figure.images.first?.frame)
    #expect(abs(label.place.x - (frame.x + 0.2 * frame.width)) <= 0.03 * frame.width)
    #expect(label.halo == .paper && !figure.has("V2"))
    #expect(figure.svg().matches(of: />V1<\/text>/).count == 2, "The halo, the letters.")
  }

  @Test("Names on a picture do not lie on each other or beyond its edge")
  func partNamesApart() {
    let parts = PixelMatrix(
      rowCount: 30, columnCount: 30, values: (0..<900).map { Double($0 / 30 / 5 + 1) })
    let picture = SliceChart.Panel(
      values: parts, parts: parts, width: 100, height: 100, caption: "z = 1 mm")
    let names = (1...6).map { SliceColoring.Name(Double($0), "region \($0)") }
    let figure = SliceChart(
      heading, rows: [.init("Axial", panels: [picture])], coloring: .scale(name: "depth"),
      partNames: names
    ).figure(ChartStyle())
    let boxes = DrawnFigure(figure).texts.filter { $0.label.halo != nil }
    #expect(boxes.count == 6)
    let image = DrawnFigure(figure).images[0]
    for (place, box) in boxes.enumerated() {
      #expect(box.left >= image.x && box.right <= image.maxX)
      for other in boxes[..<place] { #expect(box.top > other.bottom || box.bottom < other.top) }
    }
  }

  @Test("One voxel is a picture with a bar of colours")
  func oneVoxel() {
    let figure = chart([panel([0.5], columns: 1)]).figure(ChartStyle())
    #expect(figure.images.count == 2 && figure.has("depth") && figure.has("z = 1 mm"))
    #expect(figure.titles.first == "Axial, z = 1 mm: 1 voxel, 0.5")
    #expect(figure.description == "depth. Axial (z = 1 mm): 1 voxel, 0.5.")
  }

  @Test("Without a value it says so, in the picture's title, the legend and the description")
  func noValues() {
    let empty = [nothing, nothing]
    for coloring in [
      SliceColoring.scale(name: "depth"), .names("depth", [.init(1, "a")], isOrdered: false),
    ] {
      let figure = chart([panel(empty, columns: 2, region: [1, nothing])], coloring)
        .figure(ChartStyle())
      #expect(figure.has("depth: no values") && figure.description.contains("no values"))
      #expect(figure.titles.first == "Axial, z = 1 mm: no values, 1 without a value")
    }
    let nothingAtAll = SliceChart(heading, rows: [], coloring: .scale(name: "depth"))
    #expect(nothingAtAll.figure(ChartStyle()).description == "Nothing to show.")
  }

  @Test("Where a region has no value there is the colour of what is missing")
  func missing() throws {
    let figure = chart([panel([3, nothing, nothing], columns: 3, region: [1, 1, nothing])])
      .figure(ChartStyle())
    let region = try #require(figure.images.first?.raster)
    let grey = Color.missing.bytes
    #expect(region.bytes[4..<8] == [grey.red, grey.green, grey.blue, 255])
    #expect(region.bytes[8..<12] == [0, 0, 0, 0])
    #expect(figure.titles.first?.hasSuffix("1 voxel, 3, 1 without a value") == true)
  }

  @Test("Names have colours of their own and are counted; a number without a name is grey")
  func names() throws {
    let coloring = SliceColoring.names(
      "layer", [.init(1, "conv<1>"), .init(11101, "\u{5d0}\u{5d1}"), .init(7, "gone")],
      isOrdered: false)
    let figure = chart([panel([1, 11101, 11101, 4], columns: 4)], coloring).figure(ChartStyle())
    let bytes = try #require(figure.images.first?.raster.bytes)
    for (place, color) in [Color.category(0), .category(1), .category(1), .missing].enumerated() {
      #expect(
        Array(bytes[(4 * place)..<(4 * place + 3)]) == [
          color.bytes.red, color.bytes.green, color.bytes.blue,
        ])
    }
    #expect(figure.titles.first?.contains("4 voxels, conv<1> 1") == true)
    #expect(figure.titles.first?.hasSuffix("without a name 1") == true)
    #expect(figure.has("conv<1>") && figure.has("gone") && figure.has("layer"))
  }

  @Test("Of 200 names the legend has those that are in the pictures")
  func legendOfMany() {
    let names = (0..<200).map { SliceColoring.Name(Double($0 + 1), "layer\($0)") }
    let figure = chart(
      [panel([3, 180], columns: 2)], .names("Best layer", names, isOrdered: true)
    ).figure(ChartStyle())
    let shown = figure.labels.map(\.text).filter { $0.hasPrefix("layer") }
    #expect(shown == ["layer2", "layer179"])
  }

  @Test("More names than colours that differ take those of the palette, each once")
  func manyNames() {
    let names = (1...20).map { SliceColoring.Name(Double($0), "layer\($0)") }
    let figure = chart(
      [panel((1...20).map(Double.init), columns: 5)], .names("", names, isOrdered: false)
    ).figure(ChartStyle(width: 252))
    let bytes = figure.images[0].raster.bytes
    let colors = Set((0..<20).map { Array(bytes[(4 * $0)..<(4 * $0 + 4)]) })
    #expect(colors.count == 20)
    #expect(names.allSatisfy { figure.has($0.name) })
  }

  @Test("A chosen range stretches the colours; a palette with a middle has zero there")
  func ranges() {
    func first(_ coloring: SliceColoring, _ palette: ColorMap, _ values: [Double]) -> [UInt8] {
      let figure = chart([panel(values, columns: values.count)], coloring)
        .figure(ChartStyle(palette: palette))
      return Array(figure.images[0].raster.bytes[0..<3])
    }
    func bytes(_ color: Color) -> [UInt8] {
      [color.bytes.red, color.bytes.green, color.bytes.blue]
    }
    let scale = SliceColoring.scale(name: "", range: 1...5)
    #expect(first(scale, .viridis, [3]) == bytes(ColorMap.viridis.color(0.5)))
    #expect(first(scale, .viridis, [9]) == bytes(ColorMap.viridis.color(1)))
    #expect(first(.scale(name: ""), .blueRed, [0, -1, 7]) == bytes(ColorMap.blueRed.color(0.5)))
    #expect(first(.scale(name: ""), .blueRed, [.infinity, 1]).allSatisfy { $0 == 0 })
  }

  @Test("A background is grey, stretched over its values, below the colours")
  func background() throws {
    let anatomy = PixelMatrix(
      rowCount: 10, columnCount: 10, values: (0..<100).map { $0 == 3 ? .nan : Double($0) })
    let figure = chart([panel([nothing, 1], columns: 2, background: anatomy)]).figure(ChartStyle())
    #expect(figure.images.map(\.raster.width).prefix(2) == [10, 2])
    #expect(figure.images[0].frame == figure.images[1].frame)
    let bytes = figure.images[0].raster.bytes
    #expect(Array(bytes[0..<4]) == [0, 0, 0, 255] && Array(bytes[12..<16]) == [0, 0, 0, 0])
    #expect(bytes[396] > 200 && bytes[396] == bytes[397] && bytes[397] == bytes[398])
  }

  @Test("Fifteen slices of a head with anatomy are in the order of 200 kB")
  func weight() {
    // Smooth noise, which compresses no better than an image of a head.
    func anatomy(_ seed: Int) -> PixelMatrix {
      PixelMatrix(
        rowCount: 144, columnCount: 120,
        values: (0..<(144 * 120)).map { place in
          let (row, column) = (place / 120 - 72, place % 120 - 60)
          let isInside = row * row + column * column * 3 / 2 < 60 * 60
          return isInside ? Double((row * row / 40 + column * seed / 3) % 32 + place * 7919 % 3) : 0
        })
    }
    let panels = (1...15).map {
      panel(
        (0..<400).map { $0 % 20 < 7 ? Double($0 % 13) : .nan }, columns: 20,
        background: anatomy($0))
    }
    let size = chart(panels, isOutlined: true).figure(ChartStyle()).svg().utf8.count
    #expect(size < 300_000, "\(size) bytes")
  }
}
