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
  /// A colour that stands for a value or a name and is the same on every page.
  case color(Color, opacity: Double = 1)
}
