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

  /// Takes a text, its place and its look.
  public init(
    _ text: String, at place: Point, size: Double, anchor: Anchor = .start, paint: Paint = .ink,
    isBold: Bool = false, rotation: Double = 0
  ) {
    self.text = text
    self.place = place
    self.size = size
    self.anchor = anchor
    self.paint = paint
    self.isBold = isBold
    self.rotation = rotation
  }
}
