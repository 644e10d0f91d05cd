internal import LinearAlgebra

/// The cost of matching unit i of one stage with unit j of another: 1 − ρ, in [0, 2].
///
/// ρ is Pearson's correlation over the training stimuli, in double precision: up to its rounding, a
/// unit costs 0 against itself. The target is taken in blocks, so that beside the result memory holds
/// the source in double precision and little more.
func correlationCost(_ source: StandardizedStage, _ target: StandardizedStage) -> Matrix<Double> {
  let rows = source.trainingRows(of: 0..<source.unitCount)
  var cost = Matrix(rowCount: source.unitCount, columnCount: target.unitCount, repeating: 0.0)
  for first in stride(from: 0, to: target.unitCount, by: 512) {
    let block = first..<min(first + 512, target.unitCount)
    let correlations = rows.product(transposing: target.trainingRows(of: block))
    cost.elements.withUnsafeMutableBufferPointer { output in
      for row in 0..<correlations.rowCount {
        let start = row * target.unitCount + first
        for (column, correlation) in correlations.row(row).enumerated() {
          output[start + column] = min(max(1 - correlation, 0), 2)
        }
      }
    }
  }
  return cost
}
