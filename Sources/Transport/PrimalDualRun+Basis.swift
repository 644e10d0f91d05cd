extension PrimalDualRun {
  /// A basis around the flows of the run, disturbed so that it is not degenerate. What is still to be
  /// sent goes, row by row, to the column with the least reduced cost.
  consuming func basis(supplies: [Int64], demands: [Int64]) -> [BasisArc] {
    var forest = FlowForest(rowCount: grid.rowCount, columnCount: grid.columnCount)
    for arc in flows.arcs { forest.add(arc) }
    complete(&forest)
    return BasisGrowth(self, around: forest.arcs).arcs(supplies: supplies, demands: demands)
  }

  private func complete(_ forest: inout FlowForest) {
    let closed = CostGrid.closed
    let open = UncheckedBuffer<Int32>(repeating: closed, count: grid.stride)
    var missing = deficit
    for column in missing.indices where missing[column] > 0 { open[column] = prices[column] }
    for row in excess.indices where excess[row] > 0 {
      var left = excess[row]
      while left > 0 {
        let column = kernels.least(grid.costs, at: grid.start(row), prices: open).column
        let amount = min(left, missing[column])
        forest.add(BasisArc(row: row, column: column, flow: amount))
        left -= amount
        missing[column] -= amount
        if missing[column] == 0 { open[column] = closed }
      }
    }
  }

  /// Lists for the simplex: arcs with small reduced costs, `length` a row of the grid on average.
  func lists(length: Int, costs: (_ source: Int, _ target: Int) -> Double) -> ArcLists {
    let (p, q) = (grid.rowCount, grid.columnCount)
    var lists = ArcLists(rowCount: grid.turned ? q : p)
    let width = reducedCostQuantile(min(1, Double(length) / Double(q)))
    let found = UncheckedBuffer<Int32>(repeating: 0, count: q)
    var arcs: [(row: Int32, column: Int32)] = []
    arcs.reserveCapacity(p * length * 5 / 4)
    for row in 0..<p {
      let number = kernels.collect(
        grid.costs, at: grid.start(row), prices: prices, length: q,
        bound: potentials[row] + width, into: found)
      for index in 0..<number {
        arcs.append(grid.turned ? (found[index], Int32(row)) : (Int32(row), found[index]))
      }
    }
    lists.add(arcs, cost: costs)
    return lists
  }

  /// The reduced cost below which lies the given share of all arcs, from a sample in which some 64
  /// arcs lie below it.
  private func reducedCostQuantile(_ share: Double) -> Int32 {
    let (p, q) = (grid.rowCount, grid.columnCount)
    let step = max(1, Int(Double(p * q) * share / 64)) | 1
    var sample = stride(from: 0, to: p * q, by: step).map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: q)
      return grid.cost(row, column) - potentials[row] + prices[column]
    }
    sample.sort()
    return sample[min(sample.count - 1, Int(share * Double(sample.count)))]
  }
}
