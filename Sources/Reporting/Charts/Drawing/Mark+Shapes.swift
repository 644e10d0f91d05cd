extension Mark {
  /// A line through points.
  static func line(_ points: [Point], _ stroke: Stroke) -> Mark {
    .path(Path(points.enumerated().map { $0 == 0 ? .move($1) : .line($1) }), stroke: stroke)
  }

  /// An area with straight sides.
  static func area(_ points: [Point], fill: Paint) -> Mark {
    .path(Path(points.enumerated().map { $0 == 0 ? .move($1) : .line($1) } + [.close]), fill: fill)
  }

  /// A rectangle.
  static func rectangle(_ frame: Frame, fill: Paint? = nil, stroke: Stroke? = nil) -> Mark {
    let corners: [Path.Piece] = [
      .move(Point(frame.x, frame.y)), .line(Point(frame.right, frame.y)),
      .line(Point(frame.right, frame.bottom)), .line(Point(frame.x, frame.bottom)), .close,
    ]
    return .path(Path(corners), fill: fill, stroke: stroke)
  }

  /// A circle, of four curves.
  static func circle(
    _ center: Point, radius: Double, fill: Paint? = nil, stroke: Stroke? = nil
  ) -> Mark {
    let (x, y, r) = (center.x, center.y, radius)
    // The length of handles with which a cubic curve stays closest to a quarter of a circle.
    let k = r * 0.5523
    let pieces: [Path.Piece] = [
      .move(Point(x + r, y)),
      .curve(Point(x + r, y + k), Point(x + k, y + r), to: Point(x, y + r)),
      .curve(Point(x - k, y + r), Point(x - r, y + k), to: Point(x - r, y)),
      .curve(Point(x - r, y - k), Point(x - k, y - r), to: Point(x, y - r)),
      .curve(Point(x + k, y - r), Point(x + r, y - k), to: Point(x + r, y)),
      .close,
    ]
    return .path(Path(pieces), fill: fill, stroke: stroke)
  }
}

extension Frame {
  var right: Double { x + width }
  var bottom: Double { y + height }
  var center: Point { Point(x + width / 2, y + height / 2) }

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
