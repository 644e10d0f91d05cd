internal import ChiasmLinearAlgebra

/// A partial transport problem: minimise ⟨C, P⟩ over P ≥ 0 whose row sums are at most the source
/// masses a, whose column sums are at most the target masses b, and whose whole mass is s.
///
/// It is the balanced problem with a source point more, of mass Σb − s, and a target point more, of
/// mass Σa − s, which take what is not moved at no cost; from one to the other nothing goes, because
/// that costs more than any move saves. References: Caffarelli2010, Chapel2020.
public struct PartialProblem: Sendable {
  /// What it costs.
  public let cost: CostMatrix
  /// The most that each source point gives.
  public let sourceMasses: [Double]
  /// The most that each target point takes; not scaled to the total of the source.
  public let targetMasses: [Double]
  /// The mass that is moved.
  public let mass: Double
  /// The balanced problem with a point more on either side.
  let extended: TransportProblem
  /// The mass of this problem over that of the extended one, which may be in whole numbers.
  let scale: Double

  /// Poses a problem; the marginals are uniform of total 1 unless they are given.
  ///
  /// A mass that exceeds the lesser total by no more than 1e-12 of it counts as equal to it.
  ///
  /// - Throws: `TransportError.notFinite` for an infinite cost, `.massOutOfRange`, `.countMismatch`, `.badWeight`, `.noMass`, or
  ///   `.tooGreat` for costs beyond 5e149.
  public init(
    cost: CostMatrix, source: Marginal? = nil, target: Marginal? = nil, mass: Double
  ) throws(TransportError) {
    try cost.requireFinite()
    let source = source ?? .uniform(cost.rowCount)
    let target = target ?? .uniform(cost.columnCount)
    try source.validate(side: "source", expected: cost.rowCount)
    try target.validate(side: "target", expected: cost.columnCount)
    let limit = min(source.total, target.total)
    guard mass >= 0 && mass <= limit * (1 + 1e-12) else {
      throw .massOutOfRange(mass: mass, limit: limit)
    }
    self.mass = min(mass, limit)
    // Moving less never saves more than the greatest cost per mass, so that twice it is enough.
    let corner = cost.magnitude > 0 ? 2 * cost.magnitude : 1
    let masses = Self.extendedMasses(source, target, mass: self.mass)
    scale = masses.scale
    extended = try TransportProblem(
      cost: cost.extended(corner: corner), source: .weights(masses.source),
      target: .weights(masses.target))
    self.cost = cost
    sourceMasses = source.masses
    targetMasses = target.masses
  }

  /// The masses with a point more on either side.
  ///
  /// Uniform ones are whole numbers where the mass is a decimal fraction of up to six digits: then
  /// nothing is rounded, and what is left out gets no mass at all.
  private static func extendedMasses(
    _ source: Marginal, _ target: Marginal, mass: Double
  ) -> (source: [Double], target: [Double], scale: Double) {
    if case .uniform(let p) = source, case .uniform(let q) = target,
      let parts = [1, 10, 100, 1e3, 1e4, 1e5, 1e6].first(where: {
        mass == (mass * $0).rounded() / $0
      })
    {
      let pairs = Double(p) * Double(q)
      let (whole, rest) = (pairs * parts, pairs * (parts - (mass * parts).rounded()))
      return (
        [Double](repeating: Double(q) * parts, count: p) + [rest],
        [Double](repeating: Double(p) * parts, count: q) + [rest], 1 / whole
      )
    }
    return (
      source.masses + [max(0, target.total - mass)], target.masses + [max(0, source.total - mass)],
      1
    )
  }
}

