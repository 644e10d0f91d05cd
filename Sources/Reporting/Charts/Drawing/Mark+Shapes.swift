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

extension Stroke {
  /// The dashed line of what values are compared with.
  static let guide = Stroke(.faintInk, width: 0.9, dashes: [3, 2])
}

extension Mark {
  /// The mark with all lengths multiplied, about the upper left corner of the canvas.
  func scaled(by factor: Double) -> Mark {
    switch self {
    case .path(let path, let fill, let stroke):
      .path(path.scaled(by: factor), fill: fill, stroke: stroke?.scaled(by: factor))
    case .text(let label): .text(label.scaled(by: factor))
    case .image(let raster, let frame): .image(raster, frame.scaled(by: factor))
    case .group(let marks, let title): .group(marks.map { $0.scaled(by: factor) }, title: title)
    }
  }
}

extension Point {
  fileprivate func scaled(by factor: Double) -> Point { Point(x * factor, y * factor) }
}

extension Frame {
  fileprivate func scaled(by factor: Double) -> Frame {
    Frame(x: x * factor, y: y * factor, width: width * factor, height: height * factor)
  }
}

extension Stroke {
  fileprivate func scaled(by factor: Double) -> Stroke {
    Stroke(paint, width: width * factor, dashes: dashes.map { $0 * factor })
  }
}

extension Label {
  fileprivate func scaled(by factor: Double) -> Label {
    Label(
      text, at: place.scaled(by: factor), size: size * factor, anchor: anchor, paint: paint,
      isBold: isBold, rotation: rotation, halo: halo)
  }
}

extension Path {
  fileprivate func scaled(by factor: Double) -> Path {
    Path(
      pieces.map { piece in
        switch piece {
        case .move(let point): .move(point.scaled(by: factor))
        case .line(let point): .line(point.scaled(by: factor))
        case .curve(let first, let second, let end):
          .curve(
            first.scaled(by: factor), second.scaled(by: factor), to: end.scaled(by: factor))
        case .close: .close
        }
      })
  }
}
