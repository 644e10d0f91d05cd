internal import LinearAlgebra
internal import Responses

/// A stage with the z-score of every unit over the training stimuli.
///
/// Units without variance over the training stimuli are left out. The responses are not copied: the
/// z-scores of the training stimuli are made anew for each pair of stages, which is quick beside what
/// is done with them, and keeps memory at one copy of the responses.
struct StandardizedStage: Sendable {
  let name: String
  /// Units × held-out stimuli, z-scored with the training mean and deviation.
  let heldOut: Matrix<Float>
  /// The units of the stage, those without variance included.
  let originalUnitCount: Int
  private let responses: Matrix<Float>
  private let fit: Standardization
  private let training: [Int]

  /// For each unit, its column in the stage that it came from.
  var unitColumns: [Int] { fit.varyingColumns }

  var unitCount: Int { fit.varyingColumns.count }

  /// The number of training stimuli.
  var trainingCount: Int { training.count }

  /// Fits the z-score of `stage` on `training` rows.
  ///
  /// - Throws: `noVaryingUnits` when no unit varies over the training stimuli.
  init(_ stage: Stage, training: [Int], heldOut: [Int]) throws(AlignmentError) {
    fit = Standardization(fitting: stage.responses, rows: training)
    guard !fit.varyingColumns.isEmpty else { throw .noVaryingUnits(stage: stage.name) }
    name = stage.name
    responses = stage.responses
    self.training = training
    self.heldOut = fit.standardized(stage.responses, rows: heldOut)
    originalUnitCount = stage.unitCount
  }

  /// Some units × training stimuli, each row of mean 0 and length 1, in double precision.
  func trainingRows(of units: Range<Int>) -> Matrix<Double> {
    fit.normalized(responses, rows: training, columns: units)
  }
}
