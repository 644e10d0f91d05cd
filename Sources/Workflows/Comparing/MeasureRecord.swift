internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// One measure in `comparison.json`. Tables are source stages × target stages.
struct MeasureRecord: Codable, Equatable {
  /// The values when the target's stimuli are permuted.
  struct Null: Codable, Equatable {
    let mean: [[Double?]]
    let sd: [[Double?]]
    let p: [[Double?]]
    /// Of the best value over target stages against the best of each permutation, a number a source
    /// stage.
    let p_of_preferred: [Double?]
    /// How often each target stage is the preferred one; absent in comparisons of before it was counted.
    let preferred_share: [[Double?]]?
    /// Draws without a value, summed over pairs.
    let undefined: Int
  }

  /// The values on bootstrap samples.
  struct Bootstrap: Codable, Equatable {
    let level: Double
    let mean: [[Double?]]
    let low: [[Double?]]
    let high: [[Double?]]
    /// `bca` or `percentile`: what the ends are; absent in comparisons of before it was said.
    let interval_method: [[String?]]?
    /// How often each target stage is the preferred one.
    let preferred_share: [[Double?]]
    /// Draws without a value, summed over pairs.
    let undefined: Int
  }

  let is_distance: Bool
  let values: [[Double?]]
  /// For each source stage the target stage that is most alike.
  let preferred: [String?]
  /// Absent without permutations.
  let null: Null?
  /// Absent without bootstrap samples.
  let bootstrap: Bootstrap?

  init(_ measured: MeasuredPairs, targetNames: [String]) {
    is_distance = measured.isDistance
    values = rows(measured.values) { $0.finite }
    preferred = measured.preferredTargets.map { $0.map { targetNames[$0] } }
    null = measured.permuted.isEmpty ? nil : Null(measured)
    bootstrap = measured.resampled.isEmpty ? nil : Bootstrap(measured)
  }
}

extension MeasureRecord.Null {
  init(_ measured: MeasuredPairs) {
    let draws = measured.table(measured.null)
    mean = draws.map { $0.map(\.spread.mean.finite) }
    sd = draws.map { $0.map(\.spread.deviation.finite) }
    p = measured.table(measured.pValue).map { $0.map(\.finite) }
    preferred_share = rows(measured.permutedPreferenceRates) { $0.finite }
    p_of_preferred = draws.indices.map { measured.pValueOfPreferred($0).finite }
    undefined = draws.joined().reduce(0) { $0 + $1.undefinedCount }
  }
}

extension MeasureRecord.Bootstrap {
  init(_ measured: MeasuredPairs) {
    let draws = measured.table(measured.bootstrap)
    let intervals = measured.table(measured.interval)
    level = intervals.joined().first?.ends.level ?? .nan
    mean = draws.map { $0.map(\.spread.mean.finite) }
    low = intervals.map { $0.map(\.ends.lower.finite) }
    high = intervals.map { $0.map(\.ends.upper.finite) }
    interval_method = intervals.map { $0.map { $0.method?.rawValue } }
    preferred_share = rows(measured.preferenceRates) { $0.finite }
    undefined = draws.joined().reduce(0) { $0 + $1.undefinedCount }
  }
}

extension MeasuredPairs {
  /// `body` of every pair, row by row.
  fileprivate func table<Value>(_ body: (_ row: Int, _ column: Int) -> Value) -> [[Value]] {
    (0..<values.rowCount).map { row in (0..<values.columnCount).map { body(row, $0) } }
  }
}
