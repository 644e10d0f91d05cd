/// A dense transport problem: minimise ⟨C, Q⟩ over Q ≥ 0 whose row sums are the source masses and
/// whose column sums are the target masses.
///
/// Masses become whole grains inside, so that an exact solver needs no tolerance. Uniform marginals
/// and whole-number weights with equal totals are represented exactly. Other weights are rounded to
/// a grain of 2⁻⁵² to 2⁻⁴⁵ of the total (up to 65,535 points on the smaller side), so that a row or
/// column sum of an exact plan may differ from its weight by less than one grain.
public struct TransportProblem: Sendable {
  /// What it costs.
  public let cost: CostMatrix
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
  /// - Throws: `TransportError.countMismatch`, `.badWeight`, `.noMass`, or `.massMismatch` when the
  ///   totals differ by more than 1e-9 of the greater.
  public init(
    cost: CostMatrix, source: Marginal? = nil, target: Marginal? = nil
  ) throws(TransportError) {
    let source = source ?? .uniform(cost.rowCount)
    let target = target ?? .uniform(cost.columnCount)
    try source.validate(side: "source", expected: cost.rowCount)
    try target.validate(side: "target", expected: cost.columnCount)
    let (sourceTotal, targetTotal) = (source.total, target.total)
    guard abs(sourceTotal - targetTotal) <= 1e-9 * max(sourceTotal, targetTotal) else {
      throw .massMismatch(source: sourceTotal, target: targetTotal)
    }
    self.cost = cost
    sourceMasses = source.masses
    let scale = sourceTotal / targetTotal
    targetMasses = target.masses.map { $0 * scale }
    totalMass = sourceTotal
    grains = IntegerMasses(source: source, target: target)
  }

  /// The mass of one grain.
  var grainMass: Double { totalMass / Double(grains.total) }
}
