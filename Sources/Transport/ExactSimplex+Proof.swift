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
