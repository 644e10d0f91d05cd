/// The exact solver to use: as exact as `NetworkSimplex`, and several times faster.
///
/// A transport problem is a linear program. Its dual has a potential uᵢ for each source point and vⱼ
/// for each target point; a plan is optimal when uᵢ + vⱼ ≤ Cᵢⱼ everywhere, with equality wherever
/// mass moves. The solver goes there in three steps:
///
/// 1. Costs are rounded to whole numbers of sixteen bits (`CostGrid`). A primal-dual method
///    (`PrimalDualRun`) sends mass along shortest paths from all points that have some left at
///    once. When the number of points on one side divides that on the other, it ends with a plan that
///    is optimal on the grid. Otherwise, or with weights, it works on masses in coarse grains
///    (`CoarseMasses`) and stops when a phase sends too little.
/// 2. Mass that is left goes where the potentials make it cheap. The flow is freed of cycles
///    (`FlowForest`), and a spanning tree of small reduced costs is grown around it (`BasisGrowth`):
///    a basis of the linear program, optimal or nearly so.
/// 3. A network simplex (`ListedSimplex`) pivots from that basis on the true costs, in double
///    precision, at first on short lists of arcs with small reduced costs. It ends after a pass over
///    all costs in which no arc improves the plan by more than 1e-13 of the greatest cost. After a
///    full step 1 a handful of pivots are needed, otherwise some two or three a point.
///
/// A plan that this does not prove to 1e-9 of its own cost, because costs lie far apart, is taken on
/// by a network simplex in exact arithmetic (`ExactSimplex`); so is one that has mass on forbidden
/// arcs, which cost much but not infinitely much until then.
///
/// So rounding decides how long a solve takes and never what it finds. Masses are whole grains
/// throughout, the plan is a vertex with at most p + q − 1 entries, and `TransportSolution` certifies
/// it from the costs alone. Equal problems give equal solutions, on any machine: the inner loops
/// (`Kernels`) exist for several instruction sets and give the same bits on each.
///
/// A problem may bring potentials of a similar problem along (`startingPotentials`); they take the
/// place of the first estimate of step 1.
///
/// Memory: two bytes an arc beside the costs, and a few numbers a point. Where measured, a solve reads
/// the grid some 20 to 60 times, and the costs four or five times.
/// References: GottschlichSchuhmacher2014 (short lists); Bonneel2011 and AhujaMagnantiOrlin1993,
/// chapters 9 and 11 (shortest paths and simplex for flows); JonkerVolgenant1987 (shortest paths on
/// dense costs).
public struct ExactTransport: TransportSolver {
  /// Whether small problems are left to `NetworkSimplex`, which is as fast there or faster.
  var leavesSmallProblems = true
  /// The instructions in use.
  var instructionSet = InstructionSet.best

  /// Configures the solver.
  public init() {}

  /// Solves a problem exactly.
  public func solve(_ problem: TransportProblem) -> TransportSolution {
    let run = ExactRun(problem, kernels: Kernels(instructionSet))
    return leavesSmallProblems && run.isSmall ? NetworkSimplex().solve(problem) : run.solution()
  }
}

/// One run of the exact solver: the steps that `ExactTransport` tells of.
struct ExactRun {
  private let problem: TransportProblem
  /// The problem with dear arcs instead of forbidden ones.
  private let finite: TransportProblem
  private let active: ActiveProblem
  private let kernels: Kernels
  /// Whether rows of the grid stand for target points; rows are the more numerous side, because a
  /// phase of the primal-dual method then settles fewer columns.
  private let turned: Bool
  /// The masses of the grid's rows and columns.
  private let supplies: [Int64]
  private let demands: [Int64]
  private let coarse: CoarseMasses

  /// The length of a row's list, on average.
  private static let listLength = 16

  init(_ problem: TransportProblem, kernels: Kernels) {
    self.problem = problem
    self.kernels = kernels
    finite = problem.withFiniteCosts
    active = ActiveProblem(finite)
    turned = active.sources.count < active.targets.count
    (supplies, demands) =
      turned ? (active.demands, active.supplies) : (active.supplies, active.demands)
    coarse = CoarseMasses(supplies: supplies, demands: demands)
  }

