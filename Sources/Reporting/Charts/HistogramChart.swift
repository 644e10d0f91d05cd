internal import Foundation
internal import ChiasmStatistics

/// How values are distributed, a panel for each sample, with a line where another value stands among
/// them.
///
/// Bins are as wide as the rule of Freedman and Diaconis has it, 2 · interquartile range · n^(−1/3),
/// with at least 5 and at most 40 of them over the range of the sample; a sample without such a range
/// has the ⌈log₂ n⌉ + 1 bins of Sturges, and a constant one a single bin.
///
/// Reference: Freedman and Diaconis, 1981, Zeitschrift für Wahrscheinlichkeitstheorie 57.
public struct HistogramChart: Chart {
  /// A sample.
  public struct Panel: Equatable, Sendable {
    /// What stands above the panel.
    public let name: String
    /// The sample; what is not finite is left out and counted.
    public let values: [Double]
    /// The value that is marked.
    public let observed: Double?
    /// What is written at the right above the panel, such as a rank or a p-value.
    public let note: String

    /// Takes a sample.
    public init(_ name: String, values: [Double], observed: Double? = nil, note: String = "") {
      self.name = name
      self.values = values
      self.observed = observed
      self.note = note
    }
  }

  /// What the chart is called.
  public let heading: ChartHeading
  /// The samples, in order.
  public let panels: [Panel]
  /// What the values are, below the axis.
  public let valueName: String
  /// What the marked value is.
  public let observedName: String
  /// Whether all panels have the same axis.
  public let isShared: Bool

  /// Takes the data.
  public init(
    _ heading: ChartHeading, panels: [Panel], valueName: String, observedName: String = "observed",
    isShared: Bool = true
  ) {
    self.heading = heading
    self.panels = panels
    self.valueName = valueName
    self.observedName = observedName
    self.isShared = isShared
  }

  /// The drawing of the samples in a style.
  public func figure(_ style: ChartStyle) -> Figure {
    let letters = style.letters
    let columns = PanelGrid.columns(
      count: panels.count, width: style.canvasWidth, least: letters * 17,
      height: style.size.map { $0.height - style.line * 3 }, low: letters * 7)
    let rows = (max(panels.count, 1) + columns - 1) / columns
    let gap = style.line * 3.1
    let below = style.line * 3.2 + letters * 0.4
    let height = Double(rows) * letters * 7 + Double(rows - 1) * gap + style.line * 1.2 + below
    var sheet = Sheet(style.canvas(height: height), style: style)
    let area = sheet.frame.inset(
      left: letters * 0.8, top: style.line * 1.2, right: letters * 0.8, bottom: below)
    let grid = PanelGrid(
      count: panels.count, columns: columns, in: area, gaps: (letters * 2, gap))
    let shared = isShared ? panels.flatMap(\.all) : nil
    for (panel, frame) in zip(panels, grid.frames) {
      let axis = ValueAxis(shared ?? panel.all, ticks: Int(frame.width / letters / 4))
      draw(panel, axis, frame, on: &sheet)
      if grid.hasHeads(style) { drawNames(panel, frame, on: &sheet) }
    }
    let y = area.maxY + style.line * 1.6
    sheet.write(
      valueName, at: Point(area.center.x, y), room: sheet.frame.width, .note(style, .middle))
    drawKey(at: Point(area.center.x, y + style.line), on: &sheet)
    return sheet.figure(heading, saying: words)
  }

  private func draw(_ panel: Panel, _ axis: ValueAxis, _ frame: Frame, on sheet: inout Sheet) {
    let style = sheet.style
    func x(_ value: Double) -> Double { axis.place(value, from: frame.x, to: frame.maxX) }
    sheet.columns(of: axis, in: frame, hasLines: false)
    sheet.add(
      .line(
        [Point(frame.x, frame.maxY), Point(frame.maxX, frame.maxY)], Stroke(.rule, width: 0.75)
      ))
    let bins = Bins(panel.values)
    let most = Double(bins.counts.max() ?? 1)
    for (place, count) in bins.counts.enumerated() where count > 0 {
      let (low, high) = (x(bins.edge(place)), x(bins.edge(place + 1)))
      let width = max(high - low, min(1, frame.width))
      let height = frame.height * Double(count) / most
      let bar = Frame(
        x: min(low, frame.maxX - width), y: frame.maxY - height, width: width, height: height)
      sheet.group(bins.title(place)) { $0.add(.rectangle(bar, fill: .shade)) }
    }
    if bins.counts.isEmpty {
      sheet.write("no values", at: frame.center, room: frame.width, .note(style, .middle))
    }
    if let observed = panel.observed?.drawable {
      let title =
        "\(panel.name.isolated), \(observedName.flattened): "
        + ([NumberText.short(observed, digits: 3)] + [panel.note.flattened].filter { !$0.isEmpty })
        .joined(separator: ", ")
      sheet.group(title) { sheet in
        sheet.add(
          .line(
            [Point(x(observed), frame.y), Point(x(observed), frame.maxY)],
            Stroke(.color(style.accent), width: 1.75)))
      }
    }
  }

