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
