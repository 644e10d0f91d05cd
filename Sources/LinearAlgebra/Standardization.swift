/// The z-score of every column of a matrix, fitted on some of its rows.
///
/// With mean μ_j and population standard deviation σ_j of column j over the fitted rows,
/// z_ij = (x_ij − μ_j) / σ_j. A column without variance there (`varies`) has no z-score and is left
/// out. Sums are taken in double precision.
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
  ///
  /// - Parameter offsets: what was taken off every column before; whether it varies is judged by the
  ///   numbers that it held. Nothing when nil.
  public init(fitting matrix: Matrix<Float>, rows: [Int], offsets: [Double]? = nil) {
    let count = Double(max(rows.count, 1))
    let (sums, largest) = matrix.columnSums(
      over: rows, offsets: offsets ?? [Double](repeating: 0, count: matrix.columnCount))
    let means = sums.map { $0 / count }
    let squares = matrix.columnSquares(over: rows, around: means)
    let deviations = squares.map { ($0 / count).squareRoot() }
    self.means = means
    self.deviations = deviations
    varyingColumns = means.indices.filter {
      Self.varies(deviation: deviations[$0], largest: largest[$0])
    }
  }

  /// Whether numbers vary by more than rounding: SD > 1e-12 · the largest |number|.
  ///
  /// Both in one unit of measure, so that none matters: magnetic fields in tesla vary by 1e-13. Only
  /// zeros do not vary, nor do numbers whose deviation is NaN or infinite.
  public static func varies(deviation: Double, largest: Double) -> Bool {
    deviation.isFinite && deviation > 1e-12 * largest
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
  /// The sum of every column over `rows`, and the largest |number + offset| in it.
  fileprivate func columnSums(
    over rows: [Int], offsets: [Double]
  ) -> (sums: [Double], largest: [Double]) {
    var sums = [Double](repeating: 0, count: columnCount)
    var largest = sums
    sums.withUnsafeMutableBufferPointer { sums in
      largest.withUnsafeMutableBufferPointer { largest in
        offsets.withUnsafeBufferPointer { offsets in
          for row in rows {
            self.row(row).withUnsafeBufferPointer { values in
              for column in values.indices {
                let value = Double(values[column])
                sums[column] += value
                largest[column] = max(largest[column], abs(value + offsets[column]))
              }
            }
          }
        }
      }
    }
    return (sums, largest)
  }

  /// Σ (x − centre)² of every column over `rows`, in double precision.
  fileprivate func columnSquares(over rows: [Int], around centres: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: columnCount)
    sums.withUnsafeMutableBufferPointer { sums in
      centres.withUnsafeBufferPointer { centres in
        for row in rows {
          self.row(row).withUnsafeBufferPointer { values in
            for column in values.indices {
              let centred = Double(values[column]) - centres[column]
              sums[column] += centred * centred
            }
          }
        }
      }
    }
    return sums
  }
}

/// A shift and a factor for some columns of a matrix: y = (x − shift) · factor, in single precision.
///
/// Correlations do not change by it, and cross-products keep most digits when columns have about mean
/// 0 and deviation 1. Shifts and factors are exactly the numbers that were applied.
public struct AffineScaling: Sendable {
  /// The columns that are taken.
  public let columns: [Int]
  /// What is subtracted from each column.
  public let shifts: [Float]
  /// What each column is then multiplied with.
  public let factors: [Float]

  /// Scales columns by their mean and deviation, which must not be 0.
  public init(_ moments: Standardization, columns: [Int]) {
    self.columns = columns
    shifts = columns.map { Float(moments.means[$0]) }
    factors = columns.map { Float(1 / moments.deviations[$0]) }
  }

  /// Some rows of the columns of `matrix`, scaled.
  public func callAsFunction(_ matrix: Matrix<Float>, rows: some Collection<Int>) -> Matrix<Float> {
    let width = columns.count
    let isWhole = columns.elementsEqual(0..<matrix.columnCount)
    let elements = [Float](unsafeUninitializedCapacity: rows.count * width) { output, count in
      for (place, row) in rows.enumerated() {
        let values = matrix.row(row)
        values.withUnsafeBufferPointer { input in
          for column in 0..<width {
            let value = input[isWhole ? column : columns[column]]
            output[place * width + column] = (value - shifts[column]) * factors[column]
          }
        }
      }
      count = rows.count * width
    }
    return Matrix(rowCount: rows.count, columnCount: width, elements: elements)
  }
}
