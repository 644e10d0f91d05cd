/// The basis of a transport problem: a spanning tree over rows (0 ..< p) and columns (p ..< p + q),
/// kept as contiguous pre-order arrays, so that a subtree is an interval.
///
/// Potentials are stored as π = u for rows and π = −v for columns. The reduced cost of an arc is then
/// c − π(row) + π(column), and a change of a subtree is the same addition to all its nodes.
struct SpanningTree: ~Copyable {
  let rowCount: Int
  let nodeCount: Int
  /// Nodes in pre-order, and where each node stands in it.
  let order: UncheckedBuffer<Int32>
  let position: UncheckedBuffer<Int32>
  /// The number of nodes of each node's subtree.
  let size: UncheckedBuffer<Int32>
  /// Each node's parent, −1 at the root, and the flow on the arc between them.
  let parent: UncheckedBuffer<Int32>
  let flow: UncheckedBuffer<Int64>
  /// π of each node.
  let potential: UncheckedBuffer<Double>
  /// Room for a subtree while it is re-rooted.
  private let scratch: UncheckedBuffer<Int32>
  private let stem: UncheckedBuffer<Int32>

  init(rowCount: Int, columnCount: Int) {
    let count = rowCount + columnCount
    self.rowCount = rowCount
    nodeCount = count
    order = UncheckedBuffer(repeating: 0, count: count)
    position = UncheckedBuffer(repeating: 0, count: count)
    size = UncheckedBuffer(repeating: 1, count: count)
    parent = UncheckedBuffer(repeating: -1, count: count)
    flow = UncheckedBuffer(repeating: 0, count: count)
    potential = UncheckedBuffer(repeating: 0, count: count)
    scratch = UncheckedBuffer(repeating: 0, count: count)
    stem = UncheckedBuffer(repeating: 0, count: count)
  }

  @inline(__always)
  func isRow(_ node: Int32) -> Bool { Int(node) < rowCount }
}

extension SpanningTree {
  /// Brings the arc from `row` to the node `column` into the basis and lets the blocking arc go.
  func pivot(row: Int32, column: Int32, reducedCost: Double) {
    let join = commonAncestor(row, column)
    let (leaving, amount, isOnRowSide) = blockingArc(row: row, column: column, join: join)
    push(amount, row: row, column: column, join: join)
    let (inner, outer) = isOnRowSide ? (row, column) : (column, row)
    let moved = size[leaving]
    let branch = resize(leaving: leaving, outer: outer, join: join, by: moved)
    let place = place(
      leaving: leaving, outer: outer, join: join, branch: branch, count: Int(moved))
    reroot(leaving: leaving, at: inner)
    relocate(leaving: leaving, to: place, count: Int(moved))
    (size[inner], flow[inner], parent[inner]) = (moved, amount, outer)
    shift(subtreeOf: inner, by: isOnRowSide ? reducedCost : -reducedCost)
  }

  /// The deepest node above both; the node of the smaller subtree cannot be the ancestor.
  private func commonAncestor(_ first: Int32, _ second: Int32) -> Int32 {
    var (a, b) = (first, second)
    while a != b {
      let (sizeA, sizeB) = (size[a], size[b])
      if sizeA <= sizeB { a = parent[a] }
      if sizeB <= sizeA { b = parent[b] }
    }
    return a
  }

  /// The arc of the cycle that runs dry first, named by its child node. Flow falls at the rows on the
  /// entering row's side and at the columns on the entering column's side.
  private func blockingArc(
    row: Int32, column: Int32, join: Int32
  ) -> (leaving: Int32, amount: Int64, isOnRowSide: Bool) {
    var (leaving, amount, isOnRowSide): (Int32, Int64, Bool) = (-1, .max, true)
    var node = row
    while node != join {
      if isRow(node), flow[node] < amount { (leaving, amount) = (node, flow[node]) }
      node = parent[node]
    }
    node = column
    while node != join {
      if !isRow(node), flow[node] < amount {
        (leaving, amount, isOnRowSide) = (node, flow[node], false)
      }
      node = parent[node]
    }
    return (leaving, amount, isOnRowSide)
  }

