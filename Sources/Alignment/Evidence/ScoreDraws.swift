internal import LinearAlgebra
internal import Statistics

/// How the held-out score of HOT varies with the stimuli that happened to be held out, the fits being
/// what they are.
///
/// One draw takes as many stimuli as there are, with replacement, and is the same for all splits: a
/// stimulus that several splits hold out counts as often in each. So the splits are not taken for
/// independent ones, and a draw costs no fit.
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
    draws = Array(rows.prefix(count))
    jackknife = Array(rows.dropFirst(count))
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
