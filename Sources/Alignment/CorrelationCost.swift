internal import LinearAlgebra

/// The cost of matching unit i of one stage with unit j of another: 1 − ρ, in [0, 2].
///
/// ρ is Pearson's correlation over the training stimuli, taken in double precision as the product of
/// z-scores of length 1: up to the rounding of doubles, a unit costs 0 against itself.
func correlationCost(_ source: StandardizedStage, _ target: StandardizedStage) -> Matrix<Double> {
  var cost = source.training.unitRows().product(transposing: target.training.unitRows())
  cost.elements.withUnsafeMutableBufferPointer { elements in
    for index in elements.indices {
      elements[index] = min(max(1 - elements[index], 0), 2)
    }
  }
  return cost
}

extension Matrix<Float> {
  /// The rows in double precision, each scaled to length 1.
  ///
  /// Rounding to single precision has left the length of a z-score wrong by some 1e-8.
  fileprivate func unitRows() -> Matrix<Double> {
    var rows = Matrix<Double>(
      rowCount: rowCount, columnCount: columnCount, elements: elements.map(Double.init))
    rows.elements.withUnsafeMutableBufferPointer { elements in
      for start in stride(from: 0, to: elements.count, by: columnCount) {
        let row = start..<start + columnCount
        let length = row.reduce(0) { $0 + elements[$1] * elements[$1] }.squareRoot()
        for index in row { elements[index] /= length }
      }
    }
    return rows
  }
}
