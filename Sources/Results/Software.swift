/// What made a result.
public enum Software {
  /// The name of this program.
  public static let name = "Chiasm"
  /// Its version; results carry it.
  public static let version = "0.1.0"
}
