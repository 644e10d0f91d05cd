/// A place on a canvas, in points from its upper left corner.
public struct Point: Equatable, Sendable {
  /// To the right.
  public let x: Double
  /// Down.
  public let y: Double

  /// Takes the distances to the right and down.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}
