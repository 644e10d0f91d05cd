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
  /// Room for a subtree while it is re-rooted, and for the two sides of a cycle.
  private let scratch: UncheckedBuffer<Int32>
  private let rowSide: UncheckedBuffer<Int32>
  private let columnSide: UncheckedBuffer<Int32>

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
    rowSide = UncheckedBuffer(repeating: 0, count: count)
    columnSide = UncheckedBuffer(repeating: 0, count: count)
  }

  @inline(__always)
  func isRow(_ node: Int32) -> Bool { Int(node) < rowCount }
}

extension SpanningTree {
  /// Brings the arc from `row` to the node `column` into the basis and lets the blocking arc go.
  ///
  /// The arc closes a cycle: up from either end to the join, the deepest node above both. On both
  /// sides arcs lose and gain flow by turns, beginning with a loss. The arc that runs dry first, named
  /// by its child node, goes. What hung from it is turned round, so that the end of the entering arc on
  /// that side becomes its top, and hangs from the other end.
  func pivot(row: Int32, column: Int32, reducedCost: Double) {
    let target = position[column]
    let (rowLength, join) = climb(from: row, writing: rowSide) { node in
      position[node] <= target && target < position[node] &+ size[node]
    }
    let (columnLength, _) = climb(from: column, writing: columnSide) { $0 == join }
    let (rowPlace, rowLoss) = leastLoss(rowSide, rowLength)
    let (columnPlace, columnLoss) = leastLoss(columnSide, columnLength)
    let amount = min(rowLoss, columnLoss)
    push(amount, rowSide, rowLength)
    push(amount, columnSide, columnLength)
    if rowLoss <= columnLoss {
      resize(rowSide, rowLength, without: rowPlace, columnSide, columnLength)
      rehang(rowSide, rowLength, cutAbove: rowPlace, from: column, join: join, flow: amount)
      shift(subtreeOf: row, by: reducedCost)
    } else {
      resize(columnSide, columnLength, without: columnPlace, rowSide, rowLength)
      rehang(columnSide, columnLength, cutAbove: columnPlace, from: row, join: join, flow: amount)
      shift(subtreeOf: column, by: -reducedCost)
    }
  }

  /// Writes the nodes from `start` upwards until one is the top, which is not written. Returns how
  /// many they are, and the top.
  @inline(__always)
  private func climb(
    from start: Int32, writing side: borrowing UncheckedBuffer<Int32>, until isTop: (Int32) -> Bool
  ) -> (length: Int, top: Int32) {
    var (node, length) = (start, 0)
    while !isTop(node) {
      side[length] = node
      length &+= 1
      node = parent[node]
    }
    return (length, node)
  }

  /// The place on a side of the cycle with the least flow to lose.
  @inline(__always)
  private func leastLoss(
    _ side: borrowing UncheckedBuffer<Int32>, _ length: Int
  ) -> (place: Int, amount: Int64) {
    var (place, amount) = (-1, Int64.max)
    for next in stride(from: 0, to: length, by: 2) where flow[side[next]] < amount {
      (place, amount) = (next, flow[side[next]])
    }
    return (place, amount)
  }

  @inline(__always)
  private func push(_ amount: Int64, _ side: borrowing UncheckedBuffer<Int32>, _ length: Int) {
    for place in 0..<length { flow[side[place]] &+= place & 1 == 0 ? -amount : amount }
  }

  /// Counts the nodes at and below `place` of one side no longer above there, but on the other side.
  @inline(__always)
  private func resize(
    _ inner: borrowing UncheckedBuffer<Int32>, _ innerLength: Int, without place: Int,
    _ outer: borrowing UncheckedBuffer<Int32>, _ outerLength: Int
  ) {
    let moved = size[inner[place]]
    for place in place + 1..<innerLength { size[inner[place]] &-= moved }
    for place in 0..<outerLength { size[outer[place]] &+= moved }
  }

  /// Turns round what hangs at `place` of a side, and hangs it from `outer`. Sizes of other subtrees
  /// have been changed already.
  private func rehang(
    _ side: borrowing UncheckedBuffer<Int32>, _ length: Int, cutAbove place: Int,
    from outer: Int32, join: Int32, flow amount: Int64
  ) {
    let (inner, leaving) = (side[0], side[place])
    let count = Int(size[leaving])
    let target = self.place(
      leaving: leaving, outer: outer, join: join, branch: side[length - 1], count: count)
    reroot(side, stemLength: place + 1)
    relocate(leaving: leaving, to: target, count: count)
    (size[inner], flow[inner], parent[inner]) = (Int32(count), amount, outer)
  }

  /// Writes the pre-order of the subtree at the top of a stem, re-rooted at the stem's foot, into
  /// `scratch`, and sets sizes, parents and flows along the stem. The old intervals stay in `order`.
  private func reroot(_ stem: borrowing UncheckedBuffer<Int32>, stemLength: Int) {
    let whole = size[stem[stemLength - 1]]
    var written = 0
    // The part of a node's interval that has been written with the node below it; none at the foot.
    var (gap, resume) = (Int(position[stem[0]]) + 1, Int(position[stem[0]]) + 1)
    for place in 0..<stemLength {
      let node = stem[place]
      let (start, end) = (Int(position[node]), Int(position[node]) &+ Int(size[node]))
      scratch.copy(to: written, from: order, at: start, length: gap &- start)
      written &+= gap &- start
      scratch.copy(to: written, from: order, at: resume, length: end &- resume)
      written &+= end &- resume
      (gap, resume) = (start, end)
    }
    for place in stride(from: stemLength - 1, to: 0, by: -1) {
      let (upper, lower) = (stem[place], stem[place - 1])
      size[upper] = whole &- size[lower]
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
