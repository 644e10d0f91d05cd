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

/// The eigenvalues and eigenvectors of a symmetric matrix A = Σ_k λ_k v_k v_kᵀ.
///
/// By LAPACK's divide and conquer (`dsyevd`). Complexity: O(n³); memory 3 n² numbers.
public struct SymmetricEigen: Sendable {
  /// λ, ascending.
  public let values: [Double]
  /// Row k is v_k, of length 1; its sign is not determined.
  public let vectors: Matrix<Double>

  /// Decomposes a square matrix of fewer than 32,000 rows, of which one triangle is read.
  ///
  /// - Throws: `LinearAlgebraError.notFinite`, or `.notConverged`, which is not known to happen.
  public init(_ matrix: Matrix<Double>) throws(LinearAlgebraError) {
    precondition(matrix.rowCount == matrix.columnCount, "Only a square matrix is symmetric.")
    try matrix.requireFinite()
    var elements = matrix.elements
    values = try LAPACK.symmetricEigen(&elements, order: matrix.rowCount)
    vectors = Matrix(
      rowCount: matrix.rowCount, columnCount: matrix.rowCount, elements: elements)
  }
}

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

/// Why a matrix cannot be decomposed. `description` is one sentence for the user.
public enum LinearAlgebraError: Error, Equatable, Sendable {
  /// A matrix holds a NaN or an infinity.
  case notFinite(row: Int, column: Int)
  /// An iteration inside LAPACK did not converge.
  case notConverged(decomposition: String, order: Int)
  /// A matrix that has to be positive definite is not.
  case notPositiveDefinite(order: Int)
}

extension LinearAlgebraError: CustomStringConvertible {
  /// One sentence for the user.
  public var description: String {
    switch self {
    case .notFinite(let row, let column):
      "The matrix to decompose has no finite number in row \(row), column \(column); "
        + "look for responses too great to be multiplied."
    case .notConverged(let decomposition, let order):
      "The \(decomposition) decomposition of order \(order) did not converge; please report this."
    case .notPositiveDefinite(let order):
      "A matrix of order \(order) is not positive definite; use a greater penalty."
    }
  }
}

extension Matrix<Double> {
  /// Throws when an element is NaN or infinite: LAPACK may not end on such a matrix.
  func requireFinite() throws(LinearAlgebraError) {
    guard let index = elements.firstIndex(where: { !$0.isFinite }) else { return }
    throw .notFinite(row: index / columnCount, column: index % columnCount)
  }
}
