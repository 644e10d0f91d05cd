internal import ChiasmLinearAlgebra
internal import ChiasmResponses

/// The units that one fold predicts: z-scored by the training stimuli, up to a factor a matrix.
struct RidgeResponses {
  /// Units × training stimuli, centred.
  let training: Matrix<Double>
  /// Units × held-out stimuli.
  let heldOut: Matrix<Double>
  /// For each unit, its column in the stage; units that do not vary over training are left out.
  let columns: [Int]

  init(_ stage: RidgeStage, fold: RidgePredictor) {
    let training = fold.training.map { stage.rows[$0] }
    let fit = Standardization(fitting: stage.stage, rows: training)
    columns = fit.varyingColumns
    let responses = stage.stage.responses
    self.training = fit.normalized(responses, rows: training)
    heldOut = fit.normalized(responses, rows: fold.heldOut.map { stage.rows[$0] })
  }
}
