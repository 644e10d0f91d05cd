extension Mark {
  /// A line through points.
  static func line(_ points: [Point], _ stroke: Stroke) -> Mark {
    .path(.lines(points), stroke: stroke)
  }

  /// An area with straight sides.
  static func area(_ points: [Point], fill: Paint) -> Mark {
    .path(.lines(points, isClosed: true), fill: fill)
  }

  /// A rectangle.
  static func rectangle(_ frame: Frame, fill: Paint? = nil, stroke: Stroke? = nil) -> Mark {
    .path(.rectangle(frame), fill: fill, stroke: stroke)
  }

  /// A circle.
  static func circle(
    _ center: Point, radius: Double, fill: Paint? = nil, stroke: Stroke? = nil
  ) -> Mark {
    .path(.circle(center: center, radius: radius), fill: fill, stroke: stroke)
  }
}

extension Paint {
  /// What is there to compare with, on light and dark pages.
  static let shade = Paint.color(Color(hex: 0x808080), opacity: 0.4)
}
