internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// How the held-out score of HOT varies with the stimuli that happened to be held out, the fits being
/// what they are.
///
/// One draw takes as many stimuli as there are, with replacement, and is the same for all splits: a
/// stimulus that several splits hold out counts as often in each. So the splits are not taken for
/// independent ones, and a draw costs no fit. The mean over splits would still vary too little: a draw
/// cannot show that held-out stimuli of one split shaped the fit of another. Therefore draws are spread
/// about their mean until their variance is Σ_kj ρ_kj s_k s_j / J² over J splits, unless it is as great
/// already: ρ_kj is `Split.errorCorrelation`, and s_k the SD of the draws of split k times √(m / (m − 1)),
/// because m held-out stimuli vary less among themselves than all there could be. Reference: Hesterberg2015.
///
/// The intervals are about the score that these fits would have with all stimuli of the kind. Refitting
/// instead would judge other fits: a bootstrap sample has 63 % of the stimuli, the rest repeats, so that
/// its fits are poorer and its scores lower than those of the data.
public struct ScoreDraws: Equatable, Sendable {
  /// Row by draw: the score, then that of each source stage, mean over splits.
  public let draws: [[Double]]
  /// The same with each group of stimuli left out in turn.
  public let jackknife: [[Double]]

  private static let groupCount = 100

  /// Draws `count` times; with 0 there are neither draws nor groups left out.
  ///
  /// - Parameters:
  ///   - fits: the fits of all splits, with the data that they were fitted to.
  ///   - stimulusCount: the stimuli that the splits are about.
  public init(
    _ fits: [(fit: FittedTransport, data: StandardizedPair)], stimulusCount: Int, count: Int,
    seed: UInt64, threads: Int
  ) async throws {
    guard count > 0 else {
      (draws, jackknife) = ([], [])
      return
    }
    let resampling = StimulusSampling(count: stimulusCount, seed: seed)
    let samples =
      (0..<count).map { resampling.bootstrapSample($0) }
      + resampling.jackknifeSamples(Self.groupCount)
    let weights = Self.weights(samples, stimulusCount: stimulusCount)
    var splits: [[[Double]]] = []
    for (fit, data) in fits {
      splits.append(
        try await HeldOutDraws(
          fit, on: data, weights: weights.selectingColumns(data.split.heldOut), threads: threads
        ).stageScores)
    }
    let rows = samples.indices.map { draw in
      let scores = splits.map { [Spread($0[draw]).mean] + $0[draw] }
      return (scores.first ?? []).indices.map { place in Spread(scores.map { $0[place] }).mean }
    }
    draws = Self.spread(Array(rows.prefix(count)), of: splits, fits.map(\.fit.split))
    jackknife = Array(rows.dropFirst(count))
  }

  /// Moves the draws of the means over splits away from their mean, as far as they vary too little.
  ///
  /// - Parameter scores: split by draw by source stage.
  private static func spread(
    _ draws: [[Double]], of scores: [[[Double]]], _ splits: [Split]
  ) -> [[Double]] {
    let correlations = splits.map { one in splits.map { one.errorCorrelation(with: $0) } }
    let factors = (draws.first ?? []).indices.map { place -> (mean: Double, factor: Double) in
      let own = BootstrapDistribution(draws.map { $0[place] }).spread
      let deviations = zip(scores, splits).map { all, split in
        let drawn = all.prefix(draws.count).map { place == 0 ? Spread($0).mean : $0[place - 1] }
        let count = Double(split.heldOut.count)
        return BootstrapDistribution(drawn).spread.deviation * (count / (count - 1)).squareRoot()
      }
      var variance = 0.0
      for (row, one) in zip(correlations, deviations) {
        for (correlation, other) in zip(row, deviations) { variance += correlation * one * other }
      }
      let factor = variance.squareRoot() / (Double(splits.count) * own.deviation)
      return (own.mean, factor > 1 && factor.isFinite ? factor : 1)
    }
    return draws.map { draw in
      zip(draw, factors).map { $1.mean + $1.factor * ($0 - $1.mean) }
    }
  }

  /// How often each stimulus is in each sample.
  private static func weights(_ samples: [[Int]], stimulusCount: Int) -> Matrix<Double> {
    var weights = Matrix(rowCount: samples.count, columnCount: stimulusCount, repeating: 0.0)
    for (row, sample) in samples.enumerated() {
      for stimulus in sample { weights[row, stimulus] += 1 }
    }
    return weights
  }
}
