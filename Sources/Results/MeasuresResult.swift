internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmStatistics
public import ChiasmResponses
public import ChiasmTables

/// What a comparison by measures found: the value behind `comparison.json` and its tables. Keys are snake
/// case; a number that is not defined is null, and a section that was not asked for is absent.
public struct MeasuresResult: Codable, Equatable, Sendable {
  /// The settings that numbers depend on.
  public struct Settings: Codable, Equatable, Sendable {
    /// Permutations of the target's stimuli.
    public let permutations: Int
    /// Bootstrap samples of stimuli.
    public let bootstrap: Int
    /// The seed of everything that is drawn.
    public let seed: UInt64
    /// The most units of a stage that are used; nil for all.
    public let max_units: Int?
    /// How names of stimuli are compared; absent for names as they are.
    public let stimulus_names: StimulusNaming?
    /// What belongs together among the stimuli; absent where they are independent of each other.
    public let dependence: DependenceSettings?
    /// How layers with several axes of units are pooled; nil for not at all.
    public let pool: Pooling?
    /// How many units a layer that has more is projected to; nil for none.
    public let project: Int?

    /// Gathers settings.
    public init(
      permutations: Int, bootstrap: Int, seed: UInt64, maximumUnits: Int?,
      naming: StimulusNaming? = nil, dependence: DependenceSettings? = nil,
      pooling: Pooling? = nil, projectedUnitCount: Int? = nil
    ) {
      (self.permutations, self.bootstrap) = (permutations, bootstrap)
      (self.seed, max_units, stimulus_names) = (seed, maximumUnits, naming)
      (self.dependence, pool, project) = (dependence, pooling, projectedUnitCount)
    }

    /// What became of the units before they were used, in words; nil for nothing.
    package var units: String? {
      UnitsInUse(pooling: pool, atMost: max_units, projected: project).words
    }
  }

  /// One measure. Tables are source stages × target stages.
  public struct Measure: Codable, Equatable, Sendable {
    /// The values when the target's stimuli are permuted.
    public struct Null: Codable, Equatable, Sendable {
      /// The mean of the draws.
      public let mean: [[Double?]]
      /// Their standard deviation.
      public let sd: [[Double?]]
      /// (1 + draws at least as good) / (1 + draws).
      public let p: [[Double?]]
      /// Of the best value over target stages against the best of each permutation, a number a source
      /// stage.
      public let p_of_preferred: [Double?]
      /// How often each target stage is the preferred one.
      public let preferred_share: [[Double?]]
      /// Draws without a value, summed over pairs.
      public let undefined: Int
    }

    /// The values on bootstrap samples.
    public struct Bootstrap: Codable, Equatable, Sendable {
      /// The level of the intervals.
      public let level: Double
      /// The mean of the draws.
      public let mean: [[Double?]]
      /// The lower ends.
      public let low: [[Double?]]
      /// The upper ends.
      public let high: [[Double?]]
      /// `bca` or `percentile`: what the ends are.
      public let interval_method: [[String?]]
      /// How often each target stage is the preferred one.
      public let preferred_share: [[Double?]]
      /// Draws without a value, summed over pairs.
      public let undefined: Int
    }

    /// Whether smaller is more alike.
    public let is_distance: Bool
    /// The values on the data as they are.
    public let values: [[Double?]]
    /// For each source stage the target stage that is most alike.
    public let preferred: [String?]
    /// Absent without permutations.
    public let null: Null?
    /// Absent without bootstrap samples.
    public let bootstrap: Bootstrap?
  }

  /// `chiasm-comparison 1`.
  public let format: String
  /// How the result was made.
  public let provenance: Provenance
  /// The settings that numbers depend on.
  public let settings: Settings
  /// The set whose stages choose.
  public let source: AlignmentResult.Side
  /// The set whose stages are chosen from.
  public let target: AlignmentResult.Side
  /// Stimuli that both have, all in use.
  public let common_stimuli: Int
  /// What belongs together among the stimuli; absent where nothing was said about it.
  public let dependence: DependenceResult?
  /// Every measure by its name.
  public let measures: [String: Measure]
  /// The names of the measures, in order.
  public let measure_order: [String]

