/// What the colours of pictures mean.
public enum SliceColoring: Equatable, Sendable {
  /// A number that has a name.
  public struct Name: Equatable, Sendable {
    /// The number in the pictures.
    public let value: Double
    /// What it stands for.
    public let name: String

    /// Takes a number and its name.
    public init(_ value: Double, _ name: String) {
      self.value = value
      self.name = name
    }
  }

  /// Ordered values in the colours of the style, with their name and unit. The range is that of the
  /// ends of the colours; without one they begin at zero if no value is negative, at the least value
  /// otherwise, and lie evenly about zero in a palette with a middle.
  case scale(name: String, range: ClosedRange<Double>? = nil)
  /// Numbers that stand for names. Names with an order get the colours of the style; others colours that
  /// differ most, unless there are more names than such colours.
  case names(String, [Name], isOrdered: Bool)

  /// What is shown.
  public var name: String {
    switch self {
    case .scale(let name, _), .names(let name, _, _): name
    }
  }
}
