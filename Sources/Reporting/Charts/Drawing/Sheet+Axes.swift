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
