/// A dense transport problem: minimise ⟨C, Q⟩ over Q ≥ 0 whose row sums are the source masses and
/// whose column sums are the target masses.
///
/// Masses become whole grains inside, so that an exact solver needs no tolerance. Uniform marginals
/// and whole-number weights with equal totals are represented exactly. Other weights are rounded to
/// a grain of 2⁻⁵² to 2⁻⁴⁵ of the total (up to 65,535 points on the smaller side), so that a row or
/// column sum of an exact plan may differ from its weight by less than one grain.
public struct TransportProblem: Sendable {
  /// What it costs.
  public private(set) var cost: CostMatrix
  /// The mass of each source point.
  public let sourceMasses: [Double]
  /// The mass of each target point, scaled to the total of the source.
  public let targetMasses: [Double]
  /// The whole mass.
  public let totalMass: Double
  /// Potentials of the target points in a similar problem, such as `targetPotentials` of its
  /// solution. A solver may start from them, and finds an equally good plan without.
  ///
  /// One finite number a target point, or nil; traps when set to anything else.
  public var startingPotentials: [Double]? {
    didSet {
      guard let startingPotentials else { return }
      precondition(
        startingPotentials.count == cost.columnCount && startingPotentials.allSatisfy(\.isFinite))
    }
  }
  /// The masses in whole grains.
  let grains: IntegerMasses

  /// Poses a problem; the marginals are uniform unless they are given.
  ///
  /// - Parameter massTolerance: the share of the greater total by which the totals may differ; the
  ///   target is scaled to the source.
  /// - Throws: `TransportError.countMismatch`, `.badWeight`, `.noMass`, `.massMismatch`, or
  ///   `.tooCostly` where the greatest cost of all mass is no number of double precision.
  public init(
    cost: CostMatrix, source: Marginal? = nil, target: Marginal? = nil,
    massTolerance: Double = 1e-9
  ) throws(TransportError) {
    let source = source ?? .uniform(cost.rowCount)
    let target = target ?? .uniform(cost.columnCount)
    try source.validate(side: "source", expected: cost.rowCount)
    try target.validate(side: "target", expected: cost.columnCount)
    let (sourceTotal, targetTotal) = (source.total, target.total)
    guard abs(sourceTotal - targetTotal) <= massTolerance * max(sourceTotal, targetTotal)
    else {
      throw .massMismatch(source: sourceTotal, target: targetTotal)
    }
    // Sums of a few such products are made.
    guard (16 * cost.magnitude * sourceTotal).isFinite else {
      throw .tooCostly(cost: cost.magnitude, mass: sourceTotal)
    }
    self.cost = cost
    sourceMasses = source.masses
    let scale = sourceTotal / targetTotal
    targetMasses = target.masses.map { $0 * scale }
    totalMass = sourceTotal
    grains = IntegerMasses(source: source, target: target)
  }

  /// The problem with finite costs for forbidden arcs, so dear that a plan has mass on them only where
  /// it must, up to rounding; the same problem when there are none.
  var withFiniteCosts: TransportProblem {
    guard cost.hasForbiddenArcs else { return self }
    var problem = self
    problem.cost = cost.withFiniteCosts
    return problem
  }

  /// The mass of one grain.
  var grainMass: Double { totalMass / Double(grains.total) }
}

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

extension TransportProblem {
  /// Potentials (u, v) with uᵢ + vⱼ ≤ Cᵢⱼ everywhere, from target potentials.
  ///
  /// u is the c-transform min over j of Cᵢⱼ − vⱼ. A target point with potential −∞ carries no mass
  /// and is left out of it; it gets min over i of Cᵢⱼ − uᵢ afterwards. With `tightening`, all target
  /// points do. A constant is moved between the sides so that ⟨a, u⟩ = ⟨b, v⟩.
  func feasiblePotentials(
    from targets: [Double], tightening: Bool
  ) -> (source: [Double], target: [Double]) {
    let sources = finite(cost.leastOfRows(minus: targets))
    var targets = targets
    if tightening || targets.contains(-.infinity) {
      let slack = finite(cost.leastOfColumns(minus: sources))
      for column in targets.indices where tightening || targets[column] == -.infinity {
        targets[column] = slack[column]
      }
    }
    return balanced(sources, targets)
  }

  /// The potentials, 0 for points between which and all others nothing may be moved.
  private func finite(_ potentials: [Double]) -> [Double] {
    cost.hasForbiddenArcs ? potentials.map { $0 == .infinity ? 0 : $0 } : potentials
  }

  /// The potentials with a constant moved between the sides so that ⟨a, u⟩ = ⟨b, v⟩.
  func balanced(
    _ sources: [Double], _ targets: [Double]
  ) -> (source: [Double], target: [Double]) {
    let surplus =
      compensatedDot(sourceMasses, sources) - compensatedDot(targetMasses, targets)
    let shift = surplus / (2 * totalMass)
    return (sources.map { $0 - shift }, targets.map { $0 + shift })
  }
}
