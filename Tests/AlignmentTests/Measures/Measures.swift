import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics

/// One of every kind and setting that tables can name.
func allMeasures() throws -> [any Measure] {
  var measures: [any Measure] = [SoftMatching(), SemiMatching()]
  for mass in [0.25, 0.5, 0.7, 1] {
    measures.append(try PartialSoftMatching(mass: .fixed(mass)))
  }
  for isDebiased in [false, true] {
    measures.append(try CentredKernelAlignment(isDebiased: isDebiased))
    for fraction in [0.5, 1] {
      measures.append(
        try CentredKernelAlignment(kernel: .gaussian(fraction: fraction), isDebiased: isDebiased))
    }
  }
  for dissimilarity in RepresentationalSimilarity.Dissimilarity.allCases {
    for comparison in RepresentationalSimilarity.Comparison.allCases {
      measures.append(
        RepresentationalSimilarity(dissimilarity: dissimilarity, comparison: comparison))
    }
  }
  measures += Procrustes.Form.allCases.map { Procrustes(form: $0) }
  measures.append(try RidgePredictivity(foldCount: 4, seed: 3))
  return measures
}

/// Responses of some units; those of different seeds mix the same ten features of the stimuli.
func responses(_ units: Int, stimuli: Int = 30, seed: UInt64) throws -> Matrix<Float> {
  try system([units], stimuli: stimuli, seed: seed).stages[0].responses
}

/// Responses that have nothing to do with any others.
func noise(_ units: Int, stimuli: Int, seed: UInt64) -> Matrix<Float> {
  var generator = SeededGenerator(seed: seed)
  return Matrix(
    rowCount: stimuli, columnCount: units,
    elements: (0..<stimuli * units).map { _ in Float(generator.normal()) })
}

/// The units of two stages side by side.
func joining(_ one: Matrix<Float>, _ other: Matrix<Float>) -> Matrix<Float> {
  Matrix(
    rowCount: one.rowCount, columnCount: one.columnCount + other.columnCount,
    elements: (0..<one.rowCount).flatMap { one.row($0) + other.row($0) })
}

extension Measure {
  /// The value for two stages over some stimuli, all unless told.
  func value(
    of source: Matrix<Float>, _ target: Matrix<Float>, rows: [Int]? = nil, targetRows: [Int]? = nil
  ) throws -> Double {
    try values(
      [source], [target], rows: rows ?? Array(0..<source.rowCount), targetRows: targetRows
    ).elements[0]
  }
}
