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
