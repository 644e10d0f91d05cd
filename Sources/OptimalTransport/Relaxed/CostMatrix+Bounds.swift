extension CostMatrix {
  /// The greatest cost less the least.
  var spread: Double { range.upperBound - range.lowerBound }

  /// max over i, j of uᵢ + vⱼ + shift − Cᵢⱼ, but at least 0.
  func violation(_ u: [Double], _ v: [Double], shift: Double = 0) -> Double {
    greatestExcess(zip(u, leastOfRows(minus: v)).map { $0 + shift - $1 })
  }

  /// min over j of Cᵢⱼ − vⱼ, for each i.
  func leastOfRows(minus v: [Double]) -> [Double] { leastDifferences(self, minus: v) }

  /// min over i of Cᵢⱼ − uᵢ, for each j.
  func leastOfColumns(minus u: [Double]) -> [Double] { leastDifferencesOfColumns(self, minus: u) }
}
