/// For each row i, min over j of cost[i, j] − potentials[j].
func leastDifferences(_ cost: CostMatrix, minus potentials: [Double]) -> [Double] {
  let q = cost.columnCount
  precondition(potentials.count == q)
  let prices = UncheckedBuffer(repeating: 0.0, count: q)
  for column in 0..<q { prices[column] = -potentials[column] }
  let kernels = Kernels(.best)
  return (0..<cost.rowCount).map {
    kernels.leastSum(cost, at: $0 * q, prices: prices, at: 0, length: q)
  }
}

/// For each column j, min over i of cost[i, j] − potentials[i].
func leastDifferencesOfColumns(_ cost: CostMatrix, minus potentials: [Double]) -> [Double] {
  precondition(potentials.count == cost.rowCount)
  var least = [Double](repeating: .infinity, count: cost.columnCount)
  for (row, potential) in potentials.enumerated() {
    for column in least.indices {
      least[column] = min(least[column], cost[row, column] - potential)
    }
  }
  return least
}
