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

extension Frame {
  /// What is left within margins; never less than a point, and never outside.
  func inset(left: Double = 0, top: Double = 0, right: Double = 0, bottom: Double = 0) -> Frame {
    let across = Self.fitted(left, right, in: width)
    let down = Self.fitted(top, bottom, in: height)
    return Frame(
      x: x + across.before, y: y + down.before, width: width - across.before - across.after,
      height: height - down.before - down.after)
  }

  /// Margins that leave a fifth of the length, if need be by becoming smaller.
  private static func fitted(
    _ before: Double, _ after: Double, in length: Double
  ) -> (before: Double, after: Double) {
    let sum = before + after
    let scale = sum > length * 0.8 ? length * 0.8 / sum : 1
    return (before * scale, after * scale)
  }
}

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
