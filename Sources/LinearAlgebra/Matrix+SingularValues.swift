extension Matrix where Scalar == Double {
  /// The singular values, descending; as many as the smaller dimension (LAPACK's `dgesdd`).
  ///
  /// - Throws: `LinearAlgebraError.notFinite`, or `.notConverged`, which is not known to happen.
  public func singularValues() throws(LinearAlgebraError) -> [Double] {
    try requireFinite()
    var elements = elements
    return try LAPACK.singularValues(&elements, rows: columnCount, columns: rowCount)
  }

  /// A matrix T with Tᵀ T = Aᵀ A and as many rows as A (n × t) has columns: t × t, upper triangular.
  ///
  /// T and A differ by an orthogonal factor on the left (A = Q T), so that whatever depends on the
  /// rows up to rotation only can be computed from the smaller one. Traps when n < t.
  public func triangularFactor() -> Matrix<Double> {
    precondition(
      rowCount >= columnCount, "A matrix with fewer rows than columns has no such factor.")
    let size = columnCount
    var elements = elements
    LAPACK.triangularize(&elements, rows: size, columns: rowCount)
    var factor = Matrix(
      rowCount: size, columnCount: size, elements: Array(elements.prefix(size * size)))
    for row in 0..<size {
      for column in 0..<row { factor[row, column] = 0 }
    }
    return factor
  }
}
