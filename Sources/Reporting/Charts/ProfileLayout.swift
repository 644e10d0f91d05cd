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
  private let hasLevel: Bool
  private let hasMark: Bool

  init(_ chart: ProfileChart, style: ChartStyle) {
    let values = chart.panels.flatMap { panel in
      panel.points.flatMap { [$0.value, $0.band?.finite?.low, $0.band?.finite?.high] } + [
        panel.level
      ]
    }
    axis = ValueAxis(values.compactMap(\.self), ticks: 4)
    hasLevel = chart.panels.contains { $0.level?.drawable != nil }
    hasMark = chart.panels.contains { $0.marked != nil }
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
    let below = names.height + style.line * (hasLevel || hasMark ? 2.4 : 1.4) + letters * 0.4
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
    let frame = sheet.frame
    sheet.write(
      chart.valueName, at: Point(frame.x + style.smallLetters * 0.5, area.center.y),
      room: area.height + style.line, .note(style, .middle, isUpright: true))
    let y = area.maxY + names.height + style.line * 1.0
    sheet.write(
      name(of: chart.categoryName), at: Point(area.center.x, y), room: frame.width,
      .note(style, .middle))
    guard hasLevel || hasMark else { return }
    drawKey(of: chart, at: y + style.line, on: &sheet)
  }

  private func drawKey(of chart: ProfileChart, at y: Double, on sheet: inout Sheet) {
    let entries = (hasLevel ? [chart.levelName] : []) + (hasMark ? [chart.markName] : [])
    let key = style.letters * 2
    let room = sheet.frame.width / Double(entries.count) - key * 1.6
    let widths = entries.map { min(style.width($0, isSmall: true), max(room, 1)) + key * 1.6 }
    var x = max(sheet.frame.x, area.center.x - widths.reduce(0, +) / 2)
    for (place, (entry, width)) in zip(entries, widths).enumerated() {
      let middle = Point(x + key / 2, y)
      if sheet.hasRoom(at: middle, for: key / 2) {
        if hasLevel, place == 0 {
          let ends = [Point(x, y), Point(x + key, y)]
          sheet.add(.line(ends, Stroke(.faintInk, width: 0.9, dashes: [3, 2])))
        } else {
          sheet.dot(middle, style.accent, isMarked: true, radius: style.letters * 0.2)
        }
      }
      sheet.write(entry, at: Point(x + key * 1.2, y), room: max(room, 1), .note(style))
      x += width
    }
  }
}
