internal import ChiasmAlignment
internal import ChiasmStatistics

/// What a method that draws at random says beside its mean.
struct DrawRecord: Codable, Equatable {
  let count: Int
  let mean: Double?
  /// Over draws.
  let sd: Double?
  /// (1 + the number of draws that score at least as well as HOT) / (1 + the number of draws).
  let rank_of_hot: Double?

  /// Nil for fewer than two draws.
  init?(_ draws: [Double], hot: Double) {
    guard draws.count > 1 else { return nil }
    let null = NullDistribution(draws)
    count = draws.count
    mean = null.spread.mean.finite
    sd = null.spread.deviation.finite
    rank_of_hot = null.pValue(of: hot).finite
  }
}
