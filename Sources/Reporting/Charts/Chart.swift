/// Data and what they are called, which can be drawn. A chart is the data; a figure is the drawing.
public protocol Chart: Sendable {
  /// The drawing of the data in a style.
  func figure(_ style: ChartStyle) -> Figure
}

/// How charts look.
public struct ChartStyle: Equatable, Sendable {
  /// Points; nil lets the chart choose by how much there is to show.
  public let size: FigureSize?
  /// Height of letters in points.
  public let fontSize: Double
  /// The colours of ordered values.
  public let palette: ColorMap

  /// Takes a size, a height of letters and colours; each has a default.
  public init(size: FigureSize? = nil, fontSize: Double = 9, palette: ColorMap = .viridis) {
    self.size = size
    self.fontSize = fontSize
    self.palette = palette
  }
}
