/// How mass lies on the points of one side of a transport problem.
public enum Marginal: Sendable, Equatable {
  /// Total mass 1, the same on each of `count` points.
  case uniform(Int)
  /// A mass for each point: finite, not negative, not all zero.
  case weights([Double])

  /// The number of points.
  public var count: Int {
    switch self {
    case .uniform(let count): count
    case .weights(let weights): weights.count
    }
  }

  /// The mass of each point.
  public var masses: [Double] {
    switch self {
    case .uniform(let count): [Double](repeating: 1 / Double(count), count: count)
    case .weights(let weights): weights
    }
  }

  /// The mass of all points.
  public var total: Double {
    switch self {
    case .uniform: 1
    case .weights(let weights): compensatedSum(weights)
    }
  }

  /// Throws unless the marginal has `expected` points with proper weights; `side` names it.
  func validate(side: String, expected: Int) throws(TransportError) {
    guard count == expected else {
      throw .countMismatch(side: side, expected: expected, actual: count)
    }
    guard case .weights(let weights) = self else { return }
    for (index, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
      throw .badWeight(side: side, index: index, value: weight)
    }
    guard total > 0 else { throw .noMass(side: side) }
    guard total.isFinite else { throw .badWeight(side: side, index: 0, value: total) }
  }
}
