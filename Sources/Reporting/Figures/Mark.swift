/// One thing that is drawn.
///
/// A mark with a place that is not finite is not drawn.
public indirect enum Mark: Equatable, Sendable {
  /// A line or an outline, filled, stroked or both.
  case path(Path, fill: Paint? = nil, stroke: Stroke? = nil)
  /// One line of text.
  case text(Label)
  /// Pixels, drawn sharp-edged into a frame.
  case image(Raster, Frame)
  /// Marks that belong together; the title is shown when a pointer rests on them and read aloud.
  case group([Mark], title: String? = nil)
}

extension Mark {
  /// The characters that a font has to have, without spaces and marks that join their neighbours.
  var letters: [Unicode.Scalar] {
    switch self {
    case .path, .image: []
    case .text(let label):
      label.text.xmlText.unicodeScalars.filter {
        switch $0.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: false
        default: !$0.properties.isWhitespace
        }
      }
    case .group(let marks, _): marks.flatMap(\.letters)
    }
  }
}

/// What a shape is painted with.
public enum Paint: Equatable, Sendable {
  /// The colour of text: dark on a light page, light on a dark one.
  case ink
  /// Text of less weight: ticks, notes.
  case faintInk
  /// Rules, grids and frames.
  case rule
  /// What lies under the figure.
  case paper
  /// What lies under pictures: light grey on a light page, dark grey on a dark one.
  case field
  /// A colour that stands for a value or a name and is the same on every page.
  case color(Color, opacity: Double = 1)
}

/// A line along a path.
public struct Stroke: Equatable, Sendable {
  /// What the line is painted with.
  public let paint: Paint
  /// In points.
  public let width: Double
  /// Lengths of dashes and gaps in points; empty for a whole line.
  public let dashes: [Double]

  /// Takes a paint, a width and lengths of dashes and gaps.
  public init(_ paint: Paint, width: Double = 0.75, dashes: [Double] = []) {
    self.paint = paint
    self.width = width
    self.dashes = dashes
  }
}

/// One line of text.
public struct Label: Equatable, Sendable {
  /// Which part of the text lies at its place, along x.
  public enum Anchor: Equatable, Sendable {
    /// The left end.
    case start
    /// The middle.
    case middle
    /// The right end.
    case end
  }

  /// The text; line ends and tabs are drawn as spaces.
  public let text: String
  /// Where the baseline is, at the anchor.
  public let place: Point
  /// Height of the letters in points.
  public let size: Double
  /// Which part of the text lies at the place.
  public let anchor: Anchor
  /// What the letters are painted with.
  public let paint: Paint
  /// Whether the letters are bold.
  public let isBold: Bool
  /// Degrees, clockwise about the place.
  public let rotation: Double
  /// What is painted around the letters, so that they are read on a picture; nil for nothing.
  public let halo: Paint?

  /// Takes a text, its place and its look.
  public init(
    _ text: String, at place: Point, size: Double, anchor: Anchor = .start, paint: Paint = .ink,
    isBold: Bool = false, rotation: Double = 0, halo: Paint? = nil
  ) {
    self.text = text
    self.place = place
    self.size = size
    self.anchor = anchor
    self.paint = paint
    self.isBold = isBold
    self.rotation = rotation
    self.halo = halo
  }
}
