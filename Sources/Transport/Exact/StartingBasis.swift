/// A feasible first basis by a greedy rule: rows are filled from the columns that are cheapest against
/// the columns' mean costs, and rows that would lose most by their second choice come first.
struct StartingBasis: ~Copyable {
  private(set) var arcs: [BasisArc] = []
  /// The negative of each column's mean cost, infinite once the column is full.
  private let prices: UncheckedBuffer<Double>
  private var missing: [Int64]

  /// Takes perturbed masses, of which no proper part of the rows equals a part of the columns. Each
  /// arc then uses up exactly one point, and the arcs form a spanning tree.
  init(_ costs: borrowing DenseArcs, supplies: [Int64], demands: [Int64]) {
    prices = UncheckedBuffer(repeating: 0, count: costs.columnCount)
    missing = demands
    setPrices(costs)
    arcs.reserveCapacity(costs.rowCount + costs.columnCount - 1)
    let regrets = (0..<costs.rowCount).map { regret(ofRow: $0, costs) }
    let order = regrets.indices.sorted { (-regrets[$0], $0) < (-regrets[$1], $1) }
    for row in order { fill(row, supply: supplies[row], costs) }
  }

  private func setPrices(_ costs: borrowing DenseArcs) {
    let share = 1 / Double(costs.rowCount)
    for row in 0..<costs.rowCount {
      prices.add(costs.costs, at: row * prices.count, times: -share, length: prices.count)
    }
  }

  private func cheapest(inRow row: Int, _ costs: borrowing DenseArcs) -> (Double, column: Int) {
    let (start, q) = (row * prices.count, prices.count)
    let least = costs.costs.leastSum(at: start, adding: prices, at: 0, length: q)
    let column = costs.costs.firstSum(atMost: least, at: start, adding: prices, at: 0, length: q)
    return (least, column)
  }

  /// What the second choice of a row costs more than the first; infinite for a single column.
  private func regret(ofRow row: Int, _ costs: borrowing DenseArcs) -> Double {
    let (least, column) = cheapest(inRow: row, costs)
    let price = prices[column]
    prices[column] = .infinity
    let second = costs.costs.leastSum(
      at: row * prices.count, adding: prices, at: 0, length: prices.count)
    prices[column] = price
    return second - least
  }

  /// Spends a row's supply. Only the very last arc uses up a row and a column at once.
  private mutating func fill(_ row: Int, supply: Int64, _ costs: borrowing DenseArcs) {
    var left = supply
    while left > 0 {
      let column = cheapest(inRow: row, costs).column
      let amount = min(left, missing[column])
      arcs.append(.init(row: row, column: column, flow: amount))
      left -= amount
      missing[column] -= amount
      if missing[column] == 0 { prices[column] = .infinity }
    }
  }
}
