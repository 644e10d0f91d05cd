/// Width and height of a canvas in points.
public struct FigureSize: Equatable, Sendable {
  /// The width in points.
  public let width: Double
  /// The height in points.
  public let height: Double

  /// Takes width and height in points; traps unless both are finite and above 0.
  public init(width: Double, height: Double) {
    precondition(
      width > 0 && height > 0 && width.isFinite && height.isFinite, "A canvas has an area.")
    self.width = width
    self.height = height
  }
}
