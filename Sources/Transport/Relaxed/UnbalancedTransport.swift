internal import ChiasmLinearAlgebra

/// Solves unbalanced transport problems without entropic smoothing, to a proven gap: for few points,
/// such as the stages of two hierarchies (p²q operations a step for p ≤ q, some 100 steps).
///
/// 1. A barrier method on the dual (`BarrierRun`) finds the potentials.
/// 2. They are raised until they are tight, and a constant is moved between the sides so that both
///    ask for equal mass.
/// 3. The masses that they ask for are transported exactly (`ExactTransport`): the plan is a vertex
///    for these, with at most p + q − 1 entries and true zeros; entries below 1e-12 of their row's
///    sum, as a high price leaves them, are zeros too, and the certificate is that of what is left.
///
/// With both penalties finite, mass is proportional to e^(−k/(ρ₁ + ρ₂)) when k is added to all costs,
/// and shares do not change; so the least cost is taken off first. Masses below some 1e-15 of the
/// whole are not resolved, and a total that underflows gives an empty plan.
public struct UnbalancedTransport: Sendable {
  /// The termination is `optimal` when the proven bound is at most this share of the objective, or
  /// of mass × scale if that is greater, the scale being the least of the penalties and the spread of
  /// costs.
  public let tolerance: Double
  /// The most Newton steps to make.
  public let iterationLimit: Int

  /// Configures the solver.
  public init(tolerance: Double = 1e-8, iterationLimit: Int = 2000) {
    self.tolerance = tolerance
    self.iterationLimit = iterationLimit
  }

  /// Solves a problem; with both penalties infinite it is the balanced one.
  public func solve(_ problem: UnbalancedProblem) -> RelaxedSolution {
    if let balanced = problem.balanced {
      let exact = ExactTransport().solve(balanced)
      return RelaxedSolution(
        plan: exact.plan, sourcePotentials: exact.sourcePotentials,
        targetPotentials: exact.targetPotentials, massPotential: 0, cost: exact.cost,
        objective: exact.cost, iterations: exact.iterations, termination: exact.termination,
        certificate: exact.certificate)
    }
    let (potentials, stepCount) = dualSolution(of: problem)
    let (f, g) = tightened(potentials, problem)
    let plan = plan(problem, problem.source.answer(to: f), problem.target.answer(to: g))
    let certificate = problem.certificate(of: plan, sourcePotentials: f, targetPotentials: g)
    let objective = problem.objective(of: plan)
    let scale = problem.source.scale(with: problem.target, spread: problem.cost.spread)
    let size = max(abs(objective), compensatedSum(plan.masses) * scale)
    return RelaxedSolution(
      plan: plan, sourcePotentials: f, targetPotentials: g, massPotential: 0,
      cost: plan.cost(under: problem.cost), objective: objective, iterations: stepCount,
      termination: certificate.bound <= tolerance * size ? .optimal : .iterationLimit,
      certificate: certificate)
  }
}

extension UnbalancedTransport {
  private typealias Potentials = (source: [Double], target: [Double])

  /// Potentials of the points with mass, from a run on these with the smaller side as rows; 0 for
  /// the others.
  private func dualSolution(of problem: UnbalancedProblem) -> (Potentials, Int) {
    let rows = problem.sourceMasses.indices.filter { problem.sourceMasses[$0] > 0 }
    let columns = problem.targetMasses.indices.filter { problem.targetMasses[$0] > 0 }
    let active = problem.cost.values.selectingRows(rows).selectingColumns(columns)
    let least = active.elements.reduce(.infinity, min)
    let source = PenalizedSide(
      masses: rows.map { problem.sourceMasses[$0] }, penalty: problem.sourcePenalty)
    let target = PenalizedSide(
      masses: columns.map { problem.targetMasses[$0] }, penalty: problem.targetPenalty)
    let isTurned = rows.count > columns.count
    let costs = Matrix(
      rowCount: min(rows.count, columns.count), columnCount: max(rows.count, columns.count),
      elements: (isTurned ? columns.indices.flatMap { active.column($0) } : active.elements)
        .map { $0 - least })
    var run = BarrierRun(
      costs: costs, source: isTurned ? target : source, target: isTurned ? source : target)
    run.run(limit: iterationLimit)
    let share = target.rate / (source.rate + target.rate)
    var f = [Double](repeating: 0, count: problem.cost.rowCount)
    var g = [Double](repeating: 0, count: problem.cost.columnCount)
    for (row, value) in zip(rows, isTurned ? run.g : run.f) { f[row] = value + least * share }
    for (column, value) in zip(columns, isTurned ? run.f : run.g) {
      g[column] = value + least * (1 - share)
    }
    return ((f, g), run.stepCount)
  }

  /// Feasible potentials that are as great as can be, asking for equal mass on both sides.
  private func tightened(_ potentials: Potentials, _ problem: UnbalancedProblem) -> Potentials {
    // A point without mass asks for none, whatever its potential: it must not hold others down.
    let targets = zip(potentials.target, problem.targetMasses).map { $1 > 0 ? $0 : -1e150 }
    var f = problem.cost.leastOfRows(minus: targets)
    let bounds = zip(f, problem.sourceMasses).map { $1 > 0 ? $0 : -1e150 }
    var g = problem.cost.leastOfColumns(minus: bounds)
    let emptySources = problem.cost.leastOfRows(minus: g)
    for row in f.indices where problem.sourceMasses[row] == 0 { f[row] = emptySources[row] }
    let shift = balancingTranslation(
      compensatedSum(problem.source.answer(to: f)), compensatedSum(problem.target.answer(to: g)),
      rates: (problem.source.rate, problem.target.rate))
    for row in f.indices { f[row] += shift }
    for column in g.indices { g[column] -= shift }
    return (f, g)
  }

  /// The cheapest plan that moves `x` to `y`, whose totals are equal up to rounding; empty when all
  /// masses underflow.
  private func plan(
    _ problem: UnbalancedProblem, _ x: [Double], _ y: [Double]
  ) -> TransportPlan {
    let total = compensatedSum(problem.targetPenalty == .infinity ? y : x)
    var entries: [TransportPlan.Entry] = []
    if let inner = balancedProblem(problem.cost, x, y) {
      entries = ExactTransport().solve(inner).plan.entries
      for index in entries.indices { entries[index].mass *= total }
    }
    return TransportPlan(rowCount: x.count, columnCount: y.count, entries: entries)
      .withoutDust
  }

  /// The problem of total mass 1; nil when there is no mass that could be scaled to it.
  private func balancedProblem(
    _ cost: CostMatrix, _ x: [Double], _ y: [Double]
  ) -> TransportProblem? {
    let (source, target) = (compensatedSum(x), compensatedSum(y))
    do {
      return try TransportProblem(
        cost: cost, source: .weights(x.map { $0 / source }),
        target: .weights(y.map { $0 / target }))
    } catch {
      return nil
    }
  }
}
