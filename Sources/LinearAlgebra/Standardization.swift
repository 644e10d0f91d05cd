/// The z-score of every column of a matrix, fitted on some of its rows.
///
/// With mean μ_j and population standard deviation σ_j of column j over the fitted rows,
/// z_ij = (x_ij − μ_j) / σ_j. A column without variance there, σ_j ≤ 1e-12 · max(1, |μ_j|), has no
/// z-score and is left out. Sums are taken in double precision.
public struct Standardization: Sendable {
  /// The mean of every column over the fitted rows.
  public let means: [Double]
  /// The population standard deviation of every column over the fitted rows.
  public let deviations: [Double]
  /// The columns that vary over the fitted rows, ascending.
  public let varyingColumns: [Int]

  /// Fits the columns of `matrix` over `rows`.
  ///
  /// A column that holds a NaN or an infinity there counts as one without variance.
  /// Complexity: O(rows · columns).
  public init(fitting matrix: Matrix<Float>, rows: [Int]) {
    let count = Double(max(rows.count, 1))
    let means = matrix.columnSums(over: rows) { value, _ in value }.map { $0 / count }
    let squares = matrix.columnSums(over: rows) { value, column in
      (value - means[column]) * (value - means[column])
    }
    let deviations = squares.map { ($0 / count).squareRoot() }
    self.means = means
    self.deviations = deviations
    varyingColumns = means.indices.filter {
      deviations[$0].isFinite && deviations[$0] > 1e-12 * max(1, abs(means[$0]))
    }
  }

  /// The z-scores of `rows`, one row a varying column: `varyingColumns.count` × `rows.count`.
  ///
  /// The result is transposed because products and predictions read a column as a whole.
  public func standardized(_ matrix: Matrix<Float>, rows: [Int]) -> Matrix<Float> {
    transposed(matrix, rows: rows, deviationsPerUnit: 1)
  }

  /// The z-scores of `rows` divided by √`rows.count`, one row a varying column, of length 1 when `rows`
  /// are those that were fitted.
  ///
  /// The product of two such matrices holds Pearson's correlations.
  public func normalized(_ matrix: Matrix<Float>, rows: [Int]) -> Matrix<Double> {
    transposed(matrix, rows: rows, deviationsPerUnit: Double(rows.count).squareRoot())
  }

  private func transposed<Scalar: BinaryFloatingPoint & Sendable>(
    _ matrix: Matrix<Float>, rows: [Int], deviationsPerUnit: Double
  ) -> Matrix<Scalar> {
    precondition(matrix.columnCount == means.count, "Fitted on another number of columns.")
    let columns = varyingColumns
    var scores = Matrix<Scalar>(
      rowCount: columns.count, columnCount: rows.count, repeating: 0)
    scores.elements.withUnsafeMutableBufferPointer { output in
      matrix.elements.withUnsafeBufferPointer { input in
        for first in stride(from: 0, to: columns.count, by: 8) {
          // Eight columns at a time: a row of the input is then read in whole cache lines. Lanes
          // beyond the last column repeat it.
          let lanes = (0..<8).map { columns[min(first + $0, columns.count - 1)] }
          let centres = SIMD8(lanes.map { means[$0] })
          let divisors = SIMD8(lanes.map { deviations[$0] * deviationsPerUnit })
          let offsets = SIMD8(lanes)
          let laneCount = min(8, columns.count - first)
          for (position, row) in rows.enumerated() {
            let start = row * matrix.columnCount
            var values = SIMD8<Double>()
            for lane in 0..<8 { values[lane] = Double(input[start + offsets[lane]]) }
            let scaled = (values - centres) / divisors
            for lane in 0..<laneCount {
              output[(first + lane) * rows.count + position] = Scalar(scaled[lane])
            }
          }
        }
      }
    }
    return scores
  }
}

extension Matrix<Float> {
  /// The sum over `rows` of a term of every element, one a column, in double precision.
  @inline(__always)
  fileprivate func columnSums(
    over rows: [Int], term: (_ value: Double, _ column: Int) -> Double
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: columnCount)
    sums.withUnsafeMutableBufferPointer { sums in
      for row in rows {
        self.row(row).withUnsafeBufferPointer { values in
          for column in values.indices { sums[column] += term(Double(values[column]), column) }
        }
      }
    }
    return sums
  }
}
