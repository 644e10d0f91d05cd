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
