internal import ChiasmStatistics

/// The colours of the pictures of a chart, and what says so.
struct SliceColors {
  /// What lies below the pixels where nothing else does.
  let ground: Paint
  private let style: ChartStyle
  private let palette: ColorMap
  private let coloring: SliceColoring
  private let axis: ValueAxis
  private let hasValues: Bool
  private let names: [Double: Color]
  /// The numbers that there are, each once.
  private let present: Set<Double>
  private let greys: ClosedRange<Double>

  init(_ chart: SliceChart, style: ChartStyle) {
    let panels = chart.rows.flatMap(\.panels)
    let values = panels.flatMap(\.values.present)
    let backgrounds = panels.compactMap(\.background)
    ground = backgrounds.isEmpty ? .field : .color(.black)
    greys = Self.greys(of: backgrounds.flatMap(\.present))
    coloring = chart.coloring
    hasValues = !values.isEmpty
    palette = style.palette(hasNegative: Self.hasNegative(values, chart.coloring))
    axis = Self.axis(values, chart.coloring, palette)
    names = Self.names(chart.coloring, style)
    present = Set(values)
    self.style = style
  }

  /// The colour of a value; nil for NaN.
  func color(_ value: Double) -> Color? {
    guard let value = value.drawable else { return nil }
    switch coloring {
    case .scale: return palette.color(axis.place(value, from: 0, to: 1))
    case .names: return names[value] ?? .missing
    }
  }

  private static func hasNegative(_ values: [Double], _ coloring: SliceColoring) -> Bool {
    switch coloring {
    case .scale(_, let range?): range.lowerBound < 0
    case .scale: values.contains { $0 < 0 }
    case .names: false
    }
  }

  private static func axis(
    _ values: [Double], _ coloring: SliceColoring, _ palette: ColorMap
  ) -> ValueAxis {
    if case .scale(_, let range?) = coloring,
      let low = range.lowerBound.drawable, let high = range.upperBound.drawable, low < high
    {
      return ValueAxis(low: low, high: high)
    }
    let most = values.reduce(0) { max($0, abs($1)) }
    let axis =
      palette.isDiverging
      ? ValueAxis(values + [-most, most], margin: 0)
      : ValueAxis(values, isFromZero: (values.min() ?? 0) >= 0, margin: 0)
    let range = Ticks.rounded(axis.low...axis.high, count: 12)
    return ValueAxis(low: range.lowerBound, high: range.upperBound)
  }

  private static func names(_ coloring: SliceColoring, _ style: ChartStyle) -> [Double: Color] {
    guard case .names(_, let names, let isOrdered) = coloring else { return [:] }
    let isPalette = isOrdered || names.count > Color.categories.count
    let colors = names.indices.map {
      isPalette ? style.color($0, of: names.count) : Color.category($0)
    }
    return Dictionary(zip(names.map(\.value), colors)) { first, _ in first }
  }

  /// From the 1st to the 99th hundredth of the values: a few bright pixels are not worth the contrast.
  private static func greys(of values: [Double]) -> ClosedRange<Double> {
    let sorted = values.sorted()
    guard let low = sorted.first, let high = sorted.last else { return 0...1 }
    let quantiles = Quantiles(sorted: sorted)
    let ends = (quantiles(0.01), quantiles(0.99))
    return ends.0 < ends.1 ? ends.0...ends.1 : low...high
  }

  /// One of 64 greys up to a light one, on which colours stand out; finer steps are not told apart, but
  /// make files larger.
  private func grey(_ value: Double) -> Color? {
    guard let value = value.drawable else { return nil }
    let length = greys.upperBound - greys.lowerBound
    let part = length > 0 ? (value - greys.lowerBound) / length : 0.5
    let step = (min(max(part, 0), 1) * 63).rounded() / 63 * 0.85
    return Color(red: step, green: step, blue: step)
  }
}

extension SliceColors {
  /// Draws a picture into a frame.
  func draw(
    _ panel: SliceChart.Panel, isOutlined: Bool, in frame: Frame, on sheet: inout Sheet
  ) {
    sheet.add(.rectangle(frame, fill: ground))
    if let background = panel.background, !background.values.isEmpty {
      sheet.add(.image(background.raster(grey), frame))
    }
    guard !panel.values.values.isEmpty else { return }
    if let region = panel.region, region.present.count > panel.values.present.count {
      sheet.add(.image(region.raster { $0.isNaN ? nil : .missing }, frame))
    }
    if !panel.values.present.isEmpty {
      sheet.add(.image(panel.values.raster(color), frame))
    }
    if isOutlined {
      let outline = (panel.region ?? panel.values).outline(in: frame)
      let line = ground == .field ? Paint.faintInk : .color(.white)
      sheet.add(.path(outline, stroke: Stroke(line, width: 0.5)))
    }
  }

