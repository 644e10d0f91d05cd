extension Sheet {
  /// Draws a bar of colours from the low to the high end of an axis, with its numbers and name to the
  /// right.
  mutating func colors(_ palette: ColorMap, _ axis: ValueAxis, in frame: Frame, name: String) {
    let steps = 128
    let bytes = (0..<steps).flatMap { step -> [UInt8] in
      let bytes = palette.color(1 - (Double(step) + 0.5) / Double(steps)).bytes
      return [bytes.red, bytes.green, bytes.blue, 255]
    }
    add(.image(Raster(width: 1, height: steps, bytes: bytes), frame))
    let size = style.smallLetters
    var last = Double.infinity
    for tick in axis.ticks {
      let y = axis.place(tick.value, from: frame.maxY, to: frame.y)
      guard last - y >= size * 1.15 else { continue }
      last = y
      add(.line([Point(frame.maxX, y), Point(frame.maxX + size * 0.3, y)], Stroke(.faintInk)))
      write(tick.text, at: Point(frame.maxX + size * 0.5, y), .note(style))
    }
    let x = frame.maxX + size * 0.9 + style.width(axis.ticks.map(\.text), isSmall: true)
    write(
      name, at: Point(x + size * 0.4, frame.center.y),
      room: self.size.height - size, .note(style, .middle, isUpright: true))
  }

  /// Draws the sign of what is missing: a faint stroke from corner to corner.
  mutating func hatch(_ frame: Frame) {
    let inner = frame.inset(
      left: frame.width * 0.2, top: frame.height * 0.2, right: frame.width * 0.2,
      bottom: frame.height * 0.2)
    // The whole of the cell answers to a pointer.
    add(.rectangle(frame, fill: .color(.missing, opacity: 0.25)))
    add(
      .line(
        [Point(inner.x, inner.maxY), Point(inner.maxX, inner.y)], Stroke(.faintInk, width: 0.5)))
  }
}
