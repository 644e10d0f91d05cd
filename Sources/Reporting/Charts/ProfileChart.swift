internal import ChiasmStatistics

/// Values over ordered categories, a panel for each series, all on one axis: a line with its band, a
/// level that could be reached at best, and one point that stands out.
public struct ProfileChart: Chart {
  /// A value at a category.
  public struct Value: Equatable, Sendable {
    /// The line is broken where it is nil or not finite.
    public let value: Double?
    /// Where the value may lie.
    public let band: ChartInterval?
    /// What the value is compared with: where it would lie by chance.
    public let reference: ChartInterval?
    /// What is said after the numbers.
    public let note: String?

    /// Takes a value and what is known of it.
    public init(
      _ value: Double?, band: ChartInterval? = nil, reference: ChartInterval? = nil,
      note: String? = nil
    ) {
      self.value = value
      self.band = band
      self.reference = reference
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
  /// What the values are compared with.
  public let referenceName: String

  /// Takes the data; traps unless every series has a value for each category.
  public init(
    _ heading: ChartHeading, categories: [String], panels: [Panel], categoryName: String,
    valueName: String, levelName: String = "level", markName: String = "marked",
    referenceName: String = "reference"
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
    self.referenceName = referenceName
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
        sheet.add(.line([Point(frame.x, y), Point(frame.maxX, y)], .guide))
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
    func area(_ run: [(Int, ChartInterval)], _ fill: Paint, alone: Paint) {
      let upper = run.map { Point(layout.x($0.0, in: frame), layout.y($0.1.high, in: frame)) }
      let lower = run.map { Point(layout.x($0.0, in: frame), layout.y($0.1.low, in: frame)) }
      sheet.add(
        run.count == 1
          ? .line(upper + lower, Stroke(alone, width: 1.5))
          : .area(upper + lower.reversed(), fill: fill))
    }
    for run in runs({ $0.reference?.finite }) { area(run, .shade, alone: .shade) }
    for run in runs({ $0.band?.finite }) {
      area(run, .color(color, opacity: 0.22), alone: .color(color, opacity: 0.5))
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
      point.band?.finite.map { "interval \($0.words)" },
      point.reference?.finite.map { "\(referenceName.flattened) \($0.words)" },
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
      guard let place = values.indexOfGreatest(), values[place].isFinite else {
        return "\(panel.name.isolated) n/a"
      }
      let level = panel.level?.drawable.map { ", \(levelName.flattened) \(Self.number($0))" } ?? ""
      return
        "\(panel.name.isolated) \(categories[place].isolated) (\(Self.number(values[place]))\(level))"
    }
    return peaks.isEmpty ? start : start + " Highest: \(peaks.joined(separator: "; "))."
  }
}

/// Where the parts of profiles lie.
struct ProfileLayout {
  let canvas: FigureSize
  let grid: PanelGrid
  let axis: ValueAxis
  let names: CategoryAxis
  /// What was taken from the names.
  private let affixes: Affixes?
  /// What is written above the panels.
  let heads: [String]
  /// Of the points.
  let radius: Double
  private let style: ChartStyle
  private let area: Frame
  private let keys: [Key]

  init(_ chart: ProfileChart, style: ChartStyle) {
    let values = chart.panels.flatMap { panel in
      panel.points.flatMap { point in
        [point.value]
          + [point.band, point.reference].flatMap { [$0?.finite?.low, $0?.finite?.high] }
      } + [panel.level]
    }
    // Rings stay below the names.
    axis = ValueAxis(values.compactMap(\.self), margin: 0.12, ticks: 4)
    keys = Self.keys(chart)
    let letters = style.letters
    let left = style.width(axis.ticks.map(\.text), isSmall: true) + letters * 2.2
    let width = style.canvasWidth - left - letters
    let columns = PanelGrid.columns(
      count: chart.panels.count, width: width, least: letters * 10,
      height: style.size.map { $0.height - letters * 7 }, low: letters * 6)
    let step =
      max(width / Double(columns) - letters * 1.2, 1) / Double(max(chart.categories.count, 1))
    (names, affixes) = Self.names(chart.categories, step: step, style)
    let rows = (max(chart.panels.count, 1) + columns - 1) / columns
    let below = names.height + style.line * (keys.isEmpty ? 1.4 : 2.4) + letters * 0.4
    let isRagged = chart.panels.count % columns != 0 && rows > 1
    let gap = style.line * 1.7 + (isRagged ? names.height : 0)
    canvas = style.canvas(
      height: Double(rows) * letters * 9 + Double(rows - 1) * gap + style.line * 1.2 + below)
    area = Sheet(canvas, style: style).frame.inset(
      left: left, top: style.line * 1.1, bottom: below)
    grid = PanelGrid(
      count: chart.panels.count, columns: columns, in: area, gaps: (letters * 1.2, gap))
    heads = style.shortened(chart.panels.map(\.name), to: grid.frames.first?.width ?? 0)
    radius = min(letters * 0.24, max(step * 0.3, letters * 0.12))
    self.style = style
  }

