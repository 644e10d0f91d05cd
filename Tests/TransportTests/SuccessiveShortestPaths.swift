import ChiasmLinearAlgebra
import ChiasmTransport

/// A second exact algorithm for whole-number masses, small and slow: flow goes along shortest paths of
/// the residual graph, found by Bellman and Ford, until all mass has moved.
func costBySuccessiveShortestPaths(_ cost: CostMatrix, source: [Int], target: [Int]) -> Double {
  let (p, q) = (cost.rowCount, cost.columnCount)
  var (left, missing) = (source, target)
  var flow = Matrix(rowCount: p, columnCount: q, repeating: 0)
  while left.contains(where: { $0 > 0 }) {
    var distance = left.map { $0 > 0 ? 0.0 : .infinity } + [Double](repeating: .infinity, count: q)
    var previous = [Int](repeating: -1, count: p + q)
    var changed = true
    while changed {
      changed = false
      for i in 0..<p {
        for j in 0..<q {
          if distance[i] + cost[i, j] < distance[p + j] - 1e-12 {
            (distance[p + j], previous[p + j], changed) = (distance[i] + cost[i, j], i, true)
          }
          if flow[i, j] > 0, distance[p + j] - cost[i, j] < distance[i] - 1e-12 {
            (distance[i], previous[i], changed) = (distance[p + j] - cost[i, j], p + j, true)
          }
        }
      }
    }
    let sinks = (0..<q).filter { missing[$0] > 0 }
    guard let sink = sinks.min(by: { distance[p + $0] < distance[p + $1] }) else { break }
    var path = [p + sink]
    while let last = path.last, previous[last] >= 0 { path.append(previous[last]) }
    let start = path[path.count - 1]
    var amount = min(left[start], missing[sink])
    for (head, tail) in zip(path, path.dropFirst()) where tail >= p {
      amount = min(amount, flow[head, tail - p])
    }
    for (head, tail) in zip(path, path.dropFirst()) {
      if tail < p { flow[tail, head - p] += amount } else { flow[head, tail - p] -= amount }
    }
    left[start] -= amount
    missing[sink] -= amount
  }
  return zip(flow.elements, cost.values.elements).reduce(0) { $0 + Double($1.0) * $1.1 }
}
