/// Values with intervals over ordered categories, with an optional line to compare with and a note.
public struct DepthChart: Chart {
  /// A value at a category.
  public struct Value: Equatable, Sendable {
    /// What stands below the point.
    public let name: String
    /// Nil and what is not finite are not drawn.
    public let value: Double?
    /// Where the value may lie.
    public let interval: ChartInterval?

    /// Takes a value.
    public init(_ name: String, value: Double?, interval: ChartInterval? = nil) {
      self.name = name
      self.value = value
      self.interval = interval
    }
  }

  /// A line to compare with.
  public struct Guide: Equatable, Sendable {
    /// What the line is.
    public let name: String
    /// A value for each category; the line is broken where it is nil.
    public let values: [Double?]

    /// Takes a line.
    public init(_ name: String, values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  /// What the chart is called.
  public let heading: ChartHeading
  /// The values in order.
  public let points: [Value]
  /// What the categories are, below the axis.
  public let categoryName: String
  /// What the values are, beside the axis.
  public let valueName: String
  /// Names of the values 1, 2, 3 …, written instead of numbers; empty for numbers.
  public let levels: [String]
  /// A line to compare with.
  public let guide: Guide?
  /// What is written above, such as a statistic.
  public let note: String

  /// Takes the data; traps on a guide of another length.
  public init(
    _ heading: ChartHeading, points: [Value], categoryName: String, valueName: String,
    levels: [String] = [], guide: Guide? = nil, note: String = ""
  ) {
    precondition(guide.map { $0.values.count == points.count } ?? true, "A guide for each point.")
    self.heading = heading
    self.points = points
    self.categoryName = categoryName
    self.valueName = valueName
    self.levels = levels
    self.guide = guide
    self.note = note
  }

  /// The drawing of the values in a style.
  public func figure(_ style: ChartStyle) -> Figure {
    let letters = style.letters
    let axis = self.axis
    let left =
      min(style.width(axis.ticks.map(\.text), isSmall: true), 0.25 * style.canvasWidth)
      + letters * 2.2
    let count = Double(max(points.count, 1))
    let step = min((style.canvasWidth - left - letters) / count, letters * 8)
    let names = CategoryAxis(points.map(\.name), step: step, room: letters * 9, style: style)
    let width = style.chosenWidth ?? max(left + letters + step * count, letters * 26)
    let room = width - left - letters
    let above = style.line * (0.3 + 1.2 * Double(headLines(in: room, style)))
    let below = names.height + style.line * 1.4 + letters * 0.3
    var sheet = Sheet(
      style.canvas(width: width, height: letters * 17 + above + below), style: style)
    let area = sheet.frame.inset(left: left, top: above, bottom: below)
    sheet.rows(of: axis, in: area, room: left - letters * 1.8)
    draw(axis, names, area, on: &sheet)
    drawHead(above: area, on: &sheet)
    sheet.write(
      values: valueName, categories: categoryName, below: names, around: area, above: above)
    return sheet.figure(heading, saying: words)
  }

  private var axis: ValueAxis {
    let values =
      points.flatMap { [$0.value, $0.interval?.finite?.low, $0.interval?.finite?.high] }
      + (guide?.values ?? [])
    guard !levels.isEmpty else { return ValueAxis(values.compactMap(\.self), ticks: 7) }
    return ValueAxis(levels: levels, values: values.compactMap { $0?.drawable })
  }

  private func draw(
    _ axis: ValueAxis, _ names: CategoryAxis, _ area: Frame, on sheet: inout Sheet
  ) {
    let style = sheet.style
    let step = area.width / Double(max(points.count, 1))
    func x(_ place: Int) -> Double { area.x + (Double(place) + 0.5) * step }
    func y(_ value: Double) -> Double { axis.place(value, from: area.maxY, to: area.y) }
    let line = (guide?.values ?? []).enumerated().map { place, value in
      value?.drawable.map { Point(x(place), y($0)) }
    }
    for run in line.split(separator: nil) where run.count > 1 {
      sheet.add(.line(run.compactMap(\.self), .guide))
    }
    let radius = min(style.letters * 0.36, step * 0.4)
    for (place, point) in points.enumerated() {
      sheet.group(title(point)) { sheet in
        if let interval = point.interval?.finite {
          let ends = [Point(x(place), y(interval.low)), Point(x(place), y(interval.high))]
          sheet.add(.line(ends, Stroke(.color(style.accent), width: style.letters / 6)))
        }
        guard let value = point.value?.drawable else { return }
        sheet.dot(Point(x(place), y(value)), style.accent, radius: radius)
      }
    }
    sheet.categories(names, at: points.indices.map(x), below: area.maxY)
  }

  /// How many lines the note and the guide's name take: one if they fit beside each other.
  private func headLines(in room: Double, _ style: ChartStyle) -> Int {
    guard let guide else { return note.isEmpty ? 0 : 1 }
    let width = style.width([note, guide.name], isSmall: true)
    let both = style.width(note + guide.name, isSmall: true) + style.letters * 3.5
    return note.isEmpty || (both <= room && width > 0) ? 1 : 2
  }

  /// Writes the note to the left and the guide's name to the right, below the note if need be.
  private func drawHead(above area: Frame, on sheet: inout Sheet) {
    let style = sheet.style
    let y = area.y - style.line * 0.8
    let key = style.letters * 2
    let lines = Double(headLines(in: area.width, style))
    sheet.write(
      note, at: Point(area.x, y - style.line * 1.1 * (lines - 1)), room: area.width,
      .note(style))
    guard let guide else { return }
    let width = min(style.width(guide.name, isSmall: true), max(area.width - key * 1.3, 1))
    let x = area.maxX - width
    sheet.add(.line([Point(x - key * 1.2, y), Point(x - key * 0.2, y)], .guide))
    sheet.write(guide.name, at: Point(area.maxX, y), room: width + 0.01, .note(style, .end))
  }

  private func title(_ point: Value) -> String {
    "\(point.name.isolated): \(NumberText.short(point.value?.drawable, digits: 3))"
      + (point.interval?.finite.map { ", interval \($0.words)" } ?? "")
  }

  private var words: String {
    let values = points.prefix(24).map {
      "\($0.name.isolated) \(NumberText.short($0.value?.drawable, digits: 3))"
    }
    let list = values.isEmpty ? "no values" : values.joined(separator: ", ")
    return "\(valueName.flattened, or: "Values") of "
      + "\(String.count(points.count, "category", plural: "categories")): \(list)."
      + (note.isEmpty ? "" : " \(note.flattened).")
  }
}

extension ValueAxis {
  /// An axis whose numbers 1, 2, 3 … have names, as many of them as are reached.
  fileprivate init(levels: [String], values: [Double]) {
    let low = min(values.min() ?? 1, 1) - 0.3
    let high = max(values.max() ?? 1, Double(levels.count)) + 0.3
    self.init(
      low: low, high: high,
      ticks: levels.enumerated().map { Tick(value: Double($0.offset + 1), text: $0.element) })
  }
}
