extension ChartStyle {
  /// How wide a text is in the letters of names, or in small ones.
  func width(_ text: String, isSmall: Bool = false) -> Double {
    TextMeasure.width(of: text.flattened, size: isSmall ? smallLetters : letters)
  }

  /// The width of the widest of some texts; 0 of none.
  func width(_ texts: [String], isSmall: Bool = false) -> Double {
    texts.map { width($0, isSmall: isSmall) }.max() ?? 0
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
        rotation: lettering.isUpright ? -90 : 0))
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
  static func name(
    _ style: ChartStyle, _ anchor: Label.Anchor = .start, isUpright: Bool = false
  ) -> Self {
    Self(size: style.letters, anchor: anchor, isUpright: isUpright)
  }

  /// Ticks and notes.
  static func note(
    _ style: ChartStyle, _ anchor: Label.Anchor = .start, isUpright: Bool = false
  ) -> Self {
    Self(size: style.smallLetters, anchor: anchor, paint: .faintInk, isUpright: isUpright)
  }
}
