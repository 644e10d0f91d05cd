/// Data and what they are called, which can be drawn. A chart is the data; a figure is the drawing.
///
/// Every chart draws whatever it is given: values that are missing or not finite are left out and said
/// to be `n/a`, names that are too long are shortened in the middle and stand whole in the title of
/// their group. The same chart in the same style gives the same figure.
public protocol Chart: Sendable {
  /// The drawing of the data in a style.
  func figure(_ style: ChartStyle) -> Figure
}

/// What a chart is called.
public struct ChartHeading: Equatable, Sendable {
  /// A short word for files and anchors, `a-z`, digits and `-` only: `coupling-matrix`.
  public let name: String
  /// What is shown, one line.
  public let title: String

  /// Takes the words.
  public init(name: String, title: String) {
    self.name = name
    self.title = title
  }
}

/// The low and the high end of where a value may lie.
public struct ChartInterval: Equatable, Sendable {
  /// The low end; an interval with an end that is not finite is not drawn.
  public let low: Double
  /// The high end.
  public let high: Double

  /// Takes both ends, in either order.
  public init(low: Double, high: Double) {
    self.low = min(low, high)
    self.high = max(low, high)
  }
}

extension ChartInterval {
  /// The interval, if both ends can be drawn.
  var finite: ChartInterval? { low.isFinite && high.isFinite ? self : nil }

  /// `0.21 to 0.27`.
  var words: String {
    "\(NumberText.short(low, digits: 3)) to \(NumberText.short(high, digits: 3))"
  }
}

/// How charts look.
public struct ChartStyle: Equatable, Sendable {
  /// The canvas in points; nil lets the chart choose by how much there is to show.
  public let size: FigureSize?
  /// The width in points where the chart is to choose the height; `size` goes before it.
  public let width: Double?
  /// Height of letters in points; ticks and notes are written in eight ninths of it.
  public let fontSize: Double
  /// The colours of ordered values.
  public let palette: ColorMap

  /// Takes the choices. Charts draw on at least 72 × 36 and at most 14,400 × 14,400 points, in letters of
  /// 4 to 72 points and no more than an eighth of the canvas.
  public init(
    size: FigureSize? = nil, width: Double? = nil, fontSize: Double = 9,
    palette: ColorMap = .viridis
  ) {
    self.size = size
    self.width = width
    self.fontSize = fontSize
    self.palette = palette
  }
}

extension ChartStyle {
  /// Height of the letters of names, at most an eighth of the canvas.
  var letters: Double {
    let chosen = fontSize.isFinite ? min(max(fontSize, 4), 72) : 9
    let height = size.map { Self.side($0.height, least: 36) } ?? .infinity
    return min(chosen, canvasWidth / 8, height / 8)
  }
  /// Height of the letters of ticks and notes.
  var smallLetters: Double { letters * 8 / 9 }
  /// From one line of names to the next.
  var line: Double { letters * 1.3 }
  /// The width that was asked for, if any.
  var chosenWidth: Double? { (size?.width ?? width).map { Self.side($0, least: 72) } }
  /// The width that was asked for, or that of two columns.
  var canvasWidth: Double { chosenWidth ?? 504 }

  /// The canvas, as high as the chart would have it if no height was asked for.
  func canvas(width: Double? = nil, height: Double) -> FigureSize {
    FigureSize(
      width: width ?? canvasWidth, height: Self.side(size?.height ?? height, least: 36))
  }

  /// From one written name to the next, in rows that are a step apart, so that names do not overlap.
  func stride(ofRows step: Double) -> Int { max(1, Int((letters * 1.05 / step).rounded(.up))) }

  /// The colour of the only thing that a chart shows; it stands out on light and dark pages.
  var accent: Color { palette.color(palette.isDiverging ? 0.15 : 0.46) }

  /// The colours of values: those with a middle, which is zero, where some values are negative. Greys
  /// have no middle and stay.
  func palette(hasNegative: Bool) -> ColorMap {
    hasNegative && palette != .gray ? .blueRed : palette
  }

  /// The colour of one of several things in order, without the ends of the palette, which are too close
  /// to the page. A palette with a middle is none for such things, and viridis takes its place.
  func color(_ place: Int, of count: Int) -> Color {
    guard count > 1 else { return accent }
    let palette = palette.isDiverging ? .viridis : palette
    return palette.color(0.2 + 0.68 * Double(place) / Double(count - 1))
  }

  /// The colour of one of several things without order.
  func name(_ place: Int, of count: Int) -> Color {
    palette == .gray || count > Color.categories.count
      ? color(place, of: count) : .category(place)
  }

  private static func side(_ length: Double, least: Double) -> Double {
    length.isFinite ? min(max(length, least), 14_400) : 504
  }
}

extension ChartStyle {
  /// How wide a text is in the letters of names, or in small ones.
  func width(_ text: String, isSmall: Bool = false) -> Double {
    TextMeasure.width(of: text.flattened, size: isSmall ? smallLetters : letters)
  }

  /// The width of the widest of some texts; 0 of none.
  func width(_ texts: [String], isSmall: Bool = false) -> Double {
    texts.map { width($0, isSmall: isSmall) }.max() ?? 0
  }
}
