/// The costs of a problem as whole numbers of 0 … 65,535, row by row, the rows padded to whole lanes.
///
/// A cost c becomes round((c − offset) · scale). Solving on the grid is a matter of reading these
/// numbers many times over, so that what counts is how few bytes they have. Sixteen bits are enough
/// for a basis from which a handful of pivots lead to the optimum of the true costs. Costs far
/// outside the bulk are held to the ends of the grid, lest they make it coarse for all others.
struct CostGrid: ~Copyable {
  let rowCount: Int
  let columnCount: Int
  /// From the start of one row to that of the next.
  let stride: Int
  /// Whether rows stand for target points.
  let turned: Bool
  let offset: Double
  let scale: Double
  let costs: UncheckedBuffer<UInt16>

  /// Potentials and distances stay below this in size.
  static let limit: Int32 = 1 << 28
  /// The price of a column that must not be chosen. A cost, this price and three numbers below the
  /// limit still make an Int32.
  static let closed: Int32 = 1 << 29

  init(_ problem: ActiveProblem, turned: Bool, kernels: Kernels) {
    let (p, q) = (problem.sources.count, problem.targets.count)
    (rowCount, columnCount) = turned ? (q, p) : (p, q)
    stride = Kernels.padded(columnCount)
    self.turned = turned
    let range = bulk(of: problem.costs)
    offset = range.lowerBound
    let spread = range.upperBound - range.lowerBound
    scale = spread > 0 ? min(65_535 / spread, .greatestFiniteMagnitude) : 1
    costs = UncheckedBuffer(uninitialized: rowCount * stride)
    if turned { fillTurned(problem.costs, kernels) } else { fill(problem.costs, kernels) }
    for row in 0..<rowCount {
      for column in columnCount..<stride { costs[row * stride + column] = .max }
    }
  }

  /// Where a row begins.
  @inline(__always)
  func start(_ row: Int) -> Int { row * stride }

  @inline(__always)
  func cost(_ row: Int, _ column: Int) -> Int32 { Int32(costs[row * stride + column]) }

  private func fill(_ given: CostMatrix, _ kernels: Kernels) {
    for row in 0..<rowCount {
      kernels.quantize(
        given, at: row * columnCount, length: columnCount, offset: offset, scale: scale,
        into: costs, at: row * stride)
    }
  }

  /// Quantises the costs of some source points at a time and writes them as columns, so that a cache
  /// line is written while it is at hand.
  private func fillTurned(_ given: CostMatrix, _ kernels: Kernels) {
    // Lanes that lie a multiple of 4,096 bytes apart would share a few lines of the near cache.
    let laneStride = Kernels.padded(rowCount) | 32
    let strip = UncheckedBuffer<UInt16>(repeating: 0, count: 32 * laneStride)
    for left in Swift.stride(from: 0, to: columnCount, by: 32) {
      let width = min(32, columnCount - left)
      for lane in 0..<width {
        kernels.quantize(
          given, at: (left + lane) * rowCount, length: rowCount, offset: offset, scale: scale,
          into: strip, at: lane * laneStride)
      }
      kernels.turn(
        strip, stripStride: laneStride, lanes: Kernels.padded(width), rowCount: rowCount,
        into: costs, at: left, gridStride: stride)
    }
  }
}

/// The range of the costs without far outliers: at most 16 times the distance of the quartiles to
/// either side of the median, judged by a sample.
private func bulk(of costs: CostMatrix) -> ClosedRange<Double> {
  let count = costs.rowCount * costs.columnCount
  let sample = stride(from: 0, to: count, by: max(1, count / 512) | 1).map { index in
    costs[index / costs.columnCount, index % costs.columnCount]
  }.sorted()
  let median = sample[sample.count / 2]
  let reach = 16 * (sample[sample.count * 3 / 4] - sample[sample.count / 4])
  guard reach > 0 else { return costs.range }
  return max(costs.range.lowerBound, median - reach)...min(costs.range.upperBound, median + reach)
}

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
