internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses

/// The use case `compare`: two response sets in, the values of measures for all pairs of stages out.
public struct ComparisonRun: Sendable {
  /// How far a run is, for a progress line.
  public struct Progress: Equatable, Sendable {
    /// Tables of all pairs of stages that are filled: one for each measure and draw.
    public let tablesDone: Int
    /// Tables in all.
    public let tableCount: Int
  }

  /// What is to be compared and how.
  public let settings: ComparisonSettings
  /// What the user should know before the work starts: guesses that were made while reading.
  public let notes: [String]
  private let measures: [any Measure]
  private let pair: ResponsePair
  private let files: [String]

  /// Reads both sets and joins them, so that bad input fails before any work.
  public init(_ settings: ComparisonSettings) throws(WorkflowError) {
    measures = try MeasureCatalogue.measures(named: settings.measures, seed: settings.seed)
    try Self.check(settings, measures)
    let subsample = try UnitSubsample(atMost: settings.maximumUnits, seed: settings.seed)
    let source = try StoredResponseSet(
      path: settings.source, stages: settings.sourceStages, drawing: subsample, from: 0)
    let target = try StoredResponseSet(
      path: settings.target, stages: settings.targetStages, drawing: subsample,
      from: source.responses.stages.count)
    pair = try ResponsePair(joining: source, target, minimumCommon: Self.leastStimulusCount)
    try Self.check(measures, stimulusCount: pair.stimulusIDs.count)
    self.settings = settings
    files = source.files + target.files
    notes =
      source.notes + target.notes + pair.overlap.notes + Self.notes(on: pair, settings)
  }

  /// Below it there are too few pairs of stimuli: 4 have 6.
  static let leastStimulusCount = 4

  /// Carries out every measure, one after the other.
  ///
  /// - Parameters:
  ///   - command: the command line, for the record.
  ///   - threads: how many pairs of stages or draws are worked on at once; it changes no number.
  ///   - progress: called whenever all pairs of the data or of a draw have their values, on any
  ///     thread.
  public func run(
    command: String, threads: Int, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws(WorkflowError) -> ComparisonResult {
    do {
      setProductThreadCount(1)
      let tableCount =
        measures.count * (1 + settings.permutationCount + settings.bootstrapCount)
      let counter = Counter()
      var done: [MeasuredPairs] = []
      for measure in measures {
        let measured = try await carryOut(measure, threads: threads) {
          progress(Progress(tablesDone: counter.increment(), tableCount: tableCount))
        }
        done.append(measured)
      }
      return try result(done, command: command)
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension ComparisonRun {
  private func carryOut<Subject: Measure>(
    _ measure: Subject, threads: Int, roundDone: @escaping @Sendable () -> Void
  ) async throws -> MeasuredPairs {
    try await PairMeasurement(
      measure: measure, pair: pair, threads: threads, roundDone: roundDone
    ).values(
      permutations: settings.permutationCount, samples: settings.bootstrapCount,
      seed: settings.seed)
  }

  private func result(
    _ done: [MeasuredPairs], command: String
  ) throws(ArrayFileError) -> ComparisonResult {
    ComparisonResult(
      settings: settings, measures: done, overlap: pair.overlap,
      sourceNames: pair.source.stageNames, targetNames: pair.target.stageNames,
      fileUnitCounts: (
        pair.source.stages.map(\.fileUnitCount), pair.target.stages.map(\.fileUnitCount)
      ),
      averagedRepeats: (pair.source.averagedRepeatCount, pair.target.averagedRepeatCount),
      provenance: try Provenance(
        command: command, seed: settings.seed, inputs: files, notes: notes))
  }

  private static func check(
    _ settings: ComparisonSettings, _ measures: [any Measure]
  ) throws(WorkflowError) {
    if measures.isEmpty {
      throw .setting(name: "The number of measures", expected: "at least 1", actual: "0")
    }
    for (name, count) in [
      ("permutations", settings.permutationCount), ("bootstrap samples", settings.bootstrapCount),
    ] where !(0...100_000).contains(count) {
      throw .setting(
        name: "The number of \(name)", expected: "from 0 to 100,000", actual: "\(count)")
    }
  }

  private static func check(
    _ measures: [any Measure], stimulusCount: Int
  ) throws(WorkflowError) {
    for measure in measures where measure.leastStimulusCount > stimulusCount {
      throw .measure(
        stages: [],
        .tooFewStimuli(
          measure: measure.name, needed: measure.leastStimulusCount, found: stimulusCount))
    }
  }
}
