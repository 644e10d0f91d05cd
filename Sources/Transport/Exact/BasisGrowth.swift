/// A spanning tree grown around a flow without cycles, and the flow disturbed so that the tree is a
/// non-degenerate basis.
///
/// The tree grows from row 0 as Dijkstra's tree does, in reduced costs. Whatever is joined to a
/// reached node by arcs with flow is reached with it; between such parts the tree uses arcs without
/// flow, each from a row above to a column below. When arcs with flow are tight, all arcs of the
/// tree are tight under potentials that are feasible everywhere: an optimal basis.
///
/// The disturbance: each column receives one grain more and the first row sends all of that, a
/// grain being 1/(q + 1) of one before. The flow on an arc changes by the number of columns below it,
/// downwards by so much more and upwards by so much less, and it stays positive: an arc without
/// flow leads down to a column. Any other basis has no zero flow either, because a part of the
/// columns alone is balanced by no part of the rows. So the simplex that follows never makes a
/// degenerate pivot, and it ends.
/// References: Orden1956 (the disturbance); Cunningham1976 (such trees).
struct BasisGrowth: ~Copyable {
  private let rowCount: Int
  private let neighbours: [[Int32]]
  private var isReached: [Bool]
  private var order: [Int32] = []
  private var parents: [Int32]
  private var pending: [(row: Int32, distance: Int32)] = []

  /// Grows a tree around `forest` on the potentials of a run.
  init(_ run: borrowing PrimalDualRun, around forest: [BasisArc]) {
    let (p, q) = (run.grid.rowCount, run.grid.columnCount)
    rowCount = p
    var neighbours = [[Int32]](repeating: [], count: p + q)
    for arc in forest {
      neighbours[arc.row].append(Int32(p + arc.column))
      neighbours[p + arc.column].append(Int32(arc.row))
    }
    self.neighbours = neighbours
    isReached = [Bool](repeating: false, count: p + q)
    parents = [Int32](repeating: -1, count: p + q)
    order.reserveCapacity(p + q)
    grow(run)
  }

  private mutating func grow(_ run: borrowing PrimalDualRun) {
    let width = run.grid.columnCount
    let keys = UncheckedBuffer<Int32>(repeating: .max, count: run.grid.stride)
    let rows = UncheckedBuffer<Int32>(repeating: 0, count: run.grid.stride)
    for column in width..<run.grid.stride { keys[column] = -1 }
    reach(0, from: -1, at: 0, keys)
    while order.count < isReached.count {
      var nearest: (key: Int32, column: Int) = (0, 0)
      while let (row, distance) = pending.popLast() {
        nearest = run.kernels.relax(
          run.grid.costs, at: run.grid.start(Int(row)), prices: run.prices,
          base: distance - run.potentials[row], row: row, keys: keys, parents: rows)
      }
      let column = nearest.column
      reach(Int32(rowCount + column), from: rows[column], at: nearest.key, keys)
    }
  }

  /// Reaches a node and all that is joined to it by flow.
  private mutating func reach(
    _ node: Int32, from parent: Int32, at distance: Int32, _ keys: borrowing UncheckedBuffer<Int32>
  ) {
    var stack = [node]
    parents[Int(node)] = parent
    isReached[Int(node)] = true
    while let node = stack.popLast() {
      order.append(node)
      if Int(node) < rowCount {
        pending.append((node, distance))
      } else {
        keys[Int(node) - rowCount] = -1
      }
      for next in neighbours[Int(node)] where !isReached[Int(next)] {
        isReached[Int(next)] = true
        parents[Int(next)] = node
        stack.append(next)
      }
    }
  }

  /// The arcs of the tree with disturbed flows, from the masses of rows and columns.
  func arcs(supplies: [Int64], demands: [Int64]) -> [BasisArc] {
    let p = rowCount
    let factor = Int64(demands.count + 1)
    var balance = supplies + demands.map { -$0 }
    var columnsBelow = [Int64](repeating: 0, count: order.count)
    var arcs: [BasisArc] = []
    arcs.reserveCapacity(order.count - 1)
    for node in order.dropFirst().reversed().map(Int.init) {
      let above = Int(parents[node])
      if node >= p { columnsBelow[node] += 1 }
      balance[above] += balance[node]
      columnsBelow[above] += columnsBelow[node]
      let (flow, change) = (balance[node] * factor, columnsBelow[node])
      arcs.append(
        node < p
          ? BasisArc(row: node, column: above - p, flow: flow - change)
          : BasisArc(row: above, column: node - p, flow: change - flow))
    }
    assert(arcs.allSatisfy { $0.flow > 0 })
    return arcs
  }
}
