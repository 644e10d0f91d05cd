/// The Cholesky factor of a symmetric positive definite matrix A, for solving A x = b.
public struct CholeskyFactor: Sendable {
  private let order: Int
  private let factor: [Double]

  /// Factors a square matrix, of which one triangle is read. Complexity: n³ / 3 operations.
  ///
  /// - Throws: `LinearAlgebraError.notPositiveDefinite`.
  public init(_ matrix: Matrix<Double>) throws(LinearAlgebraError) {
    precondition(matrix.rowCount == matrix.columnCount, "Only a square matrix has the factor.")
    var elements = matrix.elements
    guard LAPACK.factorPositiveDefinite(&elements, order: matrix.rowCount) else {
      throw .notPositiveDefinite(order: matrix.rowCount)
    }
    order = matrix.rowCount
    factor = elements
  }

  /// The solutions of A x = b for every row b of a matrix, one a row.
  public func solving(rows: Matrix<Double>) -> Matrix<Double> {
    precondition(rows.columnCount == order, "A right-hand side has another length.")
    var solved = rows
    LAPACK.solve(factor: factor, order: order, &solved.elements, count: rows.rowCount)
    return solved
  }
}
