/// A network simplex from any basis whose costs, potentials and reduced costs are exact, however far
/// the costs are apart.
///
/// Flows are not degenerate, so that each pivot lowers the cost: the simplex ends, and no arc has a
/// negative reduced cost then. It pivots as `SimplexRun` does. An arc takes some ten times as long to
/// price as in double precision.
struct ExactSimplex: ~Copyable {
  private struct Candidate {
    /// Orders negative reduced costs by size.
    var rank: UInt64
    var row: Int
    var column: Int
  }

  /// The points with mass; rows are source points.
  let arcs: DenseArcs
  let units: CostUnits
  /// π of each node, as in `SpanningTree`; then a distance of each node, and two places for sums.
  let numbers: WideNumbers
  private let tree: SpanningTree
  private(set) var pivotCount = 0
  private var nextRow = 0
  /// How many rows are priced before the best of them enter.
  private static let blockLength = 64

  /// Takes the arcs of a basis with flows that are not degenerate.
  init(_ problem: TransportProblem, basis: [BasisArc]) {
    arcs = DenseArcs(problem, turned: false)
    units = CostUnits(arcs)
    tree = SpanningTree(rowCount: arcs.rowCount, columnCount: arcs.columnCount)
    tree.build(of: basis) { _, _ in 0 }
    numbers = WideNumbers(count: 2 * tree.nodeCount + 2, width: units.width)
    for place in 1..<tree.nodeCount {
      let (node, above) = (tree.order[place], tree.parent[tree.order[place]])
      numbers.set(Int(node), to: Int(above))
      let isRow = tree.isRow(node)
      var term = units.term(
        isRow
          ? arcs.cost(Int(node), Int(above) - arcs.rowCount)
          : arcs.cost(Int(above), Int(node) - arcs.rowCount))
      if !isRow { term.isNegative.toggle() }
      numbers.add(term, to: Int(node))
    }
  }

  /// Where `price` leaves a reduced cost.
  var reducedCost: Int { 2 * tree.nodeCount }

  /// Computes c − π(row) + π(column).
  @inline(__always)
  func price(_ row: Int, _ column: Int) {
    numbers.set(reducedCost, to: arcs.rowCount + column, minus: row)
    numbers.add(units.term(arcs.cost(row, column)), to: reducedCost)
  }

  /// The arcs of the tree that carry flow under the true masses.
  var flows: [BasisArc] {
    tree.arcs(supplies: arcs.supplies, demands: arcs.demands).filter { $0.flow > 0 }
  }

  /// Pivots until no arc has a negative reduced cost.
  mutating func optimize() {
    var candidates: [Candidate] = []
    while true {
      price(&candidates)
      if candidates.isEmpty { return }
      candidates.sort { $0.rank > $1.rank }
      for candidate in candidates {
        price(candidate.row, candidate.column)
        guard numbers.isNegative(reducedCost) else { continue }
        // Those that have lost more than half since they were priced wait for the next block.
        guard numbers.rank(reducedCost) + 1 << 52 >= candidate.rank else { continue }
        pivot(candidate.row, candidate.column)
      }
    }
  }
}

extension ExactSimplex {
  /// Collects the best arc of each row of the next block; there are none only when all rows are clean.
  private mutating func price(_ candidates: inout [Candidate]) {
    let p = arcs.rowCount
    candidates.removeAll(keepingCapacity: true)
    var (clean, scanned) = (0, 0)
    while clean < p, scanned < Self.blockLength || candidates.isEmpty {
      if let best = best(inRow: nextRow) { candidates.append(best) } else { clean += 1 }
      scanned += 1
      nextRow = nextRow + 1 == p ? 0 : nextRow + 1
    }
  }

  private func best(inRow row: Int) -> Candidate? {
    var best = Candidate(rank: 0, row: row, column: -1)
    for column in 0..<arcs.columnCount {
      price(row, column)
      guard numbers.isNegative(reducedCost) else { continue }
      let rank = numbers.rank(reducedCost)
      if rank > best.rank { (best.rank, best.column) = (rank, column) }
    }
    return best.column < 0 ? nil : best
  }

  /// Brings the arc with the computed reduced cost into the basis. What hung from the arc that goes
  /// hangs from this one afterwards, and its potentials change.
  private mutating func pivot(_ row: Int, _ column: Int) {
    let (upper, lower) = (Int32(row), Int32(arcs.rowCount + column))
    tree.pivot(row: upper, column: lower, reducedCost: 0)
    pivotCount += 1
    let isRowSide = tree.parent[upper] == lower
    let moved = isRowSide ? upper : lower
    let start = Int(tree.position[moved])
    for place in start..<start + Int(tree.size[moved]) {
      let node = Int(tree.order[place])
      if isRowSide {
        numbers.add(reducedCost, to: node)
      } else {
        numbers.subtract(reducedCost, from: node)
      }
    }
  }

  /// Changes the potentials of an optimal basis to those that lie nearest to the costs in use.
  ///
  /// A tree may hold dear arcs that carry nothing, and then its potentials are as great as these. Here
  /// u = −D of rows and v = D of columns, D being the length of the shortest path from any row, where an
  /// arc may be taken for its cost, and one that carries flow backwards for as much less. That is at
  /// most a sum of costs that the plan pays, and none of an arc that it avoids. Still no arc has a
  /// negative reduced cost, and those with flow have none. Dijkstra's algorithm, in reduced costs.
  func settle(around flows: [BasisArc]) {
    let (p, count) = (arcs.rowCount, arcs.rowCount + arcs.columnCount)
    let (distance, sum) = (count, reducedCost + 1)
    let least = (1..<p).reduce(0) { numbers.isLess($1, $0) ? $1 : $0 }
    numbers.set(sum, to: least)
    for row in 0..<p { numbers.set(distance + row, to: row, minus: sum) }
    var rowsWithFlow = [[Int]](repeating: [], count: arcs.columnCount)
    for arc in flows { rowsWithFlow[arc.column].append(arc.row) }
    var isReached = (0..<count).map { $0 < p }
    var open = Array(0..<count)
    while let node = removeNearest(&open, isReached) {
      if node >= p {
        for row in rowsWithFlow[node - p] where numbers.isLess(distance + node, distance + row) {
          numbers.set(distance + row, to: distance + node)
        }
        continue
      }
      for end in open where end >= p {
        price(node, end - p)
        numbers.add(distance + node, to: reducedCost)
        if isReached[end], !numbers.isLess(reducedCost, distance + end) { continue }
        numbers.set(distance + end, to: reducedCost)
        isReached[end] = true
      }
    }
    for node in 0..<count {
      numbers.subtract(distance + node, from: node)
      numbers.subtract(sum, from: node)
    }
  }

  /// Takes out that reached node whose distance is least.
  private func removeNearest(_ open: inout [Int], _ isReached: [Bool]) -> Int? {
    let count = arcs.rowCount + arcs.columnCount
    var nearest = -1
    for place in open.indices where isReached[open[place]] {
      if nearest < 0 || numbers.isLess(count + open[place], count + open[nearest]) {
        nearest = place
      }
    }
    guard nearest >= 0 else { return nil }
    open.swapAt(nearest, open.count - 1)
    return open.removeLast()
  }
}
