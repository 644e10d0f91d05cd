internal import ChiasmLinearAlgebra

/// The arcs of a problem between points that carry mass, laid out for scanning row by row. The rows
/// are the source points, or the target points when the problem is `turned`.
struct DenseArcs: ~Copyable {
  /// The points of the problem that became rows and columns.
  let rowPoints: [Int]
  let columnPoints: [Int]
  /// Their grains.
  let supplies: [Int64]
  let demands: [Int64]
  /// Whether rows stand for target points.
  let turned: Bool
  /// The costs, row by row.
  let costs: UncheckedBuffer<Double>

  init(_ problem: TransportProblem, turned: Bool) {
    let grains = problem.grains
    let (rows, columns) =
      turned ? (grains.target, grains.source) : (grains.source, grains.target)
    rowPoints = rows.indices.filter { rows[$0] > 0 }
    columnPoints = columns.indices.filter { columns[$0] > 0 }
    supplies = rowPoints.map { rows[$0] }
    demands = columnPoints.map { columns[$0] }
    self.turned = turned
    costs = UncheckedBuffer(repeating: 0, count: rowPoints.count * columnPoints.count)
    switch problem.cost.storage {
    case .doubles(let values): fill(from: values)
    case .floats(let values): fill(from: values)
    }
  }

  var rowCount: Int { rowPoints.count }
  var columnCount: Int { columnPoints.count }

  @inline(__always)
  func cost(_ row: Int, _ column: Int) -> Double { costs[row * columnPoints.count + column] }

  /// Copies the costs, in tiles so that a turned copy touches each cache line once.
  private func fill<Cost: BinaryFloatingPoint>(from values: Matrix<Cost>) {
    let (rowStep, columnStep) = turned ? (1, values.columnCount) : (values.columnCount, 1)
    let width = columnCount
    let tile = 32
    values.elements.withUnsafeBufferPointer { elements in
      for top in stride(from: 0, to: rowCount, by: tile) {
        for left in stride(from: 0, to: width, by: tile) {
          for row in top..<min(top + tile, rowCount) {
            let start = rowPoints[row] * rowStep
            for column in left..<min(left + tile, width) {
              let cost = elements[start + columnPoints[column] * columnStep]
              costs[row * width + column] = Double(cost)
            }
          }
        }
      }
    }
  }
}
