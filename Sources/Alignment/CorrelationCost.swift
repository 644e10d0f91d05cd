internal import LinearAlgebra

/// The cost of matching unit i of one stage with unit j of another: 1 − ρ, in [0, 2].
///
/// ρ is Pearson's correlation over the training stimuli, taken in double precision as the mean
/// product of z-scores.
func correlationCost(_ source: StandardizedStage, _ target: StandardizedStage) -> Matrix<Double> {
  var cost = source.training.widened().product(transposing: target.training.widened())
  let stimulusCount = Double(source.training.columnCount)
  cost.elements.withUnsafeMutableBufferPointer { elements in
    for index in elements.indices {
      elements[index] = min(max(1 - elements[index] / stimulusCount, 0), 2)
    }
  }
  return cost
}
