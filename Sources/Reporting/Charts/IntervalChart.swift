/// Named values with their intervals on one axis, each beside what would be expected by chance.
public struct IntervalChart: Chart {
  /// A distribution to compare with, drawn as a faint bar of one standard deviation about its mean.
  public struct Reference: Equatable, Sendable {
    /// The mean.
    public let mean: Double
    /// The standard deviation.
    public let deviation: Double

    /// Takes the mean and the standard deviation.
    public init(mean: Double, deviation: Double) {
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// A named value.
  public struct Row: Equatable, Sendable {
    /// What the value belongs to.
    public let name: String
    /// Nil and what is not finite are said to be `n/a`.
    public let value: Double?
    /// Where the value may lie.
    public let interval: ChartInterval?
    /// What the value is compared with.
    public let reference: Reference?
    /// What is said after the numbers.
    public let note: String?

    /// Takes a value and what is known of it.
    public init(
      _ name: String, value: Double?, interval: ChartInterval? = nil, reference: Reference? = nil,
      note: String? = nil
    ) {
      self.name = name
      self.value = value
      self.interval = interval
      self.reference = reference
      self.note = note
    }
  }

  /// What the chart is called.
  public let heading: ChartHeading
  /// The values, from the top.
  public let rows: [Row]
  /// What the values are, below the axis.
  public let valueName: String
  /// What the reference distributions are, said in titles and below the axis where there are any.
  public let referenceName: String

  /// Takes the data.
  public init(
    _ heading: ChartHeading, rows: [Row], valueName: String, referenceName: String = "reference"
  ) {
    self.heading = heading
    self.rows = rows
    self.valueName = valueName
    self.referenceName = referenceName
  }

  /// The drawing of the values in a style.
  public func figure(_ style: ChartStyle) -> Figure {
    let hasReference = rows.contains { $0.reference?.drawable != nil }
    let below = style.line * (hasReference ? 3.1 : 2.1) + style.letters * 0.3
    let height = Double(max(rows.count, 1)) * style.line * 1.35 + below + style.letters
    var sheet = Sheet(style.canvas(height: height), style: style)
    let left = min(style.width(rows.map(\.name)) + style.letters, 0.36 * style.canvasWidth)
    let right = min(
      style.width(rows.map(number), isSmall: true) + style.letters, 0.2 * style.canvasWidth)
    let area = sheet.frame.inset(left: left, right: right, bottom: below)
    let axis = ValueAxis(rows.flatMap(\.values), ticks: Int(area.width / style.letters / 4.5))
    sheet.columns(of: axis, in: area)
    if axis.low < 0, axis.high > 0 {
      let x = axis.place(0, from: area.x, to: area.maxX)
      sheet.add(.line([Point(x, area.y), Point(x, area.maxY)], Stroke(.faintInk, width: 0.75)))
    }
    let step = area.height / Double(max(rows.count, 1))
    let stride = style.stride(ofRows: step)
    for (place, row) in rows.enumerated() {
      let y = area.y + (Double(place) + 0.5) * step
      draw(row, at: y, step: step, axis, area, isNamed: place % stride == 0, on: &sheet)
    }
    drawNames(below: area, hasReference: hasReference, on: &sheet)
    return sheet.figure(heading, saying: words)
  }

  private func draw(
    _ row: Row, at y: Double, step: Double, _ axis: ValueAxis, _ area: Frame, isNamed: Bool,
    on sheet: inout Sheet
  ) {
    let style = sheet.style
    let accent = Paint.color(style.accent)
    func x(_ value: Double) -> Double { axis.place(value, from: area.x, to: area.maxX) }
    let high = min(step * 0.62, style.letters * 0.9)
    sheet.group(title(row)) { sheet in
      if let ends = row.reference?.drawable {
        sheet.reference(
          from: x(ends.low), mean: x(ends.mean), to: x(ends.high), at: y, height: high)
      }
      if let interval = row.interval?.finite {
        let ends = [Point(x(interval.low), y), Point(x(interval.high), y)]
        sheet.add(.line(ends, Stroke(accent, width: style.letters / 6)))
      }
      if let value = row.value?.drawable {
        let radius = min(style.letters * 0.34, step * 0.45)
        sheet.add(.circle(Point(x(value), y), radius: radius, fill: accent))
      }
    }
    guard isNamed else { return }
    sheet.write(
      row.name, at: Point(area.x - style.letters * 0.7, y),
      room: area.x - style.letters * 0.9, .name(style, .end))
    sheet.write(
      number(row), at: Point(sheet.frame.maxX, y), room: sheet.frame.maxX - area.maxX,
      .note(style, .end))
  }

  private func drawNames(below area: Frame, hasReference: Bool, on sheet: inout Sheet) {
    let style = sheet.style
    let y = area.maxY + style.line * 1.6
    sheet.write(
      valueName, at: Point(area.center.x, y), room: sheet.frame.width, .note(style, .middle))
    guard hasReference else { return }
    let text = "\(referenceName), mean ± SD"
    let key = style.letters * 1.8
    let width = min(style.width(text, isSmall: true) + key * 1.3, sheet.frame.width)
    let x = min(max(area.center.x - width / 2, sheet.frame.x), sheet.frame.maxX - width)
    if sheet.hasRoom(at: Point(x + key / 2, y + style.line), for: key / 2) {
      sheet.reference(
        from: x, mean: x + key / 2, to: x + key, at: y + style.line, height: style.letters * 0.8)
    }
    sheet.write(
      text, at: Point(x + key * 1.3, y + style.line), room: width - key * 1.3, .note(style))
  }

  private func number(_ row: Row) -> String {
    NumberText.fixed(row.value?.drawable, decimals: 3)
  }

  private func title(_ row: Row) -> String {
    var parts = ["\(row.name.isolated): \(number(row))"]
    if let interval = row.interval?.finite { parts.append("interval \(interval.words)") }
    if let reference = row.reference, reference.drawable != nil {
      parts.append(
        "\(referenceName.flattened) \(NumberText.short(reference.mean, digits: 3)) ± "
          + NumberText.short(reference.deviation, digits: 3))
    }
    return (parts + [row.note?.flattened].compactMap(\.self)).joined(separator: ", ")
  }

  private var words: String {
    let known = rows.filter { $0.value?.drawable != nil }
    guard let low = known.min(by: { $0.number < $1.number }),
      let high = known.max(by: { $0.number < $1.number })
    else { return "\(String.count(rows.count, "row")), no values." }
    return "\(valueName.flattened, or: "Value") of \(String.count(rows.count, "row")): highest "
      + "\(high.name.isolated) (\(number(high))), lowest \(low.name.isolated) (\(number(low)))"
      + (known.count < rows.count ? "; \(rows.count - known.count) missing." : ".")
  }
}

extension IntervalChart.Row {
  fileprivate var number: Double { value ?? .nan }

  /// Everything of the row that has to lie on the axis.
  fileprivate var values: [Double] {
    var values = [value, interval?.finite?.low, interval?.finite?.high].compactMap(\.self)
    if let ends = reference?.drawable { values += [ends.low, ends.high] }
    return values
  }
}

extension IntervalChart.Reference {
  /// The mean and what is one standard deviation from it, if all can be drawn.
  fileprivate var drawable: (low: Double, mean: Double, high: Double)? {
    let wide = abs(deviation)
    guard let low = (mean - wide).drawable, let high = (mean + wide).drawable else { return nil }
    return (low, mean, high)
  }
}

extension Sheet {
  /// Draws a faint bar with a line at its mean.
  fileprivate mutating func reference(
    from low: Double, mean: Double, to high: Double, at y: Double, height: Double
  ) {
    // A bar without width would not be seen.
    let width = max(high - low, 1)
    let x = high - low < 1 ? min(mean - 0.5, size.width - 1) : low
    add(.rectangle(Frame(x: x, y: y - height / 2, width: width, height: height), fill: .shade))
    add(
      .line(
        [Point(mean, y - height / 2), Point(mean, y + height / 2)], Stroke(.faintInk, width: 0.75)))
  }
}
