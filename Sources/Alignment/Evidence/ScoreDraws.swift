internal import ChiasmLinearAlgebra
public import ChiasmStatistics

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
///
/// Stimuli that belong together are drawn as whole groups, m and ρ_kj are those of groups, and a split
/// counts in a draw as its held-out stimuli do there: Σ_k w_k score_k / Σ_k w_k, where w_k is the mean
/// number of times that a held-out stimulus of split k is drawn.
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
  ///   - groups: what belongs together among them; nil where they are independent of each other.
  public init(
    _ fits: [(fit: FittedTransport, data: StandardizedPair)], stimulusCount: Int,
    groups: Grouping? = nil, count: Int, seed: UInt64, threads: Int
  ) async throws {
    guard count > 0 else {
      (draws, jackknife) = ([], [])
      return
    }
    let resampling = StimulusSampling(count: stimulusCount, seed: seed, groups: groups)
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
      let shares =
        groups == nil ? nil : fits.map { Self.share(of: $0.fit.split, in: weights.row(draw)) }
      return (scores.first ?? []).indices.map { place in
        Self.mean(scores.map { $0[place] }, shares)
      }
    }
    draws = Self.spread(
      Array(rows.prefix(count)), of: splits,
      fits.map { fit, _ in groups.map(fit.split.ofGroups) ?? fit.split })
    jackknife = Array(rows.dropFirst(count))
  }

  /// How often a held-out stimulus of a split is in a sample, on average.
  private static func share(of split: Split, in weights: some Sequence<Double>) -> Double {
    let weights = Array(weights)
    return split.heldOut.reduce(0) { $0 + weights[$1] } / Double(split.heldOut.count)
  }

  /// The mean over splits: all alike, or those that have a share by it.
  private static func mean(_ scores: [Double], _ shares: [Double]?) -> Double {
    guard let shares else { return Spread(scores).mean }
    let sum = zip(scores, shares).reduce(0) { $1.1 > 0 ? $0 + $1.0 * $1.1 : $0 }
    return sum / shares.reduce(0, +)
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

/// The held-out score of HOT when every held-out stimulus counts as often as a draw says: the fit and
/// its predictions stay, only what judges them is drawn.
///
/// With weights v over the stimuli, a unit x and its prediction x̂ correlate as
/// (Σv Σv x x̂ − Σv x Σv x̂) / √((Σv Σv x² − (Σv x)²) (Σv Σv x̂² − (Σv x̂)²)), so that all draws cost one
/// product of matrices.
struct HeldOutDraws: Sendable {
  /// The scores of a draw, a number a source stage: mean over the units that vary in it, NaN when none
  /// does. A unit whose prediction does not vary counts 0.
  let stageScores: [[Double]]

  /// The scores of the first draw.
  var observed: [Double] { stageScores[0] }

  /// Scores draws of the held-out stimuli of a fit.
  ///
  /// - Parameter weights: draws × held-out stimuli; one draw that takes each once when nil.
  init(
    _ fit: FittedTransport, on data: StandardizedPair, weights: Matrix<Double>? = nil, threads: Int
  ) async throws {
    let (source, target) = try await data.heldOutResponses(threads: threads)
    let stimulusCount = source[0].values.columnCount
    let weights = weights ?? Matrix(rowCount: 1, columnCount: stimulusCount, repeating: 1)
    let blocks = source.unitBlocks
    let shares = fit.shares
    let sums = try await concurrentMap(count: blocks.count, threads: threads) { index in
      let (stage, units) = blocks[index]
      let stages = target.indices.map {
        (shares[stage, $0], fit.match(stage, $0).predictor, target[$0].values)
      }
      return Self.sums(units.filter { source[stage].varies[$0] }, source[stage], stages, weights)
    }
    stageScores = (0..<weights.rowCount).map { draw in
      source.indices.map { stage in
        guard !shares[stage, 0].isNaN else { return .nan }
        let own = blocks.indices.filter { blocks[$0].stage == stage }
        return own.reduce(0) { $0 + sums[$1].total[draw] }
          / own.reduce(0) { $0 + sums[$1].count[draw] }
      }
    }
  }

  /// For each draw the sum of the correlations that exist, and how many these are.
  private struct Sums: Sendable {
    var total: [Double]
    var count: [Double]
  }

  /// A target stage: what it weighs and how it predicts.
  private typealias Stage = (
    share: Double, predictor: any UnitPredictor, values: Matrix<Double>
  )

  private static func sums(
    _ units: [Int], _ source: HeldOutResponses, _ stages: [Stage], _ weights: Matrix<Double>
  ) -> Sums {
    let drawCount = weights.rowCount
    var sums = Sums(
      total: [Double](repeating: 0, count: drawCount),
      count: [Double](repeating: 0, count: drawCount))
    let moments = products(units, source, stages, weights)
    let counts = (0..<drawCount).map { weights.row($0).reduce(0, +) }
    for place in units.indices {
      for draw in 0..<drawCount {
        let start = 5 * place * drawCount + draw
        let x = moments.elements[start] / counts[draw]
        let y = moments.elements[start + drawCount] / counts[draw]
        let xx = moments.elements[start + 2 * drawCount] / counts[draw]
        let yy = moments.elements[start + 3 * drawCount] / counts[draw]
        let xy = moments.elements[start + 4 * drawCount] / counts[draw]
        guard xx - x * x > 1e-12 * xx else { continue }
        sums.count[draw] += 1
        // What is left of a constant by rounding is no variance.
        guard yy - y * y > max(1e-12 * yy, 1e-24) else { continue }
        sums.total[draw] += (xy - x * y) / ((xx - x * x) * (yy - y * y)).squareRoot()
      }
    }
    return sums
  }

  /// For each unit five rows Σ v x, Σ v x̂, Σ v x², Σ v x̂², Σ v x x̂, a column a draw.
  private static func products(
    _ units: [Int], _ source: HeldOutResponses, _ stages: [Stage], _ weights: Matrix<Double>
  ) -> Matrix<Double> {
    let width = weights.columnCount
    var rows = Matrix(rowCount: 5 * units.count, columnCount: width, repeating: 0.0)
    for (place, unit) in units.enumerated() {
      rows.add(1, times: unit, of: source.values, toRow: 5 * place)
      for (share, predictor, values) in stages where share != 0 {
        predictor.predict(unit, from: values, times: share, into: &rows, row: 5 * place + 1)
      }
      let start = 5 * place * width
      for column in start..<start + width {
        let (x, y) = (rows.elements[column], rows.elements[column + width])
        rows.elements[column + 2 * width] = x * x
        rows.elements[column + 3 * width] = y * y
        rows.elements[column + 4 * width] = x * y
      }
    }
    return rows.product(transposing: weights)
  }
}
