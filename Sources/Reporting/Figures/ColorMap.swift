/// Colours of ordered values from 0 to 1, evenly spaced to the eye and told apart without red or green.
public enum ColorMap: String, CaseIterable, Sendable {
  case viridis
  case cividis
  case gray

  /// The colour of a value; values outside 0…1 get the colour of the end.
  public func color(_ value: Double) -> Color {
    let part = min(max(value, 0), 1)
    return Color(red: 1 - part, green: 1 - part, blue: 1 - part)
  }
}
