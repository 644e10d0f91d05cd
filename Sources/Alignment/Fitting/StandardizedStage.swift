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

/// One stage with its moments over the training stimuli of each of several splits, and over all.
struct StageAcrossSplits: Sendable {
  let splits: [StandardizedStage]
  /// The units that vary over the training stimuli of any split, scaled over all stimuli.
  let scaling: AffineScaling
  /// For each split, whether cross-products over its training stimuli may be had from those over all
  /// stimuli: whether every unit keeps a sixteenth of its variance there. Where one does not, as a
  /// unit that responds to hardly any but held-out stimuli, the difference would lose digits.
  let isSteady: [Bool]

  init(_ splits: [StandardizedStage]) {
    self.splits = splits
    let whole = Standardization(fitting: splits[0].stage, rows: splits[0].rows)
    let columns = Set(splits.flatMap(\.unitColumns)).sorted()
    scaling = AffineScaling(whole, columns: columns)
    isSteady = splits.map { split in
      split.unitColumns.allSatisfy { 4 * split.fit.deviations[$0] >= whole.deviations[$0] }
    }
  }

  /// Up to so many training stimuli are few: cross-products over them are taken in double precision.
  static let fewStimuli = 256

  /// Whether a split trains on few stimuli.
  func hasFewStimuli(inSplit split: Int) -> Bool {
    splits[split].training.count <= Self.fewStimuli
  }

  /// The number of stimuli in use.
  var stimulusCount: Int { splits[0].rows.count }

  /// All stimuli in use × `scaling.columns`.
  func scaledResponses() -> Matrix<Float> { scaling(splits[0].responses, rows: splits[0].rows) }

  /// What turns sums of products of scaled responses over the n training stimuli of a split into
  /// correlations: with s the sum of two units, r = s f g − m k, where f, g are the factors 1/(σ √n)
  /// of the units and m, k their means μ/σ, by the moments μ, σ over these stimuli after `scaling`.
  func moments(ofSplit split: Int, after scaling: AffineScaling) -> Moments {
    let fit = splits[split].fit
    let root = Double(splits[split].training.count).squareRoot()
    var moments = Moments()
    for (place, column) in scaling.columns.enumerated() {
      let deviation = fit.deviations[column]
      moments.means.append(
        Float((fit.means[column] - Double(scaling.shifts[place])) / deviation))
      moments.factors.append(Float(1 / (deviation * Double(scaling.factors[place]) * root)))
    }
    return moments
  }

  struct Moments {
    var means: [Float] = []
    var factors: [Float] = []
  }
}
