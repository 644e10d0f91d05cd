/// A line with ticks, their labels and a title, along the bottom or the left side of a plot.
struct Axis: Equatable, Sendable {
  /// Where the axis stands.
  enum Side: Equatable, Sendable { case bottom, left }

  let side: Side
  let scale: Scale
  let ticks: Ticks
  /// What the numbers are, with their unit; empty for none.
  let title: String
  /// Height of the letters of the title in points; those of the labels are a point less.
  let fontSize: Double

  init(_ side: Side, scale: Scale, ticks: Ticks, title: String = "", fontSize: Double = 9) {
    self.side = side
    self.scale = scale
    self.ticks = ticks
    self.title = title
    self.fontSize = fontSize
  }

  /// How much room the axis takes beside the plot, away from it.
  var thickness: Double {
    let labels = side == .bottom ? labelSize : widestLabel
    return tickLength + gap + labels + (title.isEmpty ? 0 : gap + 1.2 * fontSize)
  }

  /// The marks, with the line at a height (bottom) or a distance from the left edge (left).
  func marks(at place: Double) -> [Mark] {
    [line(at: place)] + ticks.values.indices.map { tick($0, at: place) } + heading(at: place)
  }

  private var labelSize: Double { fontSize - 1 }
  private var tickLength: Double { 3 }
  private var gap: Double { 2.5 }
  private var widestLabel: Double {
    ticks.labels.map { TextMeasure.width(of: $0, size: labelSize) }.max() ?? 0
  }

  /// A point by its place along the axis and its distance from it, away from the plot.
  private func point(_ along: Double, _ away: Double, at place: Double) -> Point {
    side == .bottom ? Point(along, place + away) : Point(place - away, along)
  }

  private func line(at place: Double) -> Mark {
    .path(
      .line(from: point(scale.start, 0, at: place), to: point(scale.end, 0, at: place)),
      stroke: Stroke(.faintInk))
  }

  private func tick(_ number: Int, at place: Double) -> Mark {
    let along = scale(ticks.values[number])
    let away = tickLength + gap
    let capital = TextMeasure.capHeight * labelSize
    let baseline =
      side == .bottom
      ? point(along, away + capital, at: place) : point(along + capital / 2, away, at: place)
    return .group([
      .path(
        .line(from: point(along, 0, at: place), to: point(along, tickLength, at: place)),
        stroke: Stroke(.faintInk)),
      .text(
        Label(
          ticks.labels[number], at: baseline, size: labelSize,
          anchor: side == .bottom ? .middle : .end, paint: .faintInk)),
    ])
  }

  private func heading(at place: Double) -> [Mark] {
    guard !title.isEmpty else { return [] }
    let middle = (scale.start + scale.end) / 2
    // The descenders of the title end where the room of the axis does.
    let away = thickness - (side == .bottom ? 0.25 : 0.95) * fontSize
    return [
      .text(
        Label(
          shortTitle, at: point(middle, away, at: place), size: fontSize, anchor: .middle,
          rotation: side == .bottom ? 0 : -90))
    ]
  }

  /// A title that is longer than the axis would run into its neighbours.
  private var shortTitle: String {
    TextMeasure.shortened(title, to: max(abs(scale.end - scale.start), 36), size: fontSize)
  }
}