  /// Gathers what measures said, in order.
  public init(
    _ measured: [MeasuredPairs], source: AlignmentResult.Side, target: AlignmentResult.Side,
    commonStimuli: Int, dependence: DependenceResult? = nil, settings: Settings,
    provenance: Provenance
  ) {
    format = "chiasm-comparison 1"
    self.provenance = provenance
    self.settings = settings
    (self.source, self.target, common_stimuli) = (source, target, commonStimuli)
    self.dependence = dependence
    measures = Dictionary(
      uniqueKeysWithValues: measured.map {
        ($0.measure, Measure($0, targetNames: target.stages))
      })
    measure_order = measured.map(\.measure)
  }
}

extension MeasuresResult.Measure {
  init(_ measured: MeasuredPairs, targetNames: [String]) {
    is_distance = measured.isDistance
    values = measured.values.rows { $0 }
    preferred = measured.preferredTargets.map { $0.map { targetNames[$0] } }
    null = measured.permuted.isEmpty ? nil : Null(measured)
    bootstrap = measured.resampled.isEmpty ? nil : Bootstrap(measured)
  }
}

extension MeasuresResult.Measure.Null {
  init(_ measured: MeasuredPairs) {
    let draws = measured.table(measured.null)
    mean = draws.map { $0.map(\.spread.mean.finite) }
    sd = draws.map { $0.map(\.spread.deviation.finite) }
    p = measured.table(measured.pValue).map { $0.map(\.finite) }
    preferred_share = measured.permutedPreferenceRates.rows { $0 }
    p_of_preferred = draws.indices.map { measured.pValueOfPreferred($0).finite }
    undefined = draws.joined().reduce(0) { $0 + $1.undefinedCount }
  }
}

extension MeasuresResult.Measure.Bootstrap {
  init(_ measured: MeasuredPairs) {
    let draws = measured.table(measured.bootstrap)
    let intervals = measured.table(measured.interval)
    level = intervals.joined().first?.ends.level ?? .nan
    mean = draws.map { $0.map(\.spread.mean.finite) }
    low = intervals.map { $0.map(\.ends.lower.finite) }
    high = intervals.map { $0.map(\.ends.upper.finite) }
    interval_method = intervals.map { $0.map { $0.method?.rawValue } }
    preferred_share = measured.preferenceRates.rows { $0 }
    undefined = draws.joined().reduce(0) { $0 + $1.undefinedCount }
  }
}

extension MeasuredPairs {
  /// `body` of every pair, row by row.
  fileprivate func table<Value>(_ body: (_ row: Int, _ column: Int) -> Value) -> [[Value]] {
    (0..<values.rowCount).map { row in (0..<values.columnCount).map { body(row, $0) } }
  }
}

// MARK: Reading

extension MeasuresResult {
  /// The name of the file in the folder of a comparison.
  public static let fileName = "comparison.json"

  /// Reads a `comparison.json` whose tables are as large as its lists of stages say.
  ///
  /// - Throws: `missing`, `unreadable`; `malformed` for anything else.
  public static func read(_ path: String) throws -> MeasuresResult {
    let result = try JSONFile.read(MeasuresResult.self, from: path)
    let (sources, targets) = (result.source.stages.count, result.target.stages.count)
    func fits<Value>(_ table: [[Value]]) -> Bool {
      table.count == sources && table.allSatisfy { $0.count == targets }
    }
    let isComplete = result.measure_order.allSatisfy { name in
      guard let measure = result.measures[name] else { return false }
      return fits(measure.values) && measure.preferred.count == sources
        && (measure.bootstrap.map {
          [$0.mean, $0.low, $0.high, $0.preferred_share].allSatisfy(fits)
            && fits($0.interval_method)
        } ?? true)
        && (measure.null.map {
          [$0.mean, $0.sd, $0.p, $0.preferred_share].allSatisfy(fits)
            && $0.p_of_preferred.count == sources
        } ?? true)
    }
    guard isComplete, result.format.hasPrefix("chiasm-comparison ") else {
      throw ArrayFileError.malformed(
        path: path, problem: "is no comparison of \(sources) with \(targets) stages; compare anew")
    }
    return result
  }
}

// MARK: Tables

extension MeasuresResult {
  /// A measure and a pair of stages.
  private struct PairRow: Sendable {
    let name: String
    let measure: Measure
    let stages: (source: String, target: String)
    let place: (row: Int, column: Int)

    func value(_ table: [[Double?]]?) -> Double? { table?[place.row][place.column] }

