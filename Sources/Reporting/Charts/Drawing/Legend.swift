/// What colours stand for, in as many lines as needed.
struct Legend {
  private let names: [String]
  private let places: [Point]
  private let rooms: [Double]
  private let style: ChartStyle
  /// What the lines take.
  let height: Double

  init(_ names: [String], width: Double, style: ChartStyle) {
    let key = style.letters * 1.2
    let gap = style.letters * 1.2
    var (x, line) = (0.0, 0)
    var places: [Point] = []
    var rooms: [Double] = []
    for name in names {
      let room = max(1, min(style.width(name, isSmall: true) + 0.01, width - key))
      if x > 0, x + key + room > width { (x, line) = (0, line + 1) }
      places.append(Point(x, (Double(line) + 0.5) * style.line))
      rooms.append(room)
      x += key + room + gap
    }
    height = names.isEmpty ? 0 : Double(line + 1) * style.line + style.letters * 0.5
    (self.names, self.places, self.rooms, self.style) = (names, places, rooms, style)
  }

  /// Draws the lines at the top of a frame; those for which there is no room are left out.
  func draw(in frame: Frame, on sheet: inout Sheet) {
    let side = style.letters * 0.75
    for (place, name) in names.enumerated() {
      let (x, y) = (frame.x + places[place].x, frame.y + places[place].y)
      guard y + side <= frame.maxY, x + side <= frame.maxX else { continue }
      let color = style.name(place, of: names.count)
      sheet.add(
        .rectangle(
          Frame(x: x, y: y - side / 2, width: side, height: side), fill: .color(color)))
      sheet.write(
        name, at: Point(x + style.letters * 1.2, y), room: rooms[place], .note(style))
    }
  }
}
