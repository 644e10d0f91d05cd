/// One run of the network simplex.
struct SimplexRun: ~Copyable {
  private struct Candidate {
    var reducedCost: Double
    var row: Int
    var column: Int
  }

  private let arcs: DenseArcs
  private let tree: SpanningTree
  /// Reduced costs above −tolerance count as zero.
  private let tolerance: Double
  private(set) var pivotCount = 0

  init(_ arcs: consuming DenseArcs, scale: Double) {
    let (supplies, demands) = perturbed(arcs.supplies, arcs.demands)
    let start = StartingBasis(arcs, supplies: supplies, demands: demands)
    tree = SpanningTree(arcs: start.arcs, costs: arcs)
    self.arcs = arcs
    tolerance = 1e-13 * scale
  }

  mutating func optimize(pivotLimit: Int) -> Bool {
    let p = arcs.rowCount
    let block = max(1, min(p, 128))
    var (row, clean) = (0, 0)
    var candidates: [Candidate] = []
    var fresh = true
    while true {
      candidates.removeAll(keepingCapacity: true)
      var scanned = 0
      while scanned < block, clean < p {
        if let candidate = best(inRow: row) {
          candidates.append(candidate)
          clean = 0
        } else {
          clean += 1
        }
        scanned += 1
        row = row + 1 == p ? 0 : row + 1
      }
      if candidates.isEmpty, clean >= p {
        if fresh { return true }
        tree.recomputePotentials(arcs)
        (fresh, clean) = (true, 0)
        continue
      }
      candidates.sort { $0.reducedCost < $1.reducedCost }
      for candidate in candidates {
        let now = reducedCost(candidate.row, candidate.column)
        guard now < candidate.reducedCost * 0.5, now < -tolerance else { continue }
        if pivotCount >= pivotLimit { return false }
        tree.pivot(
          row: Int32(candidate.row), column: Int32(p + candidate.column), reducedCost: now)
        fresh = false
        pivotCount += 1
        if pivotCount % 512 == 0 { tree.recomputePotentials(arcs) }
      }
    }
  }

  @inline(__always)
  private func reducedCost(_ row: Int, _ column: Int) -> Double {
    arcs.cost(row, column) - tree.potential[row] + tree.potential[arcs.rowCount + column]
  }

  @inline(__always)
  private func best(inRow row: Int) -> Candidate? {
    let (p, q) = (arcs.rowCount, arcs.columnCount)
    let least = arcs.costs.leastSum(at: row * q, adding: tree.potential, at: p, length: q)
    let reduced = least - tree.potential[row]
    guard reduced < -tolerance else { return nil }
    let column = arcs.costs.firstSum(
      atMost: least, at: row * q, adding: tree.potential, at: p, length: q)
    return Candidate(reducedCost: reduced, row: row, column: column)
  }
}

/// The same masses, disturbed so that no tree carries a zero flow: the smaller side a → a·K + 1, the
/// other b → b·K, its last point + n, where n is the smaller count and K = n + 1. A flow of the true
/// masses is recovered by solving the optimal tree with them.
private func perturbed(
  _ supplies: [Int64], _ demands: [Int64]
) -> (supplies: [Int64], demands: [Int64]) {
  let smaller = Int64(min(supplies.count, demands.count))
  let raised = { (masses: [Int64]) in masses.map { $0 * (smaller + 1) + 1 } }
  let balanced = { (masses: [Int64]) in
    var scaled = masses.map { $0 * (smaller + 1) }
    scaled[scaled.count - 1] += smaller
    return scaled
  }
  return supplies.count <= demands.count
    ? (raised(supplies), balanced(demands)) : (balanced(supplies), raised(demands))
}

extension SimplexRun {
  /// The plan of the tree under the true masses, and potentials made feasible for every arc.
  func solution(of problem: TransportProblem, optimal: Bool) -> TransportSolution {
    let potentials = potentials(of: problem)
    let entries = tree.arcs(supplies: arcs.supplies, demands: arcs.demands)
      .filter { $0.flow > 0 }
      .map { arc in
        let (row, column) = (arcs.rowPoints[arc.row], arcs.columnPoints[arc.column])
        return TransportPlan.Entry(
          row: arcs.turned ? column : row, column: arcs.turned ? row : column,
          mass: Double(arc.flow) * problem.grainMass)
      }
    let plan = TransportPlan(
      rowCount: problem.cost.rowCount, columnCount: problem.cost.columnCount, entries: entries)
    return TransportSolution(
      problem: problem, plan: plan, sourcePotentials: potentials.source,
      targetPotentials: potentials.target, iterations: pivotCount,
      termination: optimal ? .optimal : .iterationLimit)
  }

  /// The potentials of the tree, made feasible for every arc of the problem.
  private func potentials(of problem: TransportProblem) -> (source: [Double], target: [Double]) {
    let (points, offset) =
      arcs.turned ? (arcs.rowPoints, 0) : (arcs.columnPoints, arcs.rowCount)
    let sign = arcs.turned ? 1.0 : -1.0
    var targets = [Double](repeating: -.infinity, count: problem.cost.columnCount)
    for (index, point) in points.enumerated() {
      targets[point] = sign * tree.potential[offset + index]
    }
    return problem.feasiblePotentials(from: targets, tightening: false)
  }
}
