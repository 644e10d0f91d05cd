/// The exact solver: a primal network simplex on the dense bipartite graph.
///
/// Flows are whole grains, perturbed so that no pivot is degenerate, and the plan is a vertex with at
/// most p + q − 1 entries. Potentials are doubles, recomputed from the tree; the last pass prices
/// every arc and lets none improve the cost by more than 1e-13 of the greatest cost, and exact
/// arithmetic takes over where that proves too little. Equal problems
/// give equal solutions. Memory: a copy of the costs and a few numbers a point. Time, measured: some
/// 7 to 14 pivots a point on costs that are correlations, each O(p + q) at worst, and some tens of
/// passes over the costs.
/// References: Bonneel et al. 2011; Ahuja, Magnanti and Orlin 1993, chapter 11.
public struct NetworkSimplex: TransportSolver {
  /// The greatest number of pivots; nil for no limit.
  public var pivotLimit: Int?

  /// Configures the solver.
  public init(pivotLimit: Int? = nil) {
    self.pivotLimit = pivotLimit
  }

  /// Solves a problem exactly. At `pivotLimit` it ends with a feasible plan, not yet the best.
  public func solve(_ problem: TransportProblem) -> TransportSolution {
    let finite = problem.withFiniteCosts
    let turned = problem.cost.rowCount < problem.cost.columnCount
    var run = SimplexRun(DenseArcs(finite, turned: turned), scale: finite.cost.magnitude)
    let optimal = run.optimize(pivotLimit: pivotLimit ?? .max)
    return run.solution(of: problem, finite: finite, optimal: optimal)
  }
}

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
  private var nextRow = 0
  /// Whether no pivot has been made since the potentials were computed from the tree.
  private var potentialsAreFresh = true
  /// How many rows are priced before the best of them enter.
  private static let blockLength = 64

  init(_ arcs: consuming DenseArcs, scale: Double) {
    let (supplies, demands) = perturbed(arcs.supplies, arcs.demands)
    let start = StartingBasis(arcs, supplies: supplies, demands: demands)
    tree = SpanningTree(rowCount: arcs.rowCount, columnCount: arcs.columnCount)
    tree.build(of: start.arcs) { arcs.cost($0, $1) }
    self.arcs = arcs
    tolerance = 1e-13 * scale
  }

  /// Pivots until no arc has a negative reduced cost (true) or the limit is reached (false).
  ///
  /// Blocks of rows are priced in turn. The best arc of each row is a candidate, and the candidates
  /// of a block enter best first as long as they have kept half of their reduced cost.
  mutating func optimize(pivotLimit: Int) -> Bool {
    var candidates: [Candidate] = []
    while true {
      price(&candidates)
      if candidates.isEmpty {
        if potentialsAreFresh { return true }
        refreshPotentials()
      }
      candidates.sort { $0.reducedCost < $1.reducedCost }
      for candidate in candidates {
        let now = reducedCost(candidate.row, candidate.column)
        guard now < candidate.reducedCost / 2, now < -tolerance else { continue }
        guard pivotCount < pivotLimit else { return false }
        pivot(candidate, reducedCost: now)
      }
    }
  }

  /// Collects the candidates of the next block; there are none only when all rows are clean.
  private mutating func price(_ candidates: inout [Candidate]) {
    let p = arcs.rowCount
    candidates.removeAll(keepingCapacity: true)
    var clean = 0
    var scanned = 0
    while clean < p, scanned < Self.blockLength || candidates.isEmpty {
      if let candidate = best(inRow: nextRow) { candidates.append(candidate) } else { clean += 1 }
      scanned += 1
      nextRow = nextRow + 1 == p ? 0 : nextRow + 1
    }
  }

  private mutating func pivot(_ candidate: Candidate, reducedCost: Double) {
    tree.pivot(
      row: Int32(candidate.row), column: Int32(arcs.rowCount + candidate.column),
      reducedCost: reducedCost)
    potentialsAreFresh = false
    pivotCount += 1
    if pivotCount % 512 == 0 { refreshPotentials() }
  }

  private mutating func refreshPotentials() {
    tree.recomputePotentials { arcs.cost($0, $1) }
    potentialsAreFresh = true
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
  /// The plan of the tree under the true masses, and potentials made feasible for every arc. Where
  /// the optimum is not proven by them, exact arithmetic goes on from the tree.
  func solution(
    of problem: TransportProblem, finite: TransportProblem, optimal: Bool
  ) -> TransportSolution {
    let potentials = potentials(of: finite)
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
    let solution = TransportSolution(
      problem: problem, plan: plan, sourcePotentials: potentials.source,
      targetPotentials: potentials.target, iterations: pivotCount,
      termination: optimal ? .optimal : .iterationLimit)
    if !optimal || solution.isProven(for: problem) { return solution }
    let basis = tree.basis
    return problem.exactSolution(
      from: arcs.turned ? basis.map(\.turned) : basis, iterations: pivotCount)
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
