internal import LinearAlgebra

/// One run of the exact solver.
struct ExactRun {
  private let problem: TransportProblem
  private let active: ActiveProblem
  private let kernels: Kernels
  /// Whether rows of the grid stand for target points: rows are the more numerous side.
  private let turned: Bool

  init(_ problem: TransportProblem, kernels: Kernels) {
    self.problem = problem
    self.kernels = kernels
    active = ActiveProblem(problem)
    turned = active.sources.count < active.targets.count
  }

  func solution() -> TransportSolution {
    let (supplies, demands) =
      turned ? (active.demands, active.supplies) : (active.supplies, active.demands)
    let coarse = CoarseMasses(supplies: supplies, demands: demands)
    var run = PrimalDualRun(
      CostGrid(active, turned: turned, kernels: kernels), kernels: kernels,
      supplies: coarse.supplies, demands: coarse.demands, startingPrices: nil)
    run.run(until: coarse.isExact ? 0 : coarse.total / 40)
    run.add(
      supplies: zip(supplies, coarse.supplies).map { $0 - $1 },
      demands: zip(demands, coarse.demands).map { $0 - $1 })
    let costs = active.costs
    let lists =
      run.isComplete
      ? ArcLists(rowCount: costs.rowCount) : run.lists(count: 20) { costs[$0, $1] }
    let phaseCount = run.phaseCount
    let basis = run.basis(supplies: supplies, demands: demands)
    var simplex = ListedSimplex(
      costs, basis: turned ? basis.map(\.turned) : basis, lists: lists,
      tolerance: 1e-13 * problem.cost.magnitude, kernels: kernels)
    simplex.optimize()
    return solution(simplex, phaseCount: phaseCount)
  }

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
    return TransportSolution(
      problem: problem, plan: plan, sourcePotentials: potentials.source,
      targetPotentials: potentials.target, iterations: phaseCount + simplex.pivotCount,
      termination: .optimal)
  }

  /// The potentials of the simplex, made feasible for every arc of the problem.
  private func potentials(
    _ simplex: borrowing ListedSimplex
  ) -> (source: [Double], target: [Double]) {
    var targets = [Double](repeating: -.infinity, count: problem.cost.columnCount)
    for (column, point) in active.targets.enumerated() {
      targets[point] = -simplex.price(ofColumn: column)
    }
    guard active.sources.count == problem.cost.rowCount, !targets.contains(-.infinity) else {
      return problem.feasiblePotentials(from: targets, tightening: false)
    }
    return problem.balanced(simplex.rowLeasts, targets)
  }
}

/// Masses in whole multiples of a coarse grain.
struct CoarseMasses {
  let supplies: [Int64]
  let demands: [Int64]
  let total: Int64
  let isExact: Bool

  init(supplies: [Int64], demands: [Int64]) {
    let (s, t) = (supplies.max() ?? 1, demands.max() ?? 1)
    let grain = min(s, t)
    self.supplies = supplies.map { $0 / grain * grain }
    self.demands = demands.map { $0 / grain * grain }
    total = supplies.reduce(0, +)
    isExact = self.supplies == supplies && self.demands == demands
  }
}
