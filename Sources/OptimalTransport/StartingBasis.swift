/// A feasible first basis, near the optimum where it is cheap to be.
struct StartingBasis {
  private(set) var arcs: [SpanningTree.Arc] = []

  init(_ costs: borrowing DenseArcs, supplies: [Int64], demands: [Int64]) {
    let (p, q) = (costs.rowCount, costs.columnCount)
    var (supplies, demands) = (supplies, demands)
    // Dual estimate: column minima.
    let price = UncheckedBuffer(repeating: 0.0, count: q)
    for j in 0..<q {
      var m = Double.infinity
      for i in 0..<p { m = min(m, costs.cost(i, j)) }
      price[j] = -m
    }
    var openRows = p
    var openColumns = q
    for i in 0..<p {
      while true {
        let m = costs.costs.leastSum(at: i * q, adding: price, at: 0, length: q)
        let j = costs.costs.firstSum(atMost: m, at: i * q, adding: price, at: 0, length: q)
        let f = min(supplies[i], demands[j])
        arcs.append(.init(row: i, column: j, flow: f))
        supplies[i] -= f
        demands[j] -= f
        if supplies[i] == 0, openRows > 1 || openColumns == 1 { openRows -= 1; break }
        price[j] = .infinity
        openColumns -= 1
      }
    }
  }
}