  /// What is explained below the panels.
  private enum Key { case level, mark, reference }

  private static func keys(_ chart: ProfileChart) -> [Key] {
    let hasLevel = chart.panels.contains { $0.level?.drawable != nil }
    let hasMark = chart.panels.contains { $0.marked != nil }
    let hasReference = chart.panels.contains { $0.points.contains { $0.reference?.finite != nil } }
    return (hasLevel ? [.level] : []) + (hasMark ? [.mark] : [])
      + (hasReference ? [.reference] : [])
  }

  /// The names as they are if they fit beside each other, else without what they have in common, which
  /// then stands once below them all, with `*` for the rest.
  private static func names(
    _ names: [String], step: Double, _ style: ChartStyle
  ) -> (CategoryAxis, Affixes?) {
    let room = style.letters * 7
    let whole = CategoryAxis(names, step: step, room: room, style: style)
    let affixes = Affixes(names.map(\.flattened))
    guard whole.isUpright, !(affixes.start + affixes.end).isEmpty else { return (whole, nil) }
    let cores = names.map { affixes.core(of: $0.flattened) }
    return (CategoryAxis(cores, step: step, room: room, style: style), affixes)
  }

  /// What the categories are, with what their names have in common.
  private func name(of categories: String) -> String {
    guard let affixes else { return categories }
    let pattern = "\(affixes.start)*\(affixes.end)"
    return categories.isEmpty ? pattern : "\(categories) (\(pattern))"
  }

  /// The middle of a category.
  func x(_ category: Int, in frame: Frame) -> Double {
    frame.x + (Double(category) + 0.5) * frame.width / Double(max(names.names.count, 1))
  }

  /// The height of a value.
  func y(_ value: Double, in frame: Frame) -> Double {
    axis.place(value, from: frame.maxY, to: frame.y)
  }

  /// Writes what the axes are, and what line and ring are.
  func drawNames(of chart: ProfileChart, on sheet: inout Sheet) {
    sheet.write(
      values: chart.valueName, categories: name(of: chart.categoryName), below: names, around: area,
      above: style.line)
    guard !keys.isEmpty else { return }
    drawKey(of: chart, at: area.maxY + names.height + style.line + style.line, on: &sheet)
  }

  private func drawKey(of chart: ProfileChart, at y: Double, on sheet: inout Sheet) {
    let entries = keys.map { key in
      switch key {
      case .level: chart.levelName
      case .mark: chart.markName
      case .reference: chart.referenceName
      }
    }
    let key = style.letters * 2
    let room = sheet.frame.width / Double(entries.count) - key * 1.6
    let widths = entries.map { min(style.width($0, isSmall: true), max(room, 1)) + key * 1.6 }
    var x = max(sheet.frame.x, area.center.x - widths.reduce(0, +) / 2)
    for (place, (entry, width)) in zip(entries, widths).enumerated() {
      let middle = Point(x + key / 2, y)
      if sheet.hasRoom(at: middle, for: key / 2) {
        switch keys[place] {
        case .level: sheet.add(.line([Point(x, y), Point(x + key, y)], .guide))
        case .mark: sheet.dot(middle, style.accent, isMarked: true, radius: style.letters * 0.2)
        case .reference:
          let height = style.letters * 0.6
          sheet.add(
            .rectangle(Frame(x: x, y: y - height / 2, width: key, height: height), fill: .shade))
        }
      }
      sheet.write(entry, at: Point(x + key * 1.2, y), room: max(room, 1), .note(style))
      x += width
    }
  }
}
