/// What can be wrong with a transport problem whose marginals are relaxed. `description` is one
/// sentence: what, where, what to do.
public enum RelaxationError: Error, Equatable, Sendable {
  /// Costs or marginals are wrong in themselves.
  case transport(TransportError)
  /// The mass to be moved is negative, not a number, or more than a side has.
  case massOutOfRange(mass: Double, limit: Double)
  /// A penalty is not positive.
  case badPenalty(side: String, value: Double)
}

extension RelaxationError: CustomStringConvertible {
  /// One sentence: what, where, what to do.
  public var description: String {
    switch self {
    case .transport(let error): error.description
    case .massOutOfRange(let mass, let limit):
      "The mass to be moved is \(mass); choose one from 0 to \(limit), the lesser of both sides."
    case .badPenalty(let side, let value):
      "The \(side) penalty is \(value); choose a positive number, or infinity for fixed masses."
    }
  }
}

/// Runs `body`, with its transport error told as a relaxation error.
func relaxing<Value>(
  _ body: () throws(TransportError) -> Value
) throws(RelaxationError) -> Value {
  do { return try body() } catch { throw .transport(error) }
}
