/// The exact solver: a primal network simplex on the dense bipartite graph.
///
/// Flows are integers, perturbed so that no pivot is degenerate: the method ends, and the plan is a
/// vertex with at most p + q − 1 entries. Potentials are doubles, recomputed from the tree. The last
/// pass prices every arc. Equal problems give equal solutions.
public struct NetworkSimplex: TransportSolver {
  /// The greatest number of pivots; nil for no limit.
  public var pivotLimit: Int?

  /// Configures the solver.
  public init(pivotLimit: Int? = nil) {
    self.pivotLimit = pivotLimit
  }

  /// Solves a problem exactly. At `pivotLimit` it ends with a feasible plan, not yet the best.
  public func solve(_ problem: TransportProblem) -> TransportSolution {
    let turned = problem.cost.rowCount < problem.cost.columnCount
    var run = SimplexRun(DenseArcs(problem, turned: turned), scale: problem.cost.magnitude)
    let optimal = run.optimize(pivotLimit: pivotLimit ?? .max)
    return run.solution(of: problem, optimal: optimal)
  }
}
