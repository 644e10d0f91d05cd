internal import ChiasmResults
internal import ChiasmAlignment
internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmStatistics

/// One measure, all pairs of stages, many draws.
///
/// Memory: the prepared stages of both sides and, for each thread, a prepared stage for a permutation
/// or one more than the source has for a bootstrap sample.
struct PairMeasurement<Subject: Measure>: Sendable {
  let measure: Subject
  let pair: ResponsePair
  let threads: Int
  /// Called whenever all pairs of the data or of a draw have their values, on any thread.
  let roundDone: @Sendable () -> Void

  private typealias Prepared = Subject.Prepared
  private var sources: [Stage] { pair.source.stages }
  private var targets: [Stage] { pair.target.stages }

  /// The values on the data and on draws; these are the same for every measure and number of threads.
  func values(
    permutations: Int, samples: Int, seed: UInt64
  ) async throws -> MeasuredPairs {
    let (stages, rows) = (sources + targets, Array(pair.stimulusIDs.indices))
    let prepared = try await concurrentMap(count: stages.count, threads: threads) { number in
      try naming(stages[number]) { () throws(AlignmentError) in
        try measure.prepare(stages[number], rows: rows)
      }
    }
    let (source, target) = (
      Array(prepared.prefix(sources.count)), Array(prepared.dropFirst(sources.count))
    )
    let values = try await observed(source, target)
    roundDone()
    let sampling = StimulusSampling(count: rows.count, seed: seed)
    let permuted = try await concurrentMap(count: permutations, threads: threads) {
      try permutedValues(source, target, by: sampling.permutation($0))
    }
    let resampled = try await concurrentMap(count: samples, threads: threads) {
      try resampledValues(sampling.bootstrapSample($0))
    }
    return MeasuredPairs(
      measure: measure.name, isDistance: measure.isDistance, values: values, permuted: permuted,
      resampled: resampled)
  }

  private func observed(
    _ source: [Prepared], _ target: [Prepared]
  ) async throws -> Matrix<Double> {
    let values = try await concurrentMap(
      count: source.count * target.count, threads: threads
    ) { index in
      let (row, column) = (index / target.count, index % target.count)
      return try naming(sources[row], targets[column]) { () throws(AlignmentError) in
        try measure.value(source[row], target[column])
      }
    }
    return Matrix(rowCount: source.count, columnCount: target.count, elements: values)
  }

  /// The values when position k of the target shows the stimulus `order[k]`.
  private func permutedValues(
    _ source: [Prepared], _ target: [Prepared], by order: [Int]
  ) throws -> Matrix<Double> {
    try draw(source) { column throws(AlignmentError) in
      if let stage = measure.reordering(target[column], by: order) { return stage }
      return try measure.prepare(targets[column], rows: order)
    }
  }

  /// The values on a bootstrap sample of stimuli.
  private func resampledValues(_ sample: [Int]) throws -> Matrix<Double> {
    let source = try sources.map { stage in
      try naming(stage) { () throws(AlignmentError) in
        try ifDefined { () throws(AlignmentError) in
          try measure.prepare(stage, rows: sample)
        }
      }
    }
    return try draw(source) { column throws(AlignmentError) in
      try measure.prepare(targets[column], rows: sample)
    }
  }

  /// The values of a draw, NaN where there is none. Target stages are prepared one after the other.
  private func draw(
    _ source: [Prepared?], target prepare: (Int) throws(AlignmentError) -> Prepared
  ) throws -> Matrix<Double> {
    var values = Matrix(rowCount: source.count, columnCount: targets.count, repeating: Double.nan)
    for (column, stage) in targets.enumerated() {
      let target = try naming(stage) { () throws(AlignmentError) in
        try ifDefined { () throws(AlignmentError) in try prepare(column) }
      }
      guard let target else { continue }
      for (row, source) in source.enumerated() {
        guard let source else { continue }
        let value = try naming(sources[row], stage) { () throws(AlignmentError) in
          try ifDefined { () throws(AlignmentError) in try measure.value(source, target) }
        }
        values[row, column] = value ?? .nan
      }
    }
    roundDone()
    return values
  }
}

/// Adds the stages to an error.
private func naming<Result>(
  _ stages: Stage..., body: () throws(AlignmentError) -> Result
) throws(WorkflowError) -> Result {
  do {
    return try body()
  } catch {
    throw .measure(stages: stages.map(\.name), error)
  }
}

/// Nil where a draw has too few different stimuli, or none over which a stage varies.
private func ifDefined<Result>(
  _ body: () throws(AlignmentError) -> Result
) throws(AlignmentError) -> Result? {
  do {
    return try body()
  } catch {
    switch error {
    case .tooFewStimuli, .nothingToMeasure: return nil
    default: throw error
    }
  }
}
