/// Amounts of each of several rows, made up of the same parts: stacked bars on one axis from zero, with
/// what the colours are above them and the whole beside them.
public struct BarChart: Chart {
  /// A row.
  public struct Row: Equatable, Sendable {
    /// What the amounts belong to.
    public let name: String
    /// An amount for each part; what is negative or not finite is not drawn.
    public let amounts: [Double?]

    /// Takes amounts.
    public init(_ name: String, amounts: [Double?]) {
      self.name = name
      self.amounts = amounts
    }
  }

  /// What the chart is called.
  public let heading: ChartHeading
  /// The names of the parts, from the left.
  public let parts: [String]
  /// The rows, from the top.
  public let rows: [Row]
  /// What the amounts are, below the axis.
  public let valueName: String

  /// Takes the data; traps unless every row has an amount for each part.
  public init(_ heading: ChartHeading, parts: [String], rows: [Row], valueName: String) {
    precondition(rows.allSatisfy { $0.amounts.count == parts.count }, "An amount for each part.")
    self.heading = heading
    self.parts = parts
    self.rows = rows
    self.valueName = valueName
  }

  /// The drawing of the amounts in a style.
  public func figure(_ style: ChartStyle) -> Figure {
    let letters = style.letters
    let legend = Legend(parts, width: style.canvasWidth - letters, style: style)
    let below = style.line * 2.1 + letters * 0.3
    let count = Double(max(rows.count, 1))
    var sheet = Sheet(
      style.canvas(height: legend.height + count * style.line * 1.5 + below + letters),
      style: style)
    let totals = rows.map(\.total)
    let wide = style.width(totals.map(Self.number), isSmall: true) + letters
    let left = min(style.width(rows.map(\.name)) + letters, 0.36 * style.canvasWidth)
    let area = sheet.frame.inset(
      left: left, top: legend.height, right: min(wide, 0.25 * style.canvasWidth), bottom: below)
    let axis = ValueAxis(
      totals, isFromZero: true, margin: 0, ticks: Int(area.width / letters / 4.5))
    sheet.columns(of: axis, in: area)
    let step = area.height / count
    let stride = style.stride(ofRows: step)
    for (place, row) in rows.enumerated() {
      let y = area.y + (Double(place) + 0.5) * step
      draw(row, at: y, height: step * 0.66, axis, area, on: &sheet)
      guard place % stride == 0 else { continue }
      sheet.write(
        row.name, at: Point(area.x - letters * 0.7, y), room: area.x - letters * 0.9,
        .name(style, .end))
    }
    legend.draw(in: sheet.frame, on: &sheet)
    sheet.write(
      valueName, at: Point(area.center.x, area.maxY + style.line * 1.6),
      room: sheet.frame.width, .note(style, .middle))
    return sheet.figure(heading, saying: words)
  }

  private func draw(
    _ row: Row, at y: Double, height: Double, _ axis: ValueAxis, _ area: Frame,
    on sheet: inout Sheet
  ) {
    func x(_ value: Double) -> Double { axis.place(value, from: area.x, to: area.maxX) }
    var sum = 0.0
    for (part, amount) in row.amounts.enumerated() {
      guard let amount = amount?.drawable, amount > 0 else { continue }
      let start = x(sum)
      sum = min(sum + amount, 1e300)
      let bar = Frame(x: start, y: y - height / 2, width: x(sum) - start, height: height)
      let title =
        "\(row.name.isolated), \(parts[part].isolated): \(Self.number(amount)) of "
        + Self.number(row.total)
      sheet.group(title) { sheet in
        sheet.add(
          .rectangle(
            bar, fill: .color(sheet.style.name(part, of: parts.count)),
            stroke: bar.width > 2 ? Stroke(.paper, width: 0.5) : nil))
      }
    }
    sheet.write(
      Self.number(row.total), at: Point(x(sum) + sheet.style.letters * 0.4, y),
      room: max(sheet.frame.maxX - x(sum) - sheet.style.letters * 0.4, 0), .note(sheet.style))
  }

  /// Whole numbers with all their digits as far as these can be counted.
  fileprivate static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15
      ? NumberText.fixed(value, decimals: 0) : NumberText.short(value, digits: 3)
  }

  private var words: String {
    let start =
      "\(valueName.flattened, or: "Amounts") of \(String.count(rows.count, "row")) "
      + "in \(String.count(parts.count, "part"))"
    let lines = rows.prefix(24).map { row in
      let amounts = zip(parts, row.amounts).compactMap { part, amount -> String? in
        guard let amount = amount?.drawable, amount > 0 else { return nil }
        return "\(Self.number(amount)) \(part.isolated)"
      }
      return "\(row.name.isolated): "
        + (amounts.isEmpty ? "none" : amounts.joined(separator: ", "))
    }
    return lines.isEmpty ? start + "." : start + ". \(lines.joined(separator: "; "))."
  }
}

extension BarChart.Row {
  /// The sum of all amounts that are drawn.
  fileprivate var total: Double {
    amounts.reduce(0) { sum, amount in
      min(sum + max(amount?.drawable ?? 0, 0), 1e300)
    }
  }
}

/// What colours stand for, in as many lines as needed.
struct Legend {
  private let names: [String]
  private let places: [Point]
  private let rooms: [Double]
  private let style: ChartStyle
  /// What the lines take.
  let height: Double

  init(_ names: [String], width: Double, style: ChartStyle) {
    let key = style.letters * 1.2
    let gap = style.letters * 1.2
    var (x, line) = (0.0, 0)
    var places: [Point] = []
    var rooms: [Double] = []
    for name in names {
      let room = max(1, min(style.width(name, isSmall: true) + 0.01, width - key))
      if x > 0, x + key + room > width { (x, line) = (0, line + 1) }
      places.append(Point(x, (Double(line) + 0.5) * style.line))
      rooms.append(room)
      x += key + room + gap
    }
    height = names.isEmpty ? 0 : Double(line + 1) * style.line + style.letters * 0.5
    (self.names, self.places, self.rooms, self.style) = (names, places, rooms, style)
  }

  /// Draws the lines at the top of a frame; those for which there is no room are left out.
  func draw(in frame: Frame, on sheet: inout Sheet) {
    let side = style.letters * 0.75
    for (place, name) in names.enumerated() {
      let (x, y) = (frame.x + places[place].x, frame.y + places[place].y)
      guard y + side <= frame.maxY, x + side <= frame.maxX else { continue }
      let color = style.name(place, of: names.count)
      sheet.add(
        .rectangle(
          Frame(x: x, y: y - side / 2, width: side, height: side), fill: .color(color)))
      sheet.write(
        name, at: Point(x + style.letters * 1.2, y), room: rooms[place], .note(style))
    }
  }
}
