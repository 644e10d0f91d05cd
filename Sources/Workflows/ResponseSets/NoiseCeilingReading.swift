/// Whether noise ceilings are read with a response set.
public enum NoiseCeilingReading: Equatable, Sendable {
  /// They are not looked at, so that nothing about them can be wrong.
  case skipped
  /// Of the stages that have them.
  case whereGiven
  /// Of every stage; one without them is an error.
  case required
}
