extension TransportProblem {
  /// The share of its cost within which a plan is proven when it is called optimal.
  static let provenShare = 1e-9

  /// Solves the problem in exact arithmetic from a basis, with flows that are not degenerate, over the
  /// points with mass.
  ///
  /// Other weights than equal ones and whole numbers were rounded to grains, and that can leave a few
  /// of them to an arc that the weights do not ask for. Where they make a plan dear or forbidden they
  /// are left out: sums then differ from the weights by some grains.
  func exactSolution(from basis: [BasisArc], iterations: Int) -> TransportSolution {
    var simplex = ExactSimplex(self, basis: basis)
    simplex.optimize()
    let (flows, count) = (simplex.flows, iterations + simplex.pivotCount)
    let whole = exactSolution(simplex, flows, iterations: count)
    if whole.termination == .optimal || grains.areExact { return whole }
    let points = Int64(cost.rowCount + cost.columnCount)
    let rest = exactSolution(simplex, flows.filter { $0.flow > points }, iterations: count)
    return rest.termination == .optimal ? rest : whole
  }

  private func exactSolution(
    _ simplex: borrowing ExactSimplex, _ flows: [BasisArc], iterations: Int
  ) -> TransportSolution {
    let arcs = flows.map {
      ($0, simplex.arcs.rowPoints[$0.row], simplex.arcs.columnPoints[$0.column])
    }
    let plan = TransportPlan(
      rowCount: cost.rowCount, columnCount: cost.columnCount,
      entries: arcs.map { .init(row: $1, column: $2, mass: Double($0.flow) * grainMass) })
    if arcs.contains(where: { cost[$1, $2] == .infinity }) {
      return TransportSolution(
        problem: self, plan: plan,
        sourcePotentials: [Double](repeating: 0, count: cost.rowCount),
        targetPotentials: [Double](repeating: 0, count: cost.columnCount),
        iterations: iterations, termination: .infeasible)
    }
    simplex.settle(around: flows)
    var targets = [Double](repeating: -.infinity, count: cost.columnCount)
    for (column, point) in simplex.arcs.columnPoints.enumerated() {
      targets[point] = -simplex.numbers.double(
        simplex.arcs.rowCount + column, exponent: simplex.units.exponent)
    }
    let potentials = feasiblePotentials(from: targets, tightening: false)
    let (violation, slack) = simplex.excess(of: flows)
    let grainCost = simplex.cost(of: flows)
    let total = grainCost * grainMass
    var gap = slack * grainMass + costOfRounding(plan, potentials)
    if grainCost != 0 { gap += max(0x1p-51 * abs(total), .leastNonzeroMagnitude) }
    let bound = gap + violation * totalMass
    return TransportSolution(
      plan: plan, sourcePotentials: potentials.source, targetPotentials: potentials.target,
      cost: total, iterations: iterations,
      termination: bound <= Self.provenShare * abs(total) ? .optimal : .unproven,
      certificate: TransportCertificate(
        primalViolation: TransportCertificate.primalViolation(of: plan, for: self),
        dualViolation: violation, gap: gap, bound: bound))
  }

  /// What the optimum can change by when weights become the sums of a plan: Σ |difference · potential|.
  private func costOfRounding(
    _ plan: TransportPlan, _ potentials: (source: [Double], target: [Double])
  ) -> Double {
    if grains.areExact { return 0 }
    let differences = zip(plan.rowSums, sourceMasses).map { abs($0 - $1) }
    let others = zip(plan.columnSums, targetMasses).map { abs($0 - $1) }
    return compensatedDot(differences, potentials.source.map(abs))
      + compensatedDot(others, potentials.target.map(abs))
  }
}

extension TransportSolution {
  /// Whether the plan is shown to be within 1e-9 of its cost, the rounding of the certificate itself
  /// counted, so that exact arithmetic is not needed.
  func isProven(for problem: TransportProblem) -> Bool {
    guard cost.isFinite else { return false }
    // No plan costs less than the least cost everywhere; but products may have underflowed.
    if cost <= problem.cost.range.lowerBound * problem.totalMass,
      abs(cost) >= .leastNormalMagnitude
        || plan.entries.allSatisfy({ problem.cost[$0.row, $0.column] == 0 })
    {
      return true
    }
    let size = greatestExcess(sourcePotentials.map(abs)) + greatestExcess(targetPotentials.map(abs))
    let rounding = 0x1p-50 * size * problem.totalMass + .leastNormalMagnitude
    let bound =
      abs(certificate.gap) + certificate.dualViolation * problem.totalMass + rounding
    return bound <= TransportProblem.provenShare * abs(cost)
  }
}

extension ExactSimplex {
  /// The greatest excess of uᵢ + vⱼ over Cᵢⱼ, and Σ flow · |Cᵢⱼ − uᵢ − vⱼ| in grains. Both are computed
  /// exactly, and 0 for an optimal plan.
  func excess(of flows: [BasisArc]) -> (violation: Double, slack: Double) {
    var (violation, slack) = (0.0, 0.0)
    for row in 0..<arcs.rowCount {
      for column in 0..<arcs.columnCount {
        price(row, column)
        if numbers.isNegative(reducedCost) {
          violation = max(violation, -numbers.double(reducedCost, exponent: units.exponent))
        }
      }
    }
    for arc in flows {
      price(arc.row, arc.column)
      slack += Double(arc.flow) * abs(numbers.double(reducedCost, exponent: units.exponent))
    }
    return (violation, slack)
  }

  /// Σ flow · cost in grains, summed exactly and rounded once.
  func cost(of flows: [BasisArc]) -> Double {
    let sum = WideNumbers(count: 1, width: units.width + 2)
    for arc in flows {
      var term = units.term(arcs.cost(arc.row, arc.column))
      let product = term.magnitude.multipliedFullWidth(by: UInt64(arc.flow))
      let shift = term.shift
      term.magnitude = product.low
      sum.add(term, to: 0)
      (term.magnitude, term.shift) = (product.high, shift + 64)
      sum.add(term, to: 0)
    }
    return sum.double(0, exponent: units.exponent)
  }
}
