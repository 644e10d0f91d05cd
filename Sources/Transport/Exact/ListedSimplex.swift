/// A network simplex from a basis that is nearly optimal, in double precision on the true costs.
///
/// Arcs are priced on short lists until none of them improves the plan. Then all arcs are priced,
/// those that would improve it are listed, and so on; few rounds are needed. The last round finds
/// nothing, with potentials fresh from the tree: that proves the plan.
/// References: GottschlichSchuhmacher2014; Bonneel2011.
struct ListedSimplex: ~Copyable {
  private struct Candidate {
    /// Kept here because the costs are too many for a near cache.
    var cost: Double
    var reducedCost: Double
    var row: Int32
    var column: Int32
  }

  private let costs: CostMatrix
  private let kernels: Kernels
  private let tree: SpanningTree
  private var lists: ArcLists
  /// Reduced costs above −tolerance count as zero.
  private let tolerance: Double
  /// The least of cost + π(column) in each row, at the last pricing of all arcs.
  private(set) var rowLeasts: [Double]
  private(set) var pivotCount = 0
  private var nextPiece = 0
  /// Whether no pivot has been made since the potentials were computed from the tree.
  private var potentialsAreFresh = true

  /// Takes the arcs of a basis with flows that are not degenerate.
  init(
    _ costs: CostMatrix, basis: [BasisArc], lists: ArcLists, tolerance: Double, kernels: Kernels
  ) {
    self.costs = costs
    self.kernels = kernels
    self.lists = lists
    self.tolerance = tolerance
    tree = SpanningTree(rowCount: costs.rowCount, columnCount: costs.columnCount)
    tree.build(of: basis) { costs[$0, $1] }
    rowLeasts = [Double](repeating: 0, count: costs.rowCount)
  }

  /// Pivots until no arc has a negative reduced cost.
  mutating func optimize() {
    repeat {
      optimizeLists()
      refreshPotentials()
    } while listViolations()
  }

  /// The flows of the basis under the true masses, and the prices π = −v of the columns.
  func arcs(supplies: [Int64], demands: [Int64]) -> [BasisArc] {
    tree.arcs(supplies: supplies, demands: demands)
  }

  /// The basis with its disturbed flows.
  var basis: [BasisArc] { tree.basis }

  func price(ofColumn column: Int) -> Double { tree.potential[costs.rowCount + column] }
}

extension ListedSimplex {
  /// Pivots on listed arcs until none has a negative reduced cost. Pieces of the lists are priced in
  /// blocks; the best arc of each is a candidate, and the best candidates enter first as long as they
  /// have kept half of their reduced cost.
  private mutating func optimizeLists() {
    var candidates: [Candidate] = []
    while true {
      price(&candidates)
      if candidates.isEmpty { return }
      candidates.sort { $0.reducedCost < $1.reducedCost }
      for candidate in candidates {
        let now = reducedCost(candidate.cost, candidate.row, candidate.column)
        if now < candidate.reducedCost / 2, now < -tolerance { pivot(candidate, now) }
      }
    }
  }

  /// Collects the candidates of the next block; there are none only when all lists are clean.
  private mutating func price(_ candidates: inout [Candidate]) {
    let (p, count) = (costs.rowCount, lists.pieces.count)
    let blockLength = max(64, min(256, count / 4))
    candidates.removeAll(keepingCapacity: true)
    var (clean, scanned) = (0, 0)
    if nextPiece >= count { nextPiece = 0 }
    while clean < count, scanned < blockLength || candidates.isEmpty {
      let piece = lists.pieces[nextPiece]
      let best = kernels.leastListed(
        lists.costs, lists.columns, in: piece.range, prices: tree.potential, at: p,
        below: tree.potential[piece.row] - tolerance)
      if let best {
        let (cost, row, column) = (lists.costs[best], Int32(piece.row), lists.columns[best])
        let reduced = reducedCost(cost, row, column)
        candidates.append(Candidate(cost: cost, reducedCost: reduced, row: row, column: column))
      } else {
        clean += 1
      }
      scanned += 1
      nextPiece = nextPiece + 1 == count ? 0 : nextPiece + 1
    }
  }

  private mutating func pivot(_ candidate: Candidate, _ reducedCost: Double) {
    tree.pivot(
      row: candidate.row, column: Int32(costs.rowCount) + candidate.column,
      reducedCost: reducedCost)
    potentialsAreFresh = false
    pivotCount += 1
    if pivotCount % 1024 == 0 { refreshPotentials() }
  }

  private mutating func refreshPotentials() {
    if potentialsAreFresh { return }
    tree.recomputePotentials { costs[$0, $1] }
    potentialsAreFresh = true
  }

  @inline(__always)
  private func reducedCost(_ cost: Double, _ row: Int32, _ column: Int32) -> Double {
    cost - tree.potential[row] + tree.potential[costs.rowCount + Int(column)]
  }

  /// Prices all arcs and lists those that would improve the plan; false when there are none.
  private mutating func listViolations() -> Bool {
    let (p, q) = (costs.rowCount, costs.columnCount)
    var violations: [(row: Int32, column: Int32)] = []
    var isOptimal = true
    for row in 0..<p {
      rowLeasts[row] = kernels.leastSum(
        costs, at: row * q, prices: tree.potential, at: p, length: q)
      guard rowLeasts[row] < tree.potential[row] - tolerance else { continue }
      isOptimal = false
      // A listed arc may be among them now that the potentials have been computed afresh.
      let listed = Set(lists.columns[lists.range(ofRow: row)])
      for column in 0..<Int32(q) where !listed.contains(column) {
        if reducedCost(costs[row, Int(column)], Int32(row), column) < -tolerance {
          violations.append((Int32(row), column))
        }
      }
    }
    if !violations.isEmpty { lists.add(violations) { costs[$0, $1] } }
    return !isOptimal
  }
}
