public import LinearAlgebra

/// A way of mixing target stages that the coupling of HOT is compared with, HOT itself among them.
///
/// A control is one type in one file that gives weights; how they are scored is the same for all.
public protocol Control: Sendable {
  /// The name in result files, such as `single-best`.
  var name: String { get }

  /// The mixtures of the control, each source stages × target stages with rows that sum to 1.
  ///
  /// One for most; a control that draws at random gives as many as it draws, and its score is their
  /// mean. Results depend on the fit and the control's own seed only.
  func mixtures(for fit: FittedTransport) -> [Matrix<Double>]
}

extension Matrix<Double> {
  /// The matrix whose row l is 1 in column `choices[l]` and 0 elsewhere.
  static func choosing(_ choices: [Int], columnCount: Int) -> Matrix<Double> {
    var matrix = Matrix(rowCount: choices.count, columnCount: columnCount, repeating: 0)
    for (row, column) in choices.enumerated() { matrix[row, column] = 1 }
    return matrix
  }
}
