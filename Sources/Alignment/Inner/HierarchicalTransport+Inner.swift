internal import ChiasmLinearAlgebra
internal import ChiasmTransport

extension HierarchicalTransport {
  /// The partial matchings of two stages for all masses that are tried, every one of them proven.
  func massCurve(
    _ costs: @autoclosure () throws -> CostMatrix, startingFrom previous: MassCurve?,
    between names: (String, String)
  ) throws(AlignmentError) -> MassCurve {
    let curve: MassCurve
    do {
      curve = try MassCurve(
        costs(), innerMass, solver: innerSolver, startingFrom: previous)
    } catch {
      throw .transport(source: names.0, target: names.1, problem: "\(error)")
    }
    for solution in curve.solutions {
      try solution.certificate.require(tolerance, between: names)
    }
    return curve
  }
}

extension UnitMatch {
  init(_ solution: TransportSolution) {
    self.init(
      plan: solution.plan, mass: 1, cost: solution.cost, curve: [],
      certificate: solution.certificate, iterations: solution.iterations)
  }

  init(_ curve: MassCurve) {
    let points = zip(curve.masses, curve.solutions).map { mass, solution in
      Point(mass: mass, cost: solution.cost / mass)
    }
    self.init(
      plan: curve.solution.plan, mass: curve.mass, cost: points[curve.chosen].cost, curve: points,
      certificate: curve.solution.certificate, iterations: curve.solution.iterations)
  }
}