extension PartialProblem {
  /// Judges a plan by potentials of the dual problem: maximise ⟨a, u⟩ + ⟨b, v⟩ + s λ over u ≤ 0,
  /// v ≤ 0 and λ with uᵢ + vⱼ + λ ≤ Cᵢⱼ.
  ///
  /// The primal violation is the greatest excess of a sum over its limit, or of the whole mass over or
  /// below s; cost − optimum ≤ gap + dualViolation × (Σa + Σb) for a plan without one. Traps when
  /// a shape differs.
  public func certificate(
    of plan: TransportPlan, sourcePotentials u: [Double], targetPotentials v: [Double],
    massPotential: Double
  ) -> TransportCertificate {
    precondition(plan.rowCount == cost.rowCount && plan.columnCount == cost.columnCount)
    precondition(u.count == cost.rowCount && v.count == cost.columnCount)
    let excess =
      zip(plan.rowSums, sourceMasses).map { $0 - $1 }
      + zip(plan.columnSums, targetMasses).map { $0 - $1 }
      + plan.masses.map { -$0 } + [abs(compensatedSum(plan.masses) - mass)]
    let violation = greatestExcess(u + v + [cost.violation(u, v, shift: massPotential)])
    let dual = compensatedSum([
      compensatedDot(sourceMasses, u), compensatedDot(targetMasses, v), mass * massPotential,
    ])
    let gap = plan.cost(under: cost) - dual
    let weight = compensatedSum(sourceMasses) + compensatedSum(targetMasses)
    return TransportCertificate(
      primalViolation: greatestExcess(excess), dualViolation: violation, gap: gap,
      bound: gap + violation * weight)
  }
}

extension CostMatrix {
  /// The costs with a point more on either side, that costs nothing but from one to the other. They
  /// are kept in as many bytes, if these hold `corner`.
  func extended(corner: Double) throws(TransportError) -> CostMatrix {
    switch storage {
    case .floats(let values) where Float(corner).isFinite:
      try CostMatrix(Self.extended(values, corner: Float(corner)))
    case .floats: try CostMatrix(Self.extended(values, corner: corner))
    case .doubles(let values): try CostMatrix(Self.extended(values, corner: corner))
    }
  }

  private static func extended<Cost: BinaryFloatingPoint & Sendable>(
    _ costs: Matrix<Cost>, corner: Cost
  ) -> Matrix<Cost> {
    var elements: [Cost] = []
    elements.reserveCapacity((costs.rowCount + 1) * (costs.columnCount + 1))
    for row in 0..<costs.rowCount {
      elements += costs.row(row)
      elements.append(0)
    }
    elements += [Cost](repeating: 0, count: costs.columnCount) + [corner]
    return Matrix(
      rowCount: costs.rowCount + 1, columnCount: costs.columnCount + 1, elements: elements)
  }
}

/// Solves partial transport problems by a solver of balanced ones: exactly, if that is exact.
///
/// The plan is a vertex with at most p + q + 1 entries; a point that is left out has none, also where
/// rounding would give it a trace.
public struct PartialTransport: Sendable {
  /// What solves the balanced problem.
  public let solver: any TransportSolver

  /// Configures the solver.
  public init(solver: any TransportSolver = ExactTransport()) { self.solver = solver }

  /// Solves a problem. The certificate is that of the partial problem, from its own costs.
  ///
  /// - Parameter previous: the solution of a similar problem, from which the solver may start: of
  ///   another mass or of other costs; without use when it has another number of target points.
  public func solve(
    _ problem: PartialProblem, startingFrom previous: RelaxedSolution? = nil
  ) -> RelaxedSolution {
    let (p, q) = (problem.cost.rowCount, problem.cost.columnCount)
    var balanced = problem.extended
    if let previous, previous.targetPotentials.count == q {
      balanced.startingPotentials = previous.targetPotentials + [-previous.massPotential]
    }
    let extended = solver.solve(balanced)
    let plan = TransportPlan(
      rowCount: p, columnCount: q,
      entries: extended.plan.withoutDust.entries.filter { $0.row < p && $0.column < q }.map {
        .init(row: $0.row, column: $0.column, mass: $0.mass * problem.scale)
      })
    let (r, t) = (extended.sourcePotentials[p], extended.targetPotentials[q])
    // The points added turn uᵢ + t ≤ 0 and vⱼ + r ≤ 0 into the signs that the dual asks for.
    let massPotential = -r - t
    let targets = extended.targetPotentials[..<q].map { min(0, $0 + r) }
    let sources = problem.cost.leastOfRows(minus: targets).map { min(0, $0 - massPotential) }
    let cost = plan.cost(under: problem.cost)
    return RelaxedSolution(
      plan: plan, sourcePotentials: sources, targetPotentials: targets,
      massPotential: massPotential, cost: cost, objective: cost, iterations: extended.iterations,
      termination: extended.termination,
      certificate: problem.certificate(
        of: plan, sourcePotentials: sources, targetPotentials: targets,
        massPotential: massPotential))
  }
}
