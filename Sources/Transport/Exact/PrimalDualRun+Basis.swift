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

/// A feasible flow on its way to a basis: arcs that carry flow and form no cycle.
///
/// Each tree of the forest hangs from a node of its own; nodes are rows (0 ..< p) and columns
/// (p ..< p + q). An arc that would close a cycle sends its flow round the cycle instead, until an arc
/// of the cycle is empty and goes. That changes costs only where arcs of the cycle are not tight.
struct FlowForest {
  let rowCount: Int
  /// The node above each node, −1 at the top, and the flow on the arc to it.
  private var parents: [Int]
  private var flows: [Int64]

  init(rowCount: Int, columnCount: Int) {
    self.rowCount = rowCount
    parents = [Int](repeating: -1, count: rowCount + columnCount)
    flows = [Int64](repeating: 0, count: rowCount + columnCount)
  }

  /// Adds an arc with its flow.
  mutating func add(_ arc: BasisArc) {
    let (row, column) = (arc.row, rowCount + arc.column)
    var flow = arc.flow
    if let join = commonAncestor(row, column) { flow -= turn(flow, row, column, join) }
    if flow > 0 { link(row, column, flow) }
  }

  /// The arcs, with positive flows.
  var arcs: [BasisArc] {
    parents.indices.filter { parents[$0] >= 0 }.map { node in
      let (row, column) = node < rowCount ? (node, parents[node]) : (parents[node], node)
      return BasisArc(row: row, column: column - rowCount, flow: flows[node])
    }
  }

  private func ancestors(_ node: Int) -> [Int] {
    var path = [node]
    while let last = path.last, parents[last] >= 0 { path.append(parents[last]) }
    return path
  }

  /// The deepest node above both, or nil when they hang in different trees.
  private func commonAncestor(_ first: Int, _ second: Int) -> Int? {
    let (a, b) = (ancestors(first), ancestors(second))
    guard a.last == b.last else { return nil }
    return a[a.count - zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count]
  }

  /// Moves at most `amount` from the arc (row, column) to the path of the forest between them, until
  /// an arc of the path is empty; cuts what is empty and returns what was moved. On the row's side
  /// the path loses flow above columns, on the column's side above rows.
  private mutating func turn(_ amount: Int64, _ row: Int, _ column: Int, _ join: Int) -> Int64 {
    let rowSide = ancestors(row).prefix { $0 != join }
    let columnSide = ancestors(column).prefix { $0 != join }
    let losing = rowSide.filter { $0 >= rowCount } + columnSide.filter { $0 < rowCount }
    let moved = losing.reduce(amount) { min($0, flows[$1]) }
    for node in rowSide where node < rowCount { flows[node] += moved }
    for node in columnSide where node >= rowCount { flows[node] += moved }
    for node in losing {
      flows[node] -= moved
      if flows[node] == 0 { parents[node] = -1 }
    }
    return moved
  }

  /// Hangs the tree of `row`, turned so that `row` is its top, below `column`.
  private mutating func link(_ row: Int, _ column: Int, _ flow: Int64) {
    var (node, above, amount) = (row, column, flow)
    while node >= 0 {
      let (nextNode, nextAmount) = (parents[node], flows[node])
      (parents[node], flows[node]) = (above, amount)
      (node, above, amount) = (nextNode, node, nextAmount)
    }
  }
}
