/// An outline made of pieces.
public struct Path: Equatable, Sendable {
  /// A piece of an outline.
  public enum Piece: Equatable, Sendable {
    /// Begins a new outline.
    case move(Point)
    /// A straight line.
    case line(Point)
    /// A cubic Bézier curve with its two control points.
    case curve(Point, Point, to: Point)
    /// A straight line back to where the outline began.
    case close
  }

  /// The pieces in the order in which they are drawn; the first is a move.
  public let pieces: [Piece]

  /// Takes the pieces of an outline.
  public init(_ pieces: [Piece]) { self.pieces = pieces }
}

extension Path {
  /// A straight line.
  public static func line(from start: Point, to end: Point) -> Path {
    Path([.move(start), .line(end)])
  }

  /// Straight lines through points; nothing without points.
  public static func lines(_ points: [Point], isClosed: Bool = false) -> Path {
    guard let first = points.first else { return Path([]) }
    return Path([.move(first)] + points.dropFirst().map { .line($0) } + (isClosed ? [.close] : []))
  }

  /// The outline of a frame.
  public static func rectangle(_ frame: Frame) -> Path {
    lines(
      [
        Point(frame.x, frame.y), Point(frame.maxX, frame.y), Point(frame.maxX, frame.maxY),
        Point(frame.x, frame.maxY),
      ], isClosed: true)
  }

  /// A circle, by four curves that stay within 0.03 % of it.
  public static func circle(center: Point, radius: Double) -> Path {
    func point(_ x: Double, _ y: Double) -> Point {
      Point(center.x + x * radius, center.y + y * radius)
    }
    // The length of the control arms with which a quarter passes through its middle.
    let arm = 0.5522847498
    return Path([
      .move(point(1, 0)),
      .curve(point(1, arm), point(arm, 1), to: point(0, 1)),
      .curve(point(-arm, 1), point(-1, arm), to: point(-1, 0)),
      .curve(point(-1, -arm), point(-arm, -1), to: point(0, -1)),
      .curve(point(arm, -1), point(1, -arm), to: point(1, 0)),
      .close,
    ])
  }
}
