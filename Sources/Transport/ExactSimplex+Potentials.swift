extension ExactSimplex {
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
