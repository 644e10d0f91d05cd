/// Where the parts of a matrix lie.
struct MatrixLayout {
  /// How numbers are written into cells.
  struct Numbers {
    let size: Double
    let decimals: Int
    let hasZero: Bool

    /// `0.25`, or `.25` where room is scarce.
    func text(_ value: Double) -> String {
      let text = NumberText.fixed(value, decimals: decimals)
      guard !hasZero else { return text }
      if text.hasPrefix("0.") { return String(text.dropFirst()) }
      return text.hasPrefix("-0.") ? "-" + text.dropFirst(2) : text
    }
  }

  let canvas: FigureSize
  let cells: Frame
  let numbers: Numbers?
  /// The values of the two ends of the colours.
  let axis: ValueAxis
  let isEmpty: Bool
  private let chart: MatrixChart
  private let style: ChartStyle
  private let names: CategoryAxis

  init(_ chart: MatrixChart, style: ChartStyle) {
    let values = chart.cells.joined().compactMap { $0.value?.drawable }
    axis = Self.axis(values, style.palette)
    isEmpty = values.isEmpty
    let columns = Double(max(chart.columns.count, 1))
    let rows = Double(max(chart.rows.count, 1))
    let left = min(style.width(chart.rows) + style.letters * 0.5, 0.3 * style.canvasWidth)
    let bar = Self.barWidth(axis, style)
    let room = style.canvasWidth - left - bar - style.letters
    let step = min(max(room, 1) / columns, style.letters * 5.5)
    let width =
      style.chosenWidth ?? min(style.canvasWidth, left + bar + style.letters + step * columns)
    names = CategoryAxis(chart.columns, step: step, room: style.letters * 9, style: style)
    let height = min(max(style.letters * 2.2, step * 0.6), step * 1.6).clamped(
      from: style.letters * 1.45, to: style.letters * 3)
    let below = names.height + style.letters * 0.9
    canvas = style.canvas(
      width: width, height: max(rows * height + below + style.letters, style.letters * 9))
    let whole = Sheet(canvas, style: style).frame
    let area = whole.inset(left: left, right: bar + style.letters, bottom: below)
    cells = Frame(x: area.x, y: area.y, width: min(step * columns, area.width), height: area.height)
    numbers = Self.numbers(
      values, decimals: chart.decimals, width: cells.width / columns,
      height: cells.height / rows, style: style)
    self.chart = chart
    self.style = style
  }

  /// The frame of a cell.
  func cell(_ row: Int, _ column: Int) -> Frame {
    let width = cells.width / Double(max(chart.columns.count, 1))
    let height = cells.height / Double(max(chart.rows.count, 1))
    return Frame(
      x: cells.x + Double(column) * width, y: cells.y + Double(row) * height, width: width,
      height: height)
  }

  /// The colour of a value.
  func color(_ value: Double) -> Color {
    style.palette.color(axis.place(value, from: 0, to: 1))
  }

  /// From zero, or from the least value if that is negative; as far to both sides of zero if the palette
  /// has a middle.
  private static func axis(_ values: [Double], _ palette: ColorMap) -> ValueAxis {
    let both = palette.isDiverging ? values + values.map { -$0 } : values
    return ValueAxis(both, isFromZero: (both.min() ?? 0) >= 0, margin: 0, ticks: 4)
  }

  private static func barWidth(_ axis: ValueAxis, _ style: ChartStyle) -> Double {
    style.letters * 0.9 + style.smallLetters * 0.8
      + style.width(axis.ticks.map(\.text), isSmall: true)
      + style.letters * 1.4
  }

  /// The largest way to write numbers in which the widest fits a cell.
  private static func numbers(
    _ values: [Double], decimals: Int, width: Double, height: Double, style: ChartStyle
  ) -> Numbers? {
    for size in [style.smallLetters, style.smallLetters * 0.85, style.smallLetters * 0.75] {
      for hasZero in [true, false] where size >= 5 {
        let numbers = Numbers(size: size, decimals: decimals, hasZero: hasZero)
        let widest = values.map { TextMeasure.width(of: numbers.text($0), size: size) }.max() ?? 0
        if widest + size * 0.4 <= width, size * 1.1 <= height { return numbers }
      }
    }
    return nil
  }

  /// Writes the names of rows and columns.
  func drawNames(of chart: MatrixChart, on sheet: inout Sheet) {
    let step = cells.height / Double(max(chart.rows.count, 1))
    let stride = max(1, Int((style.letters * 1.05 / step).rounded(.up)))
    let room = cells.x - style.letters * 0.7
    let shown = style.shortened(chart.rows, to: room)
    for (row, name) in chart.rows.enumerated() where row % stride == 0 {
      let place = Point(cells.x - style.letters * 0.5, cell(row, 0).center.y)
      sheet.write(shown[row], of: name, at: place, room: room, .name(style, .end))
    }
    let places = chart.columns.indices.map { cell(0, $0).center.x }
    sheet.categories(names, at: places, below: cells.maxY + style.letters * 0.1)
  }

  /// Draws the colours beside the cells, with their values.
  func drawColors(of chart: MatrixChart, on sheet: inout Sheet) {
    let height = min(cells.height, style.letters * 14)
    let bar = Frame(
      x: cells.maxX + style.letters * 0.9, y: cells.y, width: style.letters * 0.9, height: height)
    sheet.colors(style.palette, axis, in: bar, name: chart.valueName)
  }
}

extension Comparable {
  /// The value, or the end that it lies beyond.
  func clamped(from low: Self, to high: Self) -> Self { min(max(self, low), high) }
}
