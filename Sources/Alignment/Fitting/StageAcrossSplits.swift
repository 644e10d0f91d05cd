internal import ChiasmLinearAlgebra
internal import ChiasmResponses

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
