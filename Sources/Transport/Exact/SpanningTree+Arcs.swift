extension SpanningTree {
  /// Makes the nodes, which have no arcs yet, a tree of `arcs`, which must span them. The root is the
  /// node with most arcs.
  ///
  /// This is no initialiser because the thread sanitizer makes the compiler fail on a delegating one.
  func build(of arcs: [BasisArc], cost: (_ row: Int, _ column: Int) -> Double) {
    var starts = [Int](repeating: 0, count: nodeCount + 1)
    for arc in arcs {
      starts[arc.row + 1] += 1
      starts[rowCount + arc.column + 1] += 1
    }
    let root = (0..<nodeCount).max { (starts[$0 + 1], $1) < (starts[$1 + 1], $0) } ?? 0
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var incident = [Int](repeating: 0, count: 2 * arcs.count)
    var next = starts
    for (index, arc) in arcs.enumerated() {
      for node in [arc.row, rowCount + arc.column] {
        incident[next[node]] = index
        next[node] += 1
      }
    }
    var pending = [Int32(root)]
    var count = 0
    while let node = pending.popLast() {
      position[node] = Int32(count)
      order[count] = node
      count += 1
      for index in incident[starts[Int(node)]..<starts[Int(node) + 1]] {
        let other = Int32(isRow(node) ? rowCount + arcs[index].column : arcs[index].row)
        if other == parent[node] { continue }
        parent[other] = node
        flow[other] = arcs[index].flow
        pending.append(other)
      }
    }
    precondition(count == nodeCount, "The arcs do not span the nodes.")
    for index in stride(from: nodeCount - 1, to: 0, by: -1) {
      size[parent[order[index]]] += size[order[index]]
    }
    recomputePotentials(cost)
  }

  /// Sets all potentials afresh from the costs of the basic arcs, so that rounding does not add up.
  func recomputePotentials(_ cost: (_ row: Int, _ column: Int) -> Double) {
    potential[order[0]] = 0
    for index in 1..<nodeCount {
      let node = order[index]
      let above = parent[node]
      potential[node] =
        isRow(node)
        ? potential[above] + cost(Int(node), Int(above) - rowCount)
        : potential[above] - cost(Int(above), Int(node) - rowCount)
    }
  }

  /// The arcs with the flows of the tree.
  var basis: [BasisArc] {
    (1..<nodeCount).map { place in
      let (node, above) = (Int(order[place]), Int(parent[order[place]]))
      return node < rowCount
        ? BasisArc(row: node, column: above - rowCount, flow: flow[node])
        : BasisArc(row: above, column: node - rowCount, flow: flow[node])
    }
  }

  /// The arcs with the flows that send `supplies` to `demands` through the tree.
  func arcs(supplies: [Int64], demands: [Int64]) -> [BasisArc] {
    var balance = supplies + demands.map { -$0 }
    var arcs: [BasisArc] = []
    for index in stride(from: nodeCount - 1, to: 0, by: -1) {
      let (node, above) = (Int(order[index]), Int(parent[order[index]]))
      balance[above] += balance[node]
      arcs.append(
        isRow(Int32(node))
          ? BasisArc(row: node, column: above - rowCount, flow: balance[node])
          : BasisArc(row: above, column: node - rowCount, flow: -balance[node]))
    }
    return arcs
  }
}

/// An arc of a basis, or of a plan on the way to one, with its flow in grains.
struct BasisArc: Equatable {
  var row: Int
  var column: Int
  var flow: Int64

  /// The arc with rows and columns exchanged.
  var turned: BasisArc { BasisArc(row: column, column: row, flow: flow) }
}
