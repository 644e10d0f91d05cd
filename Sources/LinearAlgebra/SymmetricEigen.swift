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
