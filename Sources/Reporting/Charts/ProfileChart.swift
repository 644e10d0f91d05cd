/// Values over ordered categories, a panel for each series, all on one axis: a line with its band, a
/// level that could be reached at best, and one point that stands out.
public struct ProfileChart: Chart {
  /// A value at a category.
  public struct Value: Equatable, Sendable {
    /// The line is broken where it is nil or not finite.
    public let value: Double?
    /// Where the value may lie.
    public let band: ChartInterval?
    /// What is said after the numbers.
    public let note: String?

    /// Takes a value and what is known of it.
    public init(_ value: Double?, band: ChartInterval? = nil, note: String? = nil) {
      self.value = value
      self.band = band
      self.note = note
    }
  }

  /// A series.
  public struct Panel: Equatable, Sendable {
    /// What stands above the panel.
    public let name: String
    /// A value for each category.
    public let points: [Value]
    /// The height of the level line.
    public let level: Double?
    /// The place of the point that stands out.
    public let marked: Int?

    /// Takes a series.
    public init(_ name: String, points: [Value], level: Double? = nil, marked: Int? = nil) {
      self.name = name
      self.points = points
      self.level = level
      self.marked = marked
    }
  }

  /// What the chart is called.
  public let heading: ChartHeading
  /// The names of the categories, in order.
  public let categories: [String]
  /// The series, in order.
  public let panels: [Panel]
  /// What the categories are, below the axis.
  public let categoryName: String
  /// What the values are, beside the axis.
  public let valueName: String
  /// What the level line is.
  public let levelName: String
  /// What the point that stands out is.
  public let markName: String

  /// Takes the data; traps unless every series has a value for each category.
  public init(
    _ heading: ChartHeading, categories: [String], panels: [Panel], categoryName: String,
    valueName: String, levelName: String = "level", markName: String = "marked"
  ) {
    precondition(
      panels.allSatisfy { $0.points.count == categories.count }, "A point for each category.")
    self.heading = heading
    self.categories = categories
    self.panels = panels
    self.categoryName = categoryName
    self.valueName = valueName
    self.levelName = levelName
    self.markName = markName
  }

  /// The drawing of the series in a style.
  public func figure(_ style: ChartStyle) -> Figure {
    let layout = ProfileLayout(self, style: style)
    var sheet = Sheet(layout.canvas, style: style)
    for (place, panel) in panels.enumerated() {
      draw(panel, place, layout, on: &sheet)
    }
    layout.drawNames(of: self, on: &sheet)
    return sheet.figure(heading, saying: words)
  }

  private func draw(
    _ panel: Panel, _ place: Int, _ layout: ProfileLayout, on sheet: inout Sheet
  ) {
    let style = sheet.style
    let frame = layout.grid.frames[place]
    sheet.rows(of: layout.axis, in: frame, isWritten: layout.grid.isFirst(place))
    if layout.grid.hasHeads(style) {
      sheet.write(
        layout.heads[place], of: panel.name, at: Point(frame.x, frame.y - style.line * 0.55),
        room: frame.width, .name(style))
    }
    if let level = panel.level?.drawable {
      let y = layout.y(level, in: frame)
      sheet.group("\(panel.name.isolated), \(levelName.flattened): \(Self.number(level))") {
        sheet in
        sheet.add(
          .line(
            [Point(frame.x, y), Point(frame.maxX, y)],
            Stroke(.faintInk, width: 0.9, dashes: [3, 2])))
      }
    }
    drawCurve(panel, frame, layout, on: &sheet)
    for (index, point) in panel.points.enumerated() {
      guard let value = point.value?.drawable else { continue }
      let center = Point(layout.x(index, in: frame), layout.y(value, in: frame))
      sheet.group(title(panel, index)) { sheet in
        sheet.dot(center, style.accent, isMarked: index == panel.marked, radius: layout.radius)
      }
    }
    if layout.grid.isLowest(place) {
      let places = categories.indices.map { layout.x($0, in: frame) }
      sheet.categories(layout.names, at: places, below: frame.maxY)
    }
  }

  /// The bands and lines of each stretch without a gap.
  private func drawCurve(
    _ panel: Panel, _ frame: Frame, _ layout: ProfileLayout, on sheet: inout Sheet
  ) {
    let color = sheet.style.accent
    func runs<Part>(_ part: (Value) -> Part?) -> [[(Int, Part)]] {
      let values = panel.points.enumerated().map { ($0.offset, part($0.element)) }
      return values.split { $0.1 == nil }.map {
        $0.compactMap { pair in pair.1.map { (pair.0, $0) } }
      }
    }
    for run in runs({ $0.band?.finite }) {
      let upper = run.map { Point(layout.x($0.0, in: frame), layout.y($0.1.high, in: frame)) }
      let lower = run.map { Point(layout.x($0.0, in: frame), layout.y($0.1.low, in: frame)) }
      if run.count == 1 {
        sheet.add(.line(upper + lower, Stroke(.color(color, opacity: 0.5), width: 1.5)))
      } else {
        sheet.add(.area(upper + lower.reversed(), fill: .color(color, opacity: 0.22)))
      }
    }
    for run in runs({ $0.value?.drawable }) where run.count > 1 {
      let points = run.map { Point(layout.x($0.0, in: frame), layout.y($0.1, in: frame)) }
      sheet.add(.line(points, Stroke(.color(color), width: 1.2)))
    }
  }

  private func title(_ panel: Panel, _ index: Int) -> String {
    let point = panel.points[index]
    let parts = [
      "\(panel.name.isolated), \(categories[index].isolated): \(Self.number(point.value))",
      point.band?.finite.map { "interval \($0.words())" },
      index == panel.marked ? markName.flattened : nil, point.note?.flattened,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private static func number(_ value: Double?) -> String { NumberText.short(value, digits: 3) }

  private var words: String {
    let start =
      "\(valueName.flattened, or: "Values") of \(panels.count) series over "
      + "\(String.count(categories.count, "category", plural: "categories"))."
    let peaks = panels.prefix(24).map { panel -> String in
      let values = panel.points.map { $0.value?.drawable ?? -.infinity }
      guard let peak = values.max(), peak.isFinite, let place = values.firstIndex(of: peak) else {
        return "\(panel.name.isolated) n/a"
      }
      let level = panel.level?.drawable.map { ", \(levelName.flattened) \(Self.number($0))" } ?? ""
      return "\(panel.name.isolated) \(categories[place].isolated) (\(Self.number(peak))\(level))"
    }
    return peaks.isEmpty ? start : start + " Highest: \(peaks.joined(separator: "; "))."
  }
}

extension Sheet {
  /// Draws a point; one that stands out is larger, with a ring.
  mutating func dot(_ center: Point, _ color: Color, isMarked: Bool = false, radius: Double) {
    add(.circle(center, radius: isMarked ? radius * 1.35 : radius, fill: .color(color)))
    guard isMarked else { return }
    add(.circle(center, radius: radius * 2.3, stroke: Stroke(.ink, width: 1)))
  }
}
