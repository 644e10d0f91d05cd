internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmResults
internal import ChiasmStatistics

/// The tables that a comparison asks for: of each measure one of the data and one a draw.
///
/// The first draws of every measure come before the others of any: they tell how long the rest takes.
/// Only one measure has its stages prepared at a time.
struct ComparisonWork {
  private let pair: ComparedPair
  private let sampling: StimulusSampling
  private let threads: Int
  private var draws: ReplicateWork<MeasureDraw>
  private var data: [String: Matrix<Double>] = [:]
  private var pace: Pace

  /// Takes up what the journal already holds.
  ///
  /// - Throws: `cannotWrite` for a journal of another owner, or one that cannot be written.
  init(
    _ pair: ComparedPair, _ measures: [any Measure], _ settings: ComparisonSettings,
    _ dependence: StimulusDependence, threads: Int, journal: String?, owner: String,
    progress: @escaping (ComparisonRun.Progress) -> Void
  ) throws(ArrayFileError) {
    (self.pair, self.threads) = (pair, threads)
    let sampling = StimulusSampling(
      count: pair.stimulusIDs.count, seed: settings.seed, groups: dependence.groups,
      exchange: dependence.exchange)
    self.sampling = sampling
    draws = try ReplicateWork(
      measures.flatMap {
        MeasureDraw.all(
          of: $0.name, permutations: sampling.permutationCount(settings.permutationCount),
          samples: settings.bootstrapCount)
      }, valueCount: pair.source.stages.count * pair.target.stages.count, journal: journal,
      owner: owner)
    let known = draws.list.count(where: draws.isKnown)
    pace = Pace(
      tablesBefore: known, tableCount: measures.count + draws.list.count, threads: threads,
      progress: progress, tablesDone: known)
    for draw in draws.list where !draws.isKnown(draw) { pace.remaining.expect(draw.pace) }
  }

  /// What every measure says, in their order.
  mutating func carryOut(_ measures: [any Measure]) async throws -> [MeasuredPairs] {
    for measure in measures { try await begin(measure) }
    for measure in measures {
      try await carryOut(draws.list.filter { $0.measure == measure.name }, by: measure)
    }
    let values = Dictionary(zip(draws.list, draws.values)) { first, _ in first }
    return measures.compactMap { measure in
      data[measure.name].map { table in
        func tables(_ kind: MeasureDraw.Kind) -> [Matrix<Double>] {
          draws.list.filter { $0.measure == measure.name && $0.kind == kind }.compactMap {
            values[$0].map {
              Matrix(rowCount: table.rowCount, columnCount: table.columnCount, elements: $0)
            }
          }
        }
        return MeasuredPairs(
          measure: measure.name, isDistance: measure.isDistance, values: table,
          permuted: tables(.permutation), resampled: tables(.bootstrap))
      }
    }
  }

  /// The values on the data, and as many draws of each kind as there are threads.
  private mutating func begin(_ subject: some Measure) async throws {
    let measurement = PairMeasurement(measure: subject, pair: pair, threads: threads)
    let prepared = try await measurement.prepared()
    data[subject.name] = try await measurement.values(of: prepared)
    pace.count()
    let missing = draws.list.filter { $0.measure == subject.name && !draws.isKnown($0) }
    let first = [MeasureDraw.Kind.permutation, .bootstrap].flatMap { kind in
      missing.filter { $0.kind == kind }.prefix(threads)
    }
    try await carryOut(first, by: measurement, prepared)
  }

  private mutating func carryOut(
    _ list: [MeasureDraw], by subject: some Measure
  ) async throws {
    let missing = list.filter { !draws.isKnown($0) }
    guard !missing.isEmpty else { return }
    let measurement = PairMeasurement(measure: subject, pair: pair, threads: threads)
    // Samples prepare their own stages.
    let needsPrepared = missing.contains { $0.kind == .permutation }
    try await carryOut(
      missing, by: measurement,
      needsPrepared ? measurement.prepared() : .init(source: [], target: []))
  }

  private mutating func carryOut<Subject: Measure>(
    _ list: [MeasureDraw], by measurement: PairMeasurement<Subject>,
    _ prepared: PairMeasurement<Subject>.PreparedPair
  ) async throws {
    let sampling = sampling
    var pace = pace
    try await draws.carryOut(list) { missing, done in
      try await measurement.values(of: missing, prepared, sampling) { draw, values, duration in
        try done(draw, values)
        pace.remaining.take(draw.pace, duration)
        pace.count()
      }
    }
    self.pace = pace
  }
}

extension ComparisonWork {
  /// How far the work is and how long the rest takes.
  private struct Pace {
    let tablesBefore: Int
    let tableCount: Int
    let threads: Int
    let progress: (ComparisonRun.Progress) -> Void
    var tablesDone: Int
    var remaining = RemainingTime<[String]>()

    /// Counts a table that is filled, and tells.
    mutating func count() {
      tablesDone += 1
      progress(
        .init(
          tablesDone: tablesDone, tablesBefore: tablesBefore, tableCount: tableCount,
          secondsLeft: remaining.seconds(threads: threads)))
    }
  }
}

extension MeasureDraw {
  /// Draws that take the same time.
  fileprivate var pace: [String] { [measure, kind.rawValue] }
}
