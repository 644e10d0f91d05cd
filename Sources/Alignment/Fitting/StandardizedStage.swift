internal import ChiasmLinearAlgebra
internal import ChiasmResponses

/// A stage with the mean and deviation of every unit over the training stimuli of a split.
///
/// Units without variance over the training stimuli are left out. The responses are not copied: a
/// list of rows says which stimuli are in use, and in which order, so that a permuted or resampled
/// stage costs nothing.
struct StandardizedStage: Sendable {
  let stage: Stage
  /// The rows of `responses` that are in use; a resampled one may come more than once.
  let rows: [Int]
  /// The training stimuli, as places in `rows`.
  let training: [Int]
  let fit: Standardization
  /// The held-out stimuli, as places in `rows`.
  let heldOut: [Int]

  var name: String { stage.name }

  /// Stimuli × all units of the stage.
  var responses: Matrix<Float> { stage.responses }

  /// For each unit, its column in the stage that it came from.
  var unitColumns: [Int] { fit.varyingColumns }

  var unitCount: Int { fit.varyingColumns.count }

  /// The units of the stage, those without variance included.
  var originalUnitCount: Int { responses.columnCount }

  /// Fits the moments of `stage` on the `training` places of `rows`.
  ///
  /// - Throws: `noVaryingUnits` when no unit varies over the training stimuli.
  init(
    _ stage: Stage, rows: [Int], training: [Int], heldOut: [Int]
  ) throws(AlignmentError) {
    fit = Standardization(fitting: stage, rows: training.map { rows[$0] })
    guard !fit.varyingColumns.isEmpty else { throw .noVaryingUnits(stage: stage.name) }
    self.stage = stage
    self.rows = rows
    self.training = training
    self.heldOut = heldOut
  }

  /// Units × held-out stimuli, z-scored with the training mean and deviation.
  func heldOutScores() -> Matrix<Float> {
    fit.standardized(responses, rows: heldOut.map { rows[$0] })
  }

  /// The rows of the held-out stimuli.
  var heldOutRows: [Int] { heldOut.map { rows[$0] } }

  /// The rows of the training stimuli.
  var trainingRows: [Int] { training.map { rows[$0] } }
}
