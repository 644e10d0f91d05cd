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
