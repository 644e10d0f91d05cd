internal import LinearAlgebra

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
    let fit = Standardization(fitting: stage.responses, rows: training)
    columns = fit.varyingColumns
    self.training = fit.normalized(stage.responses, rows: training)
    heldOut = fit.normalized(stage.responses, rows: fold.heldOut.map { stage.rows[$0] })
  }
}
