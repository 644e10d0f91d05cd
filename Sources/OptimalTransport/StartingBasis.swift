/// A feasible first basis: rows are filled in turn from the columns that are cheapest against an
/// estimate of the column potentials.
struct StartingBasis {
  private(set) var arcs: [SpanningTree.Arc] = []

  /// Takes perturbed masses, of which no proper part of the rows equals a part of the columns. Each
  /// arc then uses up exactly one point, and the arcs form a spanning tree.
  init(_ costs: borrowing DenseArcs, supplies: [Int64], demands: [Int64]) {
    let (p, q) = (costs.rowCount, costs.columnCount)
    let prices = Self.columnMinima(costs)
    var missing = demands
    var openColumns = q
    arcs.reserveCapacity(p + q - 1)
    for row in 0..<p {
      var left = supplies[row]
      while true {
        let least = costs.costs.leastSum(at: row * q, adding: prices, at: 0, length: q)
        let column = costs.costs.firstSum(
          atMost: least, at: row * q, adding: prices, at: 0, length: q)
        let amount = min(left, missing[column])
        arcs.append(.init(row: row, column: column, flow: amount))
        left -= amount
        missing[column] -= amount
        if left == 0, row < p - 1 || openColumns == 1 { break }
        prices[column] = .infinity
        openColumns -= 1
      }
    }
  }

  /// The negative of each column's least cost.
  private static func columnMinima(_ costs: borrowing DenseArcs) -> UncheckedBuffer<Double> {
    let q = costs.columnCount
    let prices = UncheckedBuffer(repeating: -Double.infinity, count: q)
    for row in 0..<costs.rowCount {
      for column in 0..<q { prices[column] = max(prices[column], -costs.cost(row, column)) }
    }
    return prices
  }
}
