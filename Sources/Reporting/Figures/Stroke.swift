/// A line along a path.
public struct Stroke: Equatable, Sendable {
  /// What the line is painted with.
  public let paint: Paint
  /// In points.
  public let width: Double
  /// Lengths of dashes and gaps in points; empty for a whole line.
  public let dashes: [Double]

  /// Takes a paint, a width and lengths of dashes and gaps.
  public init(_ paint: Paint, width: Double = 0.75, dashes: [Double] = []) {
    self.paint = paint
    self.width = width
    self.dashes = dashes
  }
}
