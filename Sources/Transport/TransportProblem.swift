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
