internal import ChiasmStatistics

/// Values of rows against columns, as colours with their numbers printed.
///
/// Numbers are left out where cells are too small for them; every cell tells its value to a pointer.
/// The colours begin at zero, or where that is not wanted at the least value. Where a value is negative
/// they are those with a middle, and zero is there. The lightest is that of the greatest value, or of the
/// least where smaller is better.
public struct MatrixChart: Chart {
  /// A value and what is to be said of it.
  public struct Cell: Equatable, Sendable {
    /// Nil and what is not finite are hatched.
    public let value: Double?
    /// Whether it stands out by a frame, such as a known answer.
    public let isOutlined: Bool
    /// What is said after the names and the value, such as an interval.
    public let note: String?

    /// Takes a value.
    public init(_ value: Double?, isOutlined: Bool = false, note: String? = nil) {
      self.value = value
      self.isOutlined = isOutlined
      self.note = note
    }
  }

  /// What the chart is called.
  public let heading: ChartHeading
  /// The names of the rows, from the top.
  public let rows: [String]
  /// The names of the columns, from the left.
  public let columns: [String]
  /// The cells of each row.
  public let cells: [[Cell]]
  /// What the values are, beside the colours.
  public let valueName: String
  /// How many decimals are printed.
  public let decimals: Int
  /// What an outlined cell is, said in its title.
  public let outlineName: String
  /// Whether the colours of values that are not negative begin at zero.
  public let isFromZero: Bool
  /// Whether a smaller value is better.
  public let isSmallBetter: Bool

  /// Takes the data; traps unless there is a cell for every row and column.
  public init(
    _ heading: ChartHeading, rows: [String], columns: [String], cells: [[Cell]],
    valueName: String, decimals: Int = 2, outlineName: String = "outlined", isFromZero: Bool = true,
    isSmallBetter: Bool = false
  ) {
    precondition(
      cells.count == rows.count && cells.allSatisfy { $0.count == columns.count },
      "A cell for every row and column.")
    self.heading = heading
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.valueName = valueName
    self.decimals = decimals
    self.outlineName = outlineName
    self.isFromZero = isFromZero
    self.isSmallBetter = isSmallBetter
  }

  /// The drawing of the values in a style.
  public func figure(_ style: ChartStyle) -> Figure {
    let layout = MatrixLayout(self, style: style)
    var sheet = Sheet(layout.canvas, style: style)
    for row in rows.indices {
      for column in columns.indices {
        draw(cells[row][column], row, column, layout, on: &sheet)
      }
    }
    // Frames lie over the cells beside them.
    for row in rows.indices {
      for column in columns.indices where cells[row][column].isOutlined {
        sheet.add(.rectangle(layout.cell(row, column), stroke: Stroke(.ink, width: 1.5)))
      }
    }
    layout.drawNames(of: self, on: &sheet)
    if !layout.isEmpty { layout.drawColors(of: self, on: &sheet) }
    return sheet.figure(heading, saying: words)
  }

  private func draw(
    _ cell: Cell, _ row: Int, _ column: Int, _ layout: MatrixLayout, on sheet: inout Sheet
  ) {
    let frame = layout.cell(row, column)
    sheet.group(title(cell, row, column)) { sheet in
      guard let value = cell.value?.drawable else {
        sheet.hatch(frame)
        return
      }
      let color = layout.color(value)
      let isLarge = min(frame.width, frame.height) > 6
      sheet.add(
        .rectangle(
          frame, fill: .color(color),
          // Without a line of its own colour the ground shines through between small cells.
          stroke: isLarge ? Stroke(.paper, width: 0.5) : Stroke(.color(color), width: 0.25)))
      guard let letters = layout.numbers else { return }
      sheet.write(
        letters.text(value), at: frame.center,
        Sheet.Lettering(size: letters.size, anchor: .middle, paint: .color(Color.ink(on: color))))
    }
  }

  private func title(_ cell: Cell, _ row: Int, _ column: Int) -> String {
    let value = NumberText.fixed(cell.value?.drawable, decimals: decimals)
    let marks = (cell.isOutlined ? [outlineName] : []) + [cell.note].compactMap(\.self)
    return "\(rows[row].isolated, or: "row \(row + 1)"), "
      + "\(columns[column].isolated, or: "column \(column + 1)"): "
      + ([value] + marks.map(\.flattened)).joined(separator: ", ")
  }

