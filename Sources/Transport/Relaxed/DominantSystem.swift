internal import ChiasmLinearAlgebra

/// A linear system whose matrix is diag(e + W1) on rows and columns with −W between them, W ≥ 0 and
/// e ≥ 0: a weighted bipartite graph with an excess at each of its points.
///
/// Elimination only ever adds, multiplies and divides numbers that are not negative, so that weights
/// of very different size, as they come up near the end of a barrier method, keep all their digits.
/// References: Grassmann1985, Alfa2002.
struct DominantSystem {
  /// W: rows × columns.
  var weights: Matrix<Double>
  var rowExcess: [Double]
  var columnExcess: [Double]

  /// The solution for a right-hand side, columns being eliminated first: p²q + p³ operations.
  func solve(_ rows: [Double], _ columns: [Double]) -> (rows: [Double], columns: [Double]) {
    let (p, q) = (weights.rowCount, weights.columnCount)
    let pivots = (0..<q).map { column in
      (0..<p).reduce(columnExcess[column]) { $0 + weights[$1, column] }
    }
    var scaled = weights
    var (excess, right) = (rowExcess, rows)
    for row in 0..<p {
      for column in 0..<q where pivots[column] > 0 {
        let share = weights[row, column] / pivots[column]
        excess[row] += share * columnExcess[column]
        right[row] += share * columns[column]
        scaled[row, column] = weights[row, column] / pivots[column].squareRoot()
      }
    }
    let x = Self.solve(scaled.product(transposing: scaled), excess, right)
    let y = (0..<q).map { column in
      let sum = (0..<p).reduce(columns[column]) { $0 + weights[$1, column] * x[$1] }
      return pivots[column] > 0 ? sum / pivots[column] : 0
    }
    return (x, y)
  }

  /// The same for one set of points with symmetric weights between them; the diagonal is not read.
  private static func solve(
    _ weights: Matrix<Double>, _ excess: [Double], _ right: [Double]
  ) -> [Double] {
    var (weights, excess, x) = (weights, excess, right)
    let count = right.count
    var pivots = [Double](repeating: 0, count: count)
    for k in 0..<count {
      pivots[k] = (k + 1..<count).reduce(excess[k]) { $0 + weights[k, $1] }
      guard pivots[k] > 0 else { continue }
      for i in k + 1..<count {
        let share = weights[k, i] / pivots[k]
        excess[i] += share * excess[k]
        x[i] += share * x[k]
        for j in k + 1..<count { weights[i, j] += share * weights[k, j] }
      }
    }
    for k in (0..<count).reversed() {
      let sum = (k + 1..<count).reduce(x[k]) { $0 + weights[k, $1] * x[$1] }
      x[k] = pivots[k] > 0 ? sum / pivots[k] : 0
    }
    return x
  }
}
