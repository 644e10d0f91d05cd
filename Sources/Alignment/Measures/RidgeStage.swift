internal import LinearAlgebra
internal import Synchronization

/// A stage whose stimuli are divided into folds, to predict or to be predicted.
public final class RidgeStage: Sendable {
  /// Stimuli × units that vary over the rows in use.
  let responses: Matrix<Float>
  /// For each of these units, its column in the stage.
  let unitColumns: [Int]
  /// The units of the stage, those without variance included.
  let originalUnitCount: Int
  let rows: [Int]
  /// Positions in `rows`, each in one fold.
  let folds: [[Int]]
  /// Made when the stage first predicts, and kept: other threads wait for the first.
  private let kept = Mutex<[RidgePredictor]?>(nil)

  init(_ responses: Matrix<Float>, rows: [Int], folds: [[Int]]) {
    // A unit with a NaN would vary over the folds without it, and spoil the fold that has it.
    unitColumns = Standardization(fitting: responses, rows: rows).varyingColumns
    self.responses = responses.selectingColumns(unitColumns)
    originalUnitCount = responses.columnCount
    self.rows = rows
    self.folds = folds
  }

  /// For each fold, what predicts it from the others.
  func predictors(measure: String) throws(AlignmentError) -> [RidgePredictor] {
    try kept.withLock { kept throws(AlignmentError) in
      if let kept { return kept }
      var predictors: [RidgePredictor] = []
      for fold in folds.indices {
        predictors.append(try RidgePredictor(self, heldOut: fold, measure: measure))
      }
      kept = predictors
      return predictors
    }
  }
}
