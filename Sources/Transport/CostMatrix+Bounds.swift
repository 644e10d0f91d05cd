extension CostMatrix {
  /// The greatest cost less the least.
  var spread: Double { range.upperBound - range.lowerBound }

  /// max over i, j of uᵢ + vⱼ + shift − Cᵢⱼ, but at least 0.
  func violation(_ u: [Double], _ v: [Double], shift: Double = 0) -> Double {
    greatestExcess(zip(u, leastOfRows(minus: v)).map { $0 + shift - $1 })
  }

  /// min over j of Cᵢⱼ − vⱼ, for each row i.
  func leastOfRows(minus v: [Double]) -> [Double] {
    precondition(v.count == columnCount)
    let prices = UncheckedBuffer(repeating: 0.0, count: columnCount)
    for column in v.indices { prices[column] = -v[column] }
    let kernels = Kernels(.best)
    return (0..<rowCount).map {
      kernels.leastSum(self, at: $0 * columnCount, prices: prices, at: 0, length: columnCount)
    }
  }

  /// min over i of Cᵢⱼ − uᵢ, for each column j.
  func leastOfColumns(minus u: [Double]) -> [Double] {
    precondition(u.count == rowCount)
    var least = [Double](repeating: .infinity, count: columnCount)
    for (row, potential) in u.enumerated() {
      for column in least.indices {
        least[column] = min(least[column], self[row, column] - potential)
      }
    }
    return least
  }
}
