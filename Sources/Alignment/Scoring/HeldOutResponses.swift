internal import ChiasmLinearAlgebra

/// The held-out responses of a stage, z-scored with the moments of the training stimuli and centred.
struct HeldOutResponses: Sendable {
  /// Units × held-out stimuli; every row has mean 0 over them.
  let values: Matrix<Double>
  /// The length of each row.
  let norms: [Double]
  /// Whether the unit varies over the held-out stimuli (`Standardization.varies`).
  let varies: [Bool]
  /// The noise ceiling of each unit, NaN for one that correlations are not to be divided by; nil when
  /// the stage counts as free of noise.
  let ceilings: [Double]?

  init(values: Matrix<Double>, norms: [Double], varies: [Bool], ceilings: [Double]?) {
    (self.values, self.norms, self.varies) = (values, norms, varies)
    self.ceilings = ceilings
  }

  /// - Parameter ceilings: of all units of the stage that was given.
  init(_ stage: StandardizedStage, ceilings: [Double]? = nil) {
    self.ceilings = ceilings.map { ceilings in stage.unitColumns.map { ceilings[$0] } }
    let scores = stage.heldOutScores()
    let count = Double(scores.columnCount)
    var values = Matrix(
      rowCount: scores.rowCount, columnCount: scores.columnCount,
      elements: scores.elements.map(Double.init))
    var (norms, varies): ([Double], [Bool]) = ([], [])
    for unit in 0..<scores.rowCount {
      let mean = values.row(unit).reduce(0, +) / count
      let largest = values.row(unit).reduce(0) { max($0, abs($1)) }
      for place in unit * values.columnCount..<(unit + 1) * values.columnCount {
        values.elements[place] -= mean
      }
      let norm = values.dot(row: unit, values, row: unit).squareRoot()
      norms.append(norm)
      varies.append(
        Standardization.varies(deviation: norm / count.squareRoot(), largest: largest))
    }
    (self.values, self.norms, self.varies) = (values, norms, varies)
  }
}
