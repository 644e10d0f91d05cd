internal import ChiasmCOpenBLAS

extension Matrix where Scalar == Double {
  /// The product A Bᵀ of this matrix A (n × t) and another B (q × t): n × q, in double precision.
  ///
  /// Element (i, j) is the dot product of row i of A and row j of B. Traps when the columns differ.
  /// Complexity: 2 n q t operations, by OpenBLAS (`cblas_dgemm`).
  public func product(transposing other: Matrix<Double>) -> Matrix<Double> {
    precondition(columnCount == other.columnCount, "Both matrices need equal columns.")
    var result = Matrix(rowCount: rowCount, columnCount: other.rowCount, repeating: 0)
    guard !result.elements.isEmpty, columnCount > 0 else { return result }
    result.elements.withUnsafeMutableBufferPointer { output in
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans,
        blasint(rowCount), blasint(other.rowCount), blasint(columnCount),
        1, elements, blasint(columnCount), other.elements, blasint(columnCount),
        0, output.baseAddress, blasint(other.rowCount))
    }
    return result
  }
}

/// Lets OpenBLAS use this many threads for one product, in the whole process.
///
/// Whoever runs products on several threads at once sets 1, so that the two kinds of threads do not
/// multiply; a product on one thread gives equal bytes whatever runs beside it.
public func setProductThreadCount(_ count: Int) {
  precondition(count > 0, "A product needs a thread.")
  openblas_set_num_threads(CInt(count))
}
