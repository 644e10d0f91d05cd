public import ChiasmLinearAlgebra

extension TransportPlan {
  /// The plan with its zeros: rows × columns. For small problems.
  public var dense: Matrix<Double> {
    var matrix = Matrix(rowCount: rowCount, columnCount: columnCount, repeating: 0.0)
    for entry in entries { matrix[entry.row, entry.column] += entry.mass }
    return matrix
  }
}
