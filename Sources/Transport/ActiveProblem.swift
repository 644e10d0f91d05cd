/// A problem without its massless points: costs and whole grains of mass.
struct ActiveProblem {
  /// The points of the problem that carry mass.
  let sources: [Int]
  let targets: [Int]
  /// Their grains.
  let supplies: [Int64]
  let demands: [Int64]
  /// What it costs, sources × targets; shared with the problem when every point carries mass.
  let costs: CostMatrix

  init(_ problem: TransportProblem) {
    let (source, target) = (problem.grains.source, problem.grains.target)
    sources = source.indices.filter { source[$0] > 0 }
    targets = target.indices.filter { target[$0] > 0 }
    supplies = sources.map { source[$0] }
    demands = targets.map { target[$0] }
    costs = problem.cost.selecting(rows: sources, columns: targets)
  }
}