  private func push(_ amount: Int64, row: Int32, column: Int32, join: Int32) {
    var node = row
    while node != join {
      flow[node] &+= isRow(node) ? -amount : amount
      node = parent[node]
    }
    node = column
    while node != join {
      flow[node] &+= isRow(node) ? amount : -amount
      node = parent[node]
    }
  }

  /// Moves `moved` nodes from the ancestors of `leaving` to those of `outer`, below `join`. Returns
  /// the last node below `join` on the way up from `leaving`.
  private func resize(leaving: Int32, outer: Int32, join: Int32, by moved: Int32) -> Int32 {
    var branch = leaving
    var node = parent[leaving]
    while node != join {
      size[node] &-= moved
      branch = node
      node = parent[node]
    }
    node = outer
    while node != join {
      size[node] &+= moved
      node = parent[node]
    }
    return branch
  }

  /// Writes the pre-order of the subtree of `leaving`, re-rooted at `inner`, into `scratch`, and sets
  /// sizes, parents and flows along the stem between the two. The old intervals stay in `order`.
  private func reroot(leaving: Int32, at inner: Int32) {
    let whole = size[leaving]
    var (length, written) = (0, 0)
    var (node, below): (Int32, Int32) = (inner, -1)
    while true {
      let (start, end) = (Int(position[node]), Int(position[node]) + Int(size[node]))
      var gap = end
      var resume = end
      if below >= 0 {
        gap = Int(position[below])
        resume = gap + Int(size[below])
      }
      scratch.copy(to: written, from: order, at: start, length: gap - start)
      written += gap - start
      scratch.copy(to: written, from: order, at: resume, length: end - resume)
      written += end - resume
      stem[length] = node
      length += 1
      if node == leaving { break }
      below = node
      node = parent[node]
    }
    while length > 1 {
      length -= 1
      let (upper, lower) = (stem[length], stem[length - 1])
      size[upper] = whole - size[lower]
      flow[upper] = flow[lower]
      parent[upper] = lower
    }
  }

  /// Moves the interval of the subtree, now in `scratch`, to where it hangs under `outer`. The rest
  /// of the order between the old place and the new one shifts by the size of the subtree.
  private func relocate(leaving: Int32, to place: Int, count: Int) {
    let start = Int(position[leaving])
    var changed = start..<start + count
    if place <= start {
      order.move(to: place + count, from: place, length: start - place)
      order.copy(to: place, from: scratch, at: 0, length: count)
      changed = place..<start + count
    } else {
      order.move(to: start, from: start + count, length: place - start - count)
      order.copy(to: place - count, from: scratch, at: 0, length: count)
      changed = start..<place
    }
    for index in changed { position[order[index]] = Int32(truncatingIfNeeded: index) }
  }

  /// Where the subtree of `leaving` goes, as a place of the old order: of the gaps known among the
  /// children of `outer`, the one that shifts the fewest nodes. Sizes are the new ones, positions the
  /// old ones.
  private func place(
    leaving: Int32, outer: Int32, join: Int32, branch: Int32, count: Int
  ) -> Int {
    let start = Int(position[leaving])
    guard outer == join else {
      let place = Int(position[outer])
      return place > start ? place + 1 : place + Int(size[outer]) - count
    }
    guard branch != leaving else { return start }
    let before = Int(position[branch])
    let after = before + Int(size[branch]) + count
    return start - before <= after - start - count ? before : after
  }

  /// Adds `amount` to π of the subtree, or takes it from all other nodes when they are fewer.
  private func shift(subtreeOf node: Int32, by amount: Double) {
    let (start, count) = (Int(position[node]), Int(size[node]))
    if 2 * count <= nodeCount {
      add(amount, start..<start + count)
    } else {
      add(-amount, 0..<start)
      add(-amount, start + count..<nodeCount)
    }
  }

  @inline(__always)
  private func add(_ amount: Double, _ range: Range<Int>) {
    for index in range { potential[order[index]] += amount }
  }
}