    static let columns: [ResultColumn<PairRow>] = [
      .init(.measure, text: { $0.name }), .init(.sourceStage, text: { $0.stages.source }),
      .init(.targetStage, text: { $0.stages.target }),
      .init(.value, { $0.value($0.measure.values) }),
      .init(
        Quantity("is_distance", "distance", "Whether smaller is more alike", .text),
        text: { "\($0.measure.is_distance)" }),
      .init(
        Quantity(
          "p", "p",
          "(1 + permutations at least as alike) / (1 + permutations), for this pair "
            + "alone", .digits(2), in: 0...1), { $0.value($0.measure.null?.p) }),
      .init(
        Quantity("null_mean", "null mean", "Mean over permutations of the target's stimuli"),
        { $0.value($0.measure.null?.mean) }),
      .init(
        Quantity("null_sd", "null SD", "Standard deviation over permutations"),
        { $0.value($0.measure.null?.sd) }),
      .init(
        Quantity("bootstrap_mean", "bootstrap mean", "Mean over bootstrap samples of stimuli"),
        { $0.value($0.measure.bootstrap?.mean) }),
      .init(
        Quantity("low", "95 % low", "Lower end of the interval over bootstrap samples"),
        { $0.value($0.measure.bootstrap?.low) }),
      .init(
        Quantity("high", "95 % high", "Upper end of that interval"),
        { $0.value($0.measure.bootstrap?.high) }),
      .init(
        .intervalMethod,
        text: { $0.measure.bootstrap?.interval_method[$0.place.row][$0.place.column] }),
    ]
  }

  /// A measure and a source stage with the target stage that it prefers.
  private struct PreferredRow: Sendable {
    let pair: PairRow
    let target: String?

    func value(_ table: [[Double?]]?) -> Double? { target == nil ? nil : pair.value(table) }

    static let columns: [ResultColumn<PreferredRow>] = [
      .init(.measure, text: { $0.pair.name }), .init(.sourceStage, text: { $0.pair.stages.source }),
      .init(.targetStage, text: { $0.target }), .init(.value, { $0.value($0.pair.measure.values) }),
      .init(
        Quantity(
          "p", "p", "The best value over {targets} against the best of each permutation",
          .digits(2), in: 0...1), { $0.pair.measure.null?.p_of_preferred[$0.pair.place.row] }),
      .init(
        Quantity(
          "bootstrap_share", "preferred in samples",
          "In how many of the bootstrap samples "
            + "the {target} is preferred", .fixed(2), in: 0...1),
        { $0.value($0.pair.measure.bootstrap?.preferred_share) }),
      .init(
        Quantity(
          "null_share", "preferred in permutations",
          "In how many of the permutations the "
            + "{target} is preferred", .fixed(2), in: 0...1),
        { $0.value($0.pair.measure.null?.preferred_share) }),
    ]
  }

  /// The tables that are files beside `comparison.json`.
  public var tables: [ResultTable] { [valueTable(), preferredTable] }

  /// Every measure and pair of stages.
  ///
  /// - Parameter measure: the one that is wanted; all when nil.
  public func valueTable(of measure: String? = nil) -> ResultTable {
    ResultTable(
      "measures", "A row for each measure, {source} and {target}",
      measure_order.filter { measure == nil || $0 == measure }.flatMap { name in
        source.stages.indices.flatMap { row in
          target.stages.indices.compactMap { pair(name, row, $0) }
        }
      }, columns: PairRow.columns)
  }

  /// For each measure and source stage the target stage that is most alike.
  public var preferredTable: ResultTable {
    ResultTable(
      "preferred", "A row for each measure and {source}: the {target} that is most alike",
      measure_order.flatMap { name in
        source.stages.indices.compactMap { row in
          let target = measures[name]?.preferred[row]
          let column = target.flatMap { self.target.stages.firstIndex(of: $0) }
          return pair(name, row, column ?? 0).map { PreferredRow(pair: $0, target: target) }
        }
      }, columns: PreferredRow.columns)
  }

  private func pair(_ name: String, _ row: Int, _ column: Int) -> PairRow? {
    measures[name].map { measure in
      PairRow(
        name: name, measure: measure, stages: (source.stages[row], target.stages[column]),
        place: (row, column))
    }
  }
}

extension Quantity {
  fileprivate static let measure = Quantity("measure", "measure", "The measure", .text)
  fileprivate static let value = Quantity(
    "value", "value", "The value on all common stimuli")
}
