/// What can be wrong with a transport problem. `description` is one sentence: what, where, what to do.
public enum TransportError: Error, Equatable, Sendable {
  /// A cost matrix or a marginal has no points.
  case empty(what: String)
  /// A cost is NaN or infinite.
  case notFinite(row: Int, column: Int, value: Double)
  /// A cost is finite but so great that sums of costs may overflow: more than 1e150 in size.
  case tooGreat(row: Int, column: Int, value: Double)
  /// A weight is negative, NaN or infinite.
  case badWeight(side: String, index: Int, value: Double)
  /// All weights of a side are zero.
  case noMass(side: String)
  /// A marginal has another number of points than the cost matrix has rows or columns.
  case countMismatch(side: String, expected: Int, actual: Int)
  /// The two marginals carry different mass.
  case massMismatch(source: Double, target: Double)
  /// The mass to be moved is negative, not a number, or more than a side has.
  case massOutOfRange(mass: Double, limit: Double)
  /// A penalty is not positive.
  case badPenalty(side: String, value: Double)
}

extension TransportError: CustomStringConvertible {
  /// One sentence: what, where, what to do.
  public var description: String {
    switch self {
    case .empty(let what):
      "The \(what) has no points; give at least one source and one target point."
    case .notFinite(let row, let column, let value):
      "The cost in row \(row), column \(column) is \(value); make every cost finite."
    case .tooGreat(let row, let column, let value):
      "The cost in row \(row), column \(column) is \(value); scale the costs below 1e150."
    case .badWeight(let side, let index, let value):
      "The \(side) weight \(index) is \(value); make weights finite and not negative."
    case .noMass(let side):
      "All \(side) weights are zero; give at least one point a positive weight."
    case .countMismatch(let side, let expected, let actual):
      "The \(side) marginal has \(actual) points but the cost matrix has \(expected); "
        + "make them equal."
    case .massMismatch(let source, let target):
      "The source carries mass \(source) and the target \(target); scale them to the same total."
    case .massOutOfRange(let mass, let limit):
      "The mass to be moved is \(mass); choose one from 0 to \(limit), the lesser of both sides."
    case .badPenalty(let side, let value):
      "The \(side) penalty is \(value); choose a positive number, or infinity for fixed masses."
    }
  }
}
