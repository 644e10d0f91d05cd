/// Names at even distances along a horizontal line: beside each other if they fit, upright if not, and
/// only some of them if they would still lie on each other.
struct CategoryAxis {
  /// The whole names.
  let names: [String]
  /// What is written of them.
  let shown: [String]
  let isUpright: Bool
  /// Every how manieth name is written.
  let stride: Int
  /// What the names take below the line, in points.
  let height: Double

  /// - Parameters:
  ///   - step: the distance between names in points.
  ///   - room: what upright names may take at most; longer ones are shortened.
  init(_ names: [String], step: Double, room: Double, style: ChartStyle) {
    self.names = names
    let widest = style.width(names, isSmall: true)
    let line = style.smallLetters * 1.15
    if widest + style.smallLetters * 0.5 <= step || names.count <= 1 && widest < 3 * step {
      (isUpright, stride, height) = (false, 1, line)
    } else if let stride = Self.stride(of: names, widest: widest, step: step, style: style) {
      (isUpright, self.stride, height) = (false, stride, line)
    } else {
      isUpright = true
      stride = max(1, Int((line / max(step, 1e-9)).rounded(.up)))
      height = min(widest, max(room, style.smallLetters * 2))
    }
    let room = isUpright ? height : .infinity
    shown = style.shortened(names, to: room, isSmall: true)
  }

  /// Numbers may be left out, since who reads 2, 4, 6 knows what lies between.
  private static func stride(
    of names: [String], widest: Double, step: Double, style: ChartStyle
  ) -> Int? {
    guard names.allSatisfy({ Int($0) != nil }) else { return nil }
    let least = (widest + style.smallLetters * 0.5) / max(step, 1e-9)
    return [1, 2, 5, 10, 20, 50, 100].first { Double($0) >= least }
  }
}

extension Sheet {
  /// Writes names below a line.
  ///
  /// - Parameter places: the x of each name.
  mutating func categories(_ axis: CategoryAxis, at places: [Double], below y: Double) {
    let size = style.smallLetters
    for (index, place) in places.enumerated() where index % axis.stride == 0 {
      if axis.isUpright {
        write(
          axis.shown[index], of: axis.names[index], at: Point(place, y + size * 0.4),
          room: axis.height, .note(style, .end, isUpright: true))
      } else {
        write(
          axis.shown[index], of: axis.names[index], at: Point(place, y + size * 0.9),
          .note(style, .middle))
      }
    }
  }

  /// Writes the numbers of an axis to the left of a frame, with light lines across it.
  mutating func rows(
    of axis: ValueAxis, in frame: Frame, room: Double = .infinity, isWritten: Bool = true,
    hasLines: Bool = true
  ) {
    let size = style.smallLetters
    let texts = style.shortened(axis.ticks.map(\.text), to: room, isSmall: true)
    var last = Double.infinity
    for (tick, text) in zip(axis.ticks, texts) {
      let y = axis.place(tick.value, from: frame.maxY, to: frame.y)
      if hasLines {
        add(.line([Point(frame.x, y), Point(frame.maxX, y)], Stroke(.rule, width: 0.5)))
      }
      guard isWritten, last - y >= size * 1.1 else { continue }
      last = y
      write(text, of: tick.text, at: Point(frame.x - size * 0.4, y), .note(style, .end))
    }
  }

  /// Writes the numbers of an axis below a frame, with light lines across it, as far as they do not lie
  /// on each other.
  mutating func columns(
    of axis: ValueAxis, in frame: Frame, isWritten: Bool = true, hasLines: Bool = true
  ) {
    let size = style.smallLetters
    var last = -Double.infinity
    for tick in axis.ticks {
      let x = axis.place(tick.value, from: frame.x, to: frame.maxX)
      if hasLines {
        add(.line([Point(x, frame.y), Point(x, frame.maxY)], Stroke(.rule, width: 0.5)))
      }
      let half = style.width(tick.text, isSmall: true) / 2
      guard isWritten, x - half >= last + size * 0.5 else { continue }
      last = x + half
      write(tick.text, at: Point(x, frame.maxY + size * 0.9), .note(style, .middle))
    }
  }
}
