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

  /// Draws a point; one that stands out is larger, with a ring.
  mutating func dot(_ center: Point, _ color: Color, isMarked: Bool = false, radius: Double) {
    add(.circle(center, radius: isMarked ? radius * 1.35 : radius, fill: .color(color)))
    guard isMarked else { return }
    add(.circle(center, radius: radius * 2.3, stroke: Stroke(.ink, width: 1)))
  }

  /// Puts marks that belong together; what reads their value aloud is the title.
  mutating func group(_ title: String, _ draw: (inout Sheet) -> Void) {
    var inner = Sheet(size, style: style)
    draw(&inner)
    if !inner.marks.isEmpty { marks.append(.group(inner.marks, title: title)) }
  }

  /// The finished drawing; the description is for screen readers.
  func figure(_ heading: ChartHeading, saying description: String) -> Figure {
    Figure(
      name: heading.name, title: heading.title, description: description, size: size, marks: marks)
  }
}

extension Sheet {
  /// How a text is written.
  struct Lettering {
    var size: Double
    var anchor = Label.Anchor.start
    var paint = Paint.ink
    var isBold = false
    /// Whether it reads upwards.
    var isUpright = false
    var halo: Paint?
  }

  /// Writes a text with the middle of its small letters at a place, in no more room than given. The
  /// whole of a text that is shortened, here or before, becomes the title of its group.
  mutating func write(
    _ text: String, of name: String? = nil, at place: Point, room: Double = .infinity,
    _ lettering: Lettering
  ) {
    let text = text.flattened
    let whole = name?.flattened ?? text
    let along = lettering.isUpright ? size.height : size.width
    guard !text.isEmpty, lettering.size * 1.1 <= (lettering.isUpright ? size.width : size.height)
    else { return }
    let shown = TextMeasure.shortened(text, to: min(room, along) + 1e-6, size: lettering.size)
    let width = TextMeasure.width(of: shown, size: lettering.size, isBold: lettering.isBold)
    guard !shown.isEmpty, width <= along + 1e-6 else { return }
    let label = Mark.text(
      Label(
        shown, at: baseline(place, width: width, lettering), size: lettering.size,
        anchor: lettering.anchor, paint: lettering.paint, isBold: lettering.isBold,
        rotation: lettering.isUpright ? -90 : 0, halo: lettering.halo))
    add(shown == whole ? label : .group([label], title: whole))
  }

  /// Where the anchor of the baseline is when the middle of the letters is at a place, with the whole
  /// text on the canvas.
  private func baseline(_ place: Point, width: Double, _ lettering: Lettering) -> Point {
    let before: Double =
      switch lettering.anchor {
      case .start: 0
      case .middle: width / 2
      case .end: width
      }
    // Capitals are 0.73 of the size high; accents above and letters below the line need more.
    let shift = 0.36 * lettering.size
    let (above, below) = (0.8 * lettering.size, 0.24 * lettering.size)
    if lettering.isUpright {
      return Point(
        min(max(place.x + shift, above), size.width - below),
        min(max(place.y, width - before), size.height - before))
    }
    return Point(
      min(max(place.x, before), size.width - (width - before)),
      min(max(place.y + shift, above), size.height - below))
  }
}

extension Sheet.Lettering {
  /// Names.
  static func name(_ style: ChartStyle, _ anchor: Label.Anchor = .start) -> Self {
    Self(size: style.letters, anchor: anchor)
  }

  /// Ticks and notes.
  static func note(
    _ style: ChartStyle, _ anchor: Label.Anchor = .start, isUpright: Bool = false
  ) -> Self {
    Self(size: style.smallLetters, anchor: anchor, paint: .faintInk, isUpright: isUpright)
  }
}
