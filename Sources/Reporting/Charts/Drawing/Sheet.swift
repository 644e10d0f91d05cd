/// A canvas that marks are put on. Text that is put on it stays on it: it is shortened to the room that
/// it has, and moved in where it would run over the edge.
struct Sheet {
  let size: FigureSize
  let style: ChartStyle
  private(set) var marks: [Mark] = []

  init(_ size: FigureSize, style: ChartStyle) {
    self.size = size
    self.style = style
  }

  /// The canvas within a narrow margin.
  var frame: Frame {
    let margin = style.letters / 3
    return Frame(x: 0, y: 0, width: size.width, height: size.height)
      .inset(left: margin, top: margin, right: margin, bottom: margin)
  }

  mutating func add(_ mark: Mark) { marks.append(mark) }

  /// Whether a key of a size about a place lies on the canvas; one that does not is left out.
  func hasRoom(at place: Point, for radius: Double) -> Bool {
    place.x >= radius && place.y >= radius && place.x + radius <= size.width
      && place.y + radius <= size.height
  }

  /// Puts marks that belong together; what reads their value aloud is the title.
  mutating func group(_ title: String?, _ draw: (inout Sheet) -> Void) {
    var inner = Sheet(size, style: style)
    draw(&inner)
    if !inner.marks.isEmpty { marks.append(.group(inner.marks, title: title)) }
  }

  /// The finished drawing.
  func figure(_ heading: ChartHeading, saying description: String) -> Figure {
    Figure(
      name: heading.name, title: heading.title, description: heading.description ?? description,
      size: size, marks: marks)
  }
}