  /// Whether a plain simplex is likely to be faster; the numbers were measured.
  var isSmall: Bool {
    demands.count < 32 || !coarse.isExact && supplies.count * demands.count < 65_536
  }

  func solution() -> TransportSolution {
    let grid = CostGrid(active, turned: turned, kernels: kernels)
    let prices = startingPrices(grid)
    var run = PrimalDualRun(
      grid, kernels: kernels, supplies: coarse.supplies, demands: coarse.demands,
      startingPrices: prices)
    run.run(whileSending: coarse.isExact ? 0 : enough(grain: coarse.grain))
    run.add(
      supplies: zip(supplies, coarse.supplies).map { $0 - $1 },
      demands: zip(demands, coarse.demands).map { $0 - $1 })
    let costs = active.costs
    let lists =
      run.isComplete
      ? ArcLists(rowCount: costs.rowCount)
      : run.lists(length: Self.listLength) { costs[$0, $1] }
    let phaseCount = run.phaseCount
    let basis = run.basis(supplies: supplies, demands: demands)
    var simplex = ListedSimplex(
      costs, basis: turned ? basis.map(\.turned) : basis, lists: lists,
      tolerance: 1e-13 * finite.cost.magnitude, kernels: kernels)
    simplex.optimize()
    return solution(simplex, phaseCount: phaseCount)
  }

  /// What a phase should send to be worth its while. It takes time with p · q. A grain left over costs
  /// some thirty pivots, each of which takes time with p + q; the number was measured.
  private func enough(grain: Int64) -> Int64 {
    let (p, q) = (Double(supplies.count), Double(demands.count))
    return Int64(p * q / (p + q) / 400 * Double(grain))
  }

  /// Prices of the grid's columns from the potentials that the problem may bring along.
  private func startingPrices(_ grid: borrowing CostGrid) -> [Int32]? {
    guard let given = problem.startingPotentials else { return nil }
    var potentials = active.targets.map { given[$0] }
    if turned { potentials = active.costs.leastOfRows(minus: potentials) }
    let middle = ((potentials.min() ?? 0) + (potentials.max() ?? 0)) / 2
    let bound = Double(CostGrid.limit) / 4
    return potentials.map { Int32(max(-bound, min(bound, ((middle - $0) * grid.scale).rounded()))) }
  }
}

extension ExactRun {
  private func solution(
    _ simplex: borrowing ListedSimplex, phaseCount: Int
  ) -> TransportSolution {
    let entries = simplex.arcs(supplies: active.supplies, demands: active.demands)
      .filter { $0.flow > 0 }
      .map { arc in
        TransportPlan.Entry(
          row: active.sources[arc.row], column: active.targets[arc.column],
          mass: Double(arc.flow) * problem.grainMass)
      }
    let plan = TransportPlan(
      rowCount: problem.cost.rowCount, columnCount: problem.cost.columnCount, entries: entries)
    let potentials = potentials(simplex)
    let solution = TransportSolution(
      problem: problem, plan: plan, sourcePotentials: potentials.source,
      targetPotentials: potentials.target, iterations: phaseCount + simplex.pivotCount,
      termination: .optimal)
    return solution.isProven(for: problem)
      ? solution
      : problem.exactSolution(from: simplex.basis, iterations: phaseCount + simplex.pivotCount)
  }

  /// The potentials of the simplex, made feasible for every arc of the problem.
  private func potentials(
    _ simplex: borrowing ListedSimplex
  ) -> (source: [Double], target: [Double]) {
    var targets = [Double](repeating: -.infinity, count: problem.cost.columnCount)
    for (column, point) in active.targets.enumerated() {
      targets[point] = -simplex.price(ofColumn: column)
    }
    let isWhole =
      active.sources.count == problem.cost.rowCount
      && active.targets.count == problem.cost.columnCount
    return isWhole
      ? finite.balanced(simplex.rowLeasts, targets)
      : finite.feasiblePotentials(from: targets, tightening: false)
  }
}
