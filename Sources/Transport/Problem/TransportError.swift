/// What can be wrong with a transport problem. `description` is one sentence: what, where, what to do.
public enum TransportError: Error, Equatable, Sendable {
  /// A cost matrix or a marginal has no points.
  case empty(what: String)
  /// A cost is NaN or −∞, or +∞ where no arc can be forbidden.
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
  /// The cost of a plan could be too great for a number of double precision.
  case tooCostly(cost: Double, mass: Double)
  /// Each plan has at least so much mass on forbidden arcs.
  case infeasible(mass: Double, total: Double)
  /// The cost of a plan is not proven to 1e-9 of itself.
  case unproven(cost: Double, bound: Double)
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
      "The cost in row \(row), column \(column) is \(value); "
        + (value == .infinity
          ? "make every cost finite."
          : "make every cost a number, or inf where nothing may be moved.")
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
    case .tooCostly(let cost, let mass):
      "Costs reach \(cost) and the mass is \(mass), so that the cost of a plan may be no number of "
        + "double precision; scale costs or weights down."
    case .infeasible(let mass, let total):
      "Every plan has at least mass \(mass) of \(total) where the cost is infinite; "
        + "make some of these costs finite or change the weights."
    case .unproven(let cost, let bound):
      "The cost \(cost) may be above the optimum by up to \(bound), more than 1e-9 of it, because "
        + "of rounding; give weights that are whole numbers, or scale the costs so that they span less."
    case .massOutOfRange(let mass, let limit):
      "The mass to be moved is \(mass); choose one from 0 to \(limit), the lesser of both sides."
    case .badPenalty(let side, let value):
      "The \(side) penalty is \(value); choose a positive number, or infinity for fixed masses."
    }
  }
}