  /// How high the legend is.
  func legendHeight(width: Double) -> Double {
    switch coloring {
    case .scale: style.letters * 1.1 + style.smallLetters * 1.5
    case .names: Double(entries(width: width).last?.line ?? 0) * style.line + style.line
    }
  }

  /// Draws the bar of colours or the names.
  func drawLegend(in frame: Frame, on sheet: inout Sheet) {
    guard hasValues else {
      sheet.write(
        "\(coloring.name.flattened, or: "Values"): no values",
        at: Point(frame.x, frame.y + style.letters * 0.5), room: frame.width, .note(style))
      return
    }
    switch coloring {
    case .scale: drawBar(in: frame, on: &sheet)
    case .names: drawNames(in: frame, on: &sheet)
    }
  }

  private func drawBar(in frame: Frame, on sheet: inout Sheet) {
    let room = frame.width * 0.5
    let name = min(style.width(coloring.name, isSmall: true), room)
    sheet.write(
      coloring.name, at: Point(frame.x, frame.y + style.letters * 0.45), room: room,
      Sheet.Lettering(size: style.smallLetters))
    let start = frame.x + name + style.letters * (name > 0 ? 1.2 : 0)
    // Room for half of the last number.
    let end = min(frame.maxX - style.letters * 2, start + style.letters * 20)
    let bar = Frame(
      x: start, y: frame.y, width: max(end - start, style.letters), height: style.letters * 0.9)
    let pixels = PixelMatrix(
      rowCount: 1, columnCount: 128, values: (0..<128).map { (Double($0) + 0.5) / 128 })
    sheet.add(.image(pixels.raster(palette.color), bar))
    sheet.columns(of: axis, in: bar, hasLines: false)
    for tick in axis.ticks {
      let x = axis.place(tick.value, from: bar.x, to: bar.x + bar.width)
      let y = bar.y + bar.height
      sheet.add(.line([Point(x, y), Point(x, y + 1.5)], Stroke(.faintInk, width: 0.5)))
    }
  }

  /// A name of the legend, with its place.
  private struct Entry {
    let name: SliceColoring.Name?
    let text: String
    let x: Double
    let line: Int
    let room: Double
  }

  /// The name of what is shown, then the names of the numbers, on as many lines as are needed. Of more
  /// than 24 names those that are there.
  private func entries(width: Double) -> [Entry] {
    guard case .names(let title, let names, _) = coloring else { return [] }
    let swatch = style.smallLetters * 1.3
    let most = width * 0.45
    var (x, line) = (0.0, 0)
    var entries: [Entry] = []
    let shown = names.count > 24 ? names.filter { present.contains($0.value) } : names
    for (name, text) in [(nil, title)] + shown.map({ ($0, $0.name) }) where !text.isEmpty {
      let room = min(style.width(text, isSmall: true) + 0.01, most)
      let all = room + (name == nil ? 0 : swatch)
      if x > 0, x + all > width - style.letters { (x, line) = (0, line + 1) }
      entries.append(Entry(name: name, text: text, x: x, line: line, room: room))
      x += all + style.letters * 1.2
    }
    return entries
  }

  private func drawNames(in frame: Frame, on sheet: inout Sheet) {
    let side = style.smallLetters * 0.9
    for entry in entries(width: style.canvasWidth) {
      let x = frame.x + entry.x
      let y = frame.y + (Double(entry.line) + 0.5) * style.line
      guard let name = entry.name else {
        sheet.write(
          entry.text, at: Point(x, y), room: entry.room, Sheet.Lettering(size: style.smallLetters))
        continue
      }
      let square = Frame(x: x, y: y - side / 2, width: side, height: side)
      sheet.add(.rectangle(square, fill: .color(color(name.value) ?? .missing)))
      sheet.write(
        entry.text, at: Point(x + style.smallLetters * 1.3, y), room: entry.room, .note(style))
    }
  }
}
