internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import Synchronization

/// A stage whose stimuli are divided into folds, to predict or to be predicted.
public final class RidgeStage: Sendable {
  /// The units that vary over the rows in use.
  let stage: Stage
  /// For each of these units, its column in the stage that was given.
  let unitColumns: [Int]
  /// The units of the stage, those without variance included.
  let originalUnitCount: Int
  let rows: [Int]
  /// Positions in `rows`, each in one fold.
  let folds: [[Int]]
  /// Made when the stage first predicts, and kept: other threads wait for the first.
  private let kept = Mutex<[RidgePredictor]?>(nil)

  init(_ stage: Stage, rows: [Int], folds: [[Int]]) {
    // A unit with a NaN would vary over the folds without it, and spoil the fold that has it.
    unitColumns = Standardization(fitting: stage, rows: rows).varyingColumns
    self.stage = stage.selectingUnits(unitColumns)
    originalUnitCount = stage.unitCount
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
