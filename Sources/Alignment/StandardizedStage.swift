internal import LinearAlgebra
internal import Responses

/// A stage with the mean and deviation of every unit over the training stimuli of a split.
///
/// Units without variance over the training stimuli are left out. The responses are not copied.
struct StandardizedStage: Sendable {
  let name: String
  /// Stimuli × all units of the stage.
  let responses: Matrix<Float>
  let fit: Standardization
  /// The training stimuli, as rows of `responses`.
  let training: [Int]
  private let heldOut: [Int]

  /// For each unit, its column in the stage that it came from.
  var unitColumns: [Int] { fit.varyingColumns }

  var unitCount: Int { fit.varyingColumns.count }

  /// The units of the stage, those without variance included.
  var originalUnitCount: Int { responses.columnCount }

  /// Fits the moments of `stage` on `training` rows.
  ///
  /// - Throws: `noVaryingUnits` when no unit varies over the training stimuli.
  init(_ stage: Stage, training: [Int], heldOut: [Int]) throws(AlignmentError) {
    fit = Standardization(fitting: stage.responses, rows: training)
    guard !fit.varyingColumns.isEmpty else { throw .noVaryingUnits(stage: stage.name) }
    name = stage.name
    responses = stage.responses
    self.training = training
    self.heldOut = heldOut
  }

  /// Units × held-out stimuli, z-scored with the training mean and deviation.
  func heldOutScores() -> Matrix<Float> { fit.standardized(responses, rows: heldOut) }
}