  private func drawNames(_ panel: Panel, _ frame: Frame, on sheet: inout Sheet) {
    let style = sheet.style
    let y = frame.y - style.line * 0.6
    let note = min(style.width(panel.note, isSmall: true), frame.width * 0.6)
    let gap = note > 0 ? style.letters * 0.6 : 0
    sheet.write(
      panel.name, at: Point(frame.x, y), room: frame.width - note - gap, .name(style))
    sheet.write(panel.note, at: Point(frame.maxX, y), room: note + 0.01, .note(style, .end))
  }

  /// What the line is, below everything.
  private func drawKey(at place: Point, on sheet: inout Sheet) {
    guard panels.contains(where: { $0.observed?.drawable != nil }) else { return }
    let style = sheet.style
    let gap = style.letters * 0.7
    let width = min(style.width(observedName, isSmall: true) + gap, sheet.frame.width)
    let x = max(sheet.frame.x + 1, place.x - width / 2)
    let half = min(style.letters * 0.45, place.y, sheet.size.height - place.y)
    if half > 0 {
      sheet.add(
        .line(
          [Point(x, place.y - half), Point(x, place.y + half)],
          Stroke(.color(style.accent), width: 1.75)))
    }
    sheet.write(observedName, at: Point(x + gap, place.y), room: width - gap + 0.01, .note(style))
  }

  private var words: String {
    let parts = panels.prefix(24).map { panel -> String in
      let values = panel.values.compactMap(\.drawable)
      let name = "\(panel.name.isolated): \(String.count(values.count, "value"))"
      guard let low = values.min(), let high = values.max() else { return name }
      let range =
        " from \(NumberText.short(low, digits: 3)) to \(NumberText.short(high, digits: 3))"
      guard let observed = panel.observed?.drawable else { return name + range }
      let beaten = values.count { $0 < observed }
      return name + range
        + ", \(observedName.flattened) \(NumberText.short(observed, digits: 3)) is "
        + "above \(beaten) of them"
    }
    return "\(String.count(panels.count, "histogram"))"
      + (parts.isEmpty ? "." : ". \(parts.joined(separator: "; ")).")
  }
}

extension HistogramChart.Panel {
  /// All that has to lie on the axis.
  fileprivate var all: [Double] { values + [observed].compactMap(\.self) }
}

/// A sample counted in intervals of equal width.
struct Bins: Equatable {
  /// The low end of the first bin.
  let low: Double
  /// Zero for a constant sample.
  let width: Double
  /// How many values are in each bin; empty for an empty sample.
  let counts: [Int]

  /// Counts a sample; what is not finite is left out. See `HistogramChart` for the rule.
  init(_ sample: [Double]) {
    let values = sample.compactMap(\.drawable).sorted()
    low = values.first ?? 0
    let range = (values.last ?? 0) - low
    guard range > 1e-290, range / 40 + low != low else {
      width = 0
      counts = values.isEmpty ? [] : [values.count]
      return
    }
    let count = Self.count(values, range: range)
    let width = range / Double(count)
    var counts = Array(repeating: 0, count: count)
    for value in values { counts[min(Int((value - low) / width), count - 1)] += 1 }
    self.width = width
    self.counts = counts
  }

  private static func count(_ values: [Double], range: Double) -> Int {
    let number = Double(values.count)
    let quartiles = Quantiles(sorted: values)
    let wide = 2 * (quartiles(0.75) - quartiles(0.25)) / cbrt(number)
    let count = wide > 0 ? range / wide : log2(number).rounded(.up) + 1
    return Int(count.clamped(from: 5, to: 40).rounded(.up))
  }

  /// The low end of a bin, or the high end of the one before.
  func edge(_ place: Int) -> Double { low + width * Double(place) }

  /// `12 from 0.1 to 0.12`.
  func title(_ place: Int) -> String {
    let low = NumberText.short(edge(place), digits: 3)
    guard width > 0 else { return "\(counts[place]) at \(low)" }
    return "\(counts[place]) from \(low) to \(NumberText.short(edge(place + 1), digits: 3))"
  }
}
