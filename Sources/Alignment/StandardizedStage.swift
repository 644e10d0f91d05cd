internal import LinearAlgebra
internal import Responses

/// A stage after the z-score of every unit over the training stimuli, one row a unit.
///
/// Units without variance over the training stimuli are left out. The held-out responses are
/// z-scored with the training mean and deviation.
struct StandardizedStage: Sendable {
  let name: String
  /// Units × training stimuli.
  let training: Matrix<Float>
  /// Units × held-out stimuli.
  let heldOut: Matrix<Float>
  /// For each row, its column in the stage that it came from.
  let unitColumns: [Int]
  /// The units of the stage, those without variance included.
  let originalUnitCount: Int

  var unitCount: Int { unitColumns.count }

  /// Fits the z-score of `stage` on `training` rows.
  ///
  /// - Throws: `noVaryingUnits` when no unit varies over the training stimuli.
  init(_ stage: Stage, training: [Int], heldOut: [Int]) throws(AlignmentError) {
    let fit = Standardization(fitting: stage.responses, rows: training)
    guard !fit.varyingColumns.isEmpty else { throw .noVaryingUnits(stage: stage.name) }
    name = stage.name
    self.training = fit.standardized(stage.responses, rows: training)
    self.heldOut = fit.standardized(stage.responses, rows: heldOut)
    unitColumns = fit.varyingColumns
    originalUnitCount = stage.unitCount
  }
}
