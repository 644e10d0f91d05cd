internal import LinearAlgebra

/// A problem without its massless points: costs and whole grains of mass.
struct ActiveProblem {
  /// The points of the problem that carry mass.
  let sources: [Int]
  let targets: [Int]
  /// Their grains.
  let supplies: [Int64]
  let demands: [Int64]
  /// What it costs, sources × targets; shared with the problem when every point carries mass.
  let costs: Matrix<Double>
  /// A range that holds all costs.
  let range: ClosedRange<Double>

  init(_ problem: TransportProblem) {
    let (source, target) = (problem.grains.source, problem.grains.target)
    sources = source.indices.filter { source[$0] > 0 }
    targets = target.indices.filter { target[$0] > 0 }
    supplies = sources.map { source[$0] }
    demands = targets.map { target[$0] }
    range = problem.cost.range
    var costs = problem.cost.values
    if sources.count < source.count { costs = costs.selectingRows(sources) }
    if targets.count < target.count { costs = costs.selectingColumns(targets) }
    self.costs = costs
  }
}
