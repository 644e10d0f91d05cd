/// A rectangle whose sides lie along the axes, in points.
public struct Frame: Equatable, Sendable {
  /// The left side.
  public let x: Double
  /// The upper side.
  public let y: Double
  /// From the left side to the right one.
  public let width: Double
  /// From the upper side to the lower one.
  public let height: Double

  /// Takes the upper left corner and the lengths of the sides.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right side.
  public var maxX: Double { x + width }
  /// The lower side.
  public var maxY: Double { y + height }
  /// The point in the middle.
  public var center: Point { Point(x + width / 2, y + height / 2) }
}
