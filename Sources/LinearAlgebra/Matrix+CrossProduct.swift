internal import ChiasmCOpenBLAS

extension Matrix<Float> {
  /// The cross-product AᵀB of this matrix A (t × p) and some columns of another B (t × q), in single
  /// precision, put into `result` row by row (p × `columns.count`; grown when it is too short).
  ///
  /// Element (i, j) is the dot product of column i of A and the j-th of `columns` of B. Traps when the
  /// rows differ. Complexity: 2 t p `columns.count` operations, by OpenBLAS (`cblas_sgemm`).
  public func crossProduct(
    with other: Matrix<Float>, columns: Range<Int>, into result: inout [Float]
  ) {
    precondition(rowCount == other.rowCount, "Both matrices need equal rows.")
    precondition(other.columnCount >= columns.upperBound, "The columns are those of B.")
    let missing = columnCount * columns.count - result.count
    if missing > 0 { result.append(contentsOf: repeatElement(0, count: missing)) }
    guard columnCount > 0, !columns.isEmpty else { return }
    elements.withUnsafeBufferPointer { left in
      other.elements.withUnsafeBufferPointer { right in
        result.withUnsafeMutableBufferPointer { output in
          guard let a = left.baseAddress, let b = right.baseAddress, rowCount > 0 else {
            return output.update(repeating: 0)
          }
          cblas_sgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans,
            blasint(columnCount), blasint(columns.count), blasint(rowCount),
            1, a, blasint(columnCount), b + columns.lowerBound, blasint(other.columnCount),
            0, output.baseAddress, blasint(columns.count))
        }
      }
    }
  }
}