  /// What is seen: how many there are, and where each row is highest.
  private var words: String {
    let size =
      "\(valueName.flattened, or: "Values") of \(String.count(rows.count, "row")) "
      + "against \(String.count(columns.count, "column"))."
    let values = cells.joined().compactMap { $0.value?.drawable }
    guard let low = values.min(), let high = values.max() else { return size + " No values." }
    let peaks = rows.indices.prefix(24).compactMap { row -> String? in
      let row = (name: rows[row], values: cells[row].map { $0.value?.drawable ?? -.infinity })
      guard let place = row.values.indexOfGreatest(), row.values[place].isFinite else { return nil }
      return "\(row.name.isolated): \(columns[place].isolated) "
        + "(\(NumberText.fixed(row.values[place], decimals: decimals)))"
    }
    let missing = rows.count * columns.count - values.count
    return size + " From \(NumberText.fixed(low, decimals: decimals)) to "
      + "\(NumberText.fixed(high, decimals: decimals))"
      + (missing > 0 ? "; \(missing) missing." : ".") + " Highest in each row: "
      + peaks.joined(separator: ", ") + "."
  }
}

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
  private let palette: ColorMap
  private let names: CategoryAxis

  init(_ chart: MatrixChart, style: ChartStyle) {
    let values = chart.cells.joined().compactMap { $0.value?.drawable }
    palette = style.palette(hasNegative: values.contains { $0 < 0 })
    axis = Self.axis(values, palette, isFromZero: chart.isFromZero)
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
    color(part: axis.place(value, from: 0, to: 1))
  }

  /// The colour of a part of the way from the low to the high end.
  private func color(part: Double) -> Color {
    palette.color(chart.isSmallBetter && !palette.isDiverging ? 1 - part : part)
  }

  /// From zero, or from the least value; as far to both sides of zero if the palette has a middle.
  private static func axis(
    _ values: [Double], _ palette: ColorMap, isFromZero: Bool
  ) -> ValueAxis {
    let both = palette.isDiverging ? values + values.map { -$0 } : values
    return ValueAxis(
      both, isFromZero: isFromZero && (both.min() ?? 0) >= 0, margin: 0, ticks: 4)
  }

  private static func barWidth(_ axis: ValueAxis, _ style: ChartStyle) -> Double {
    style.letters * 0.9 + style.smallLetters * 0.8
      + style.width(axis.ticks.map(\.text), isSmall: true)
      + style.letters * 1.4
  }

  /// The largest way to write numbers in which the widest fits a cell; rather small letters than fewer
  /// decimals, and never fewer than 2 of more.
  private static func numbers(
    _ values: [Double], decimals: Int, width: Double, height: Double, style: ChartStyle
  ) -> Numbers? {
    for decimals in stride(from: decimals, through: min(decimals, 2), by: -1) {
      for size in [style.smallLetters, style.smallLetters * 0.85, style.smallLetters * 0.75] {
        for hasZero in [true, false] where size >= 5 {
          let numbers = Numbers(size: size, decimals: decimals, hasZero: hasZero)
          let widest = values.map { TextMeasure.width(of: numbers.text($0), size: size) }.max() ?? 0
          if widest + size * 0.4 <= width, size * 1.1 <= height { return numbers }
        }
      }
    }
    return nil
  }

  /// Writes the names of rows and columns.
  func drawNames(of chart: MatrixChart, on sheet: inout Sheet) {
    let stride = style.stride(ofRows: cells.height / Double(max(chart.rows.count, 1)))
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
    sheet.colors(color(part:), axis, in: bar, name: chart.valueName)
  }
}

extension Sheet {
  /// Draws a bar of colours from the low to the high end of an axis, with its numbers and name to the
  /// right.
  mutating func colors(
    _ color: (Double) -> Color, _ axis: ValueAxis, in frame: Frame, name: String
  ) {
    let steps = 128
    let pixels = PixelMatrix(
      rowCount: steps, columnCount: 1,
      values: (0..<steps).map { 1 - (Double($0) + 0.5) / Double(steps) })
    add(.image(pixels.raster(color), frame))
    let size = style.smallLetters
    var last = Double.infinity
    for tick in axis.ticks {
      let y = axis.place(tick.value, from: frame.maxY, to: frame.y)
      guard last - y >= size * 1.15 else { continue }
      last = y
      add(.line([Point(frame.maxX, y), Point(frame.maxX + size * 0.3, y)], Stroke(.faintInk)))
      write(tick.text, at: Point(frame.maxX + size * 0.5, y), .note(style))
    }
    let x = frame.maxX + size * 0.9 + style.width(axis.ticks.map(\.text), isSmall: true)
    write(
      name, at: Point(x + size * 0.4, frame.center.y),
      room: self.size.height - size, .note(style, .middle, isUpright: true))
  }

  /// Draws the sign of what is missing: a faint stroke from corner to corner.
  mutating func hatch(_ frame: Frame) {
    let inner = frame.inset(
      left: frame.width * 0.2, top: frame.height * 0.2, right: frame.width * 0.2,
      bottom: frame.height * 0.2)
    // The whole of the cell answers to a pointer.
    add(.rectangle(frame, fill: .color(.missing, opacity: 0.25)))
    add(
      .line(
        [Point(inner.x, inner.maxY), Point(inner.maxX, inner.y)], Stroke(.faintInk, width: 0.5)))
  }
}
