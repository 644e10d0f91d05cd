internal import ChiasmLinearAlgebra
public import ChiasmResponses

/// The units of a stage, one a row, each of mean 0 and length 1 over the stimuli in use, so that
/// products of rows are Pearson's correlations.
public struct NormalizedUnits: Sendable {
  /// Units × stimuli.
  let rows: Matrix<Double>
  /// For each row, its column in the responses.
  public let unitColumns: [Int]

  init(_ stage: Stage, rows: [Int], fit: Standardization) {
    self.rows = fit.normalized(stage.responses, rows: rows)
    unitColumns = fit.varyingColumns
  }

  /// The varying units of a stage over its training stimuli.
  init(_ stage: StandardizedStage) {
    self.init(stage.stage, rows: stage.trainingRows, fit: stage.fit)
  }

  /// Calls `body` with the correlations of all units with some units of another stage at a time.
  func forEachBlock(
    of target: NormalizedUnits, _ body: (_ firstColumn: Int, _ correlations: Matrix<Double>) -> Void
  ) {
    precondition(rows.columnCount == target.rows.columnCount, "The stages have other stimuli.")
    for first in stride(from: 0, to: target.rows.rowCount, by: 512) {
      let block = Array(first..<min(first + 512, target.rows.rowCount))
      body(first, rows.product(transposing: target.rows.selectingRows(block)))
    }
  }

  /// 1 − ρ in [0, 2] for all pairs of units.
  func costs(against target: NormalizedUnits) -> Matrix<Double> {
    var costs = Matrix(
      rowCount: rows.rowCount, columnCount: target.rows.rowCount, repeating: 0.0)
    forEachBlock(of: target) { first, correlations in
      for row in 0..<correlations.rowCount {
        let start = row * costs.columnCount + first
        for (column, correlation) in correlations.row(row).enumerated() {
          costs.elements[start + column] = min(max(1 - correlation, 0), 2)
        }
      }
    }
    return costs
  }
}

extension Measure where Prepared == NormalizedUnits {
  /// Normalises the units.
  public func prepare(
    _ stage: Stage, rows: [Int]
  ) throws(AlignmentError) -> NormalizedUnits {
    NormalizedUnits(stage, rows: rows, fit: try standardization(of: stage, rows: rows))
  }
}
