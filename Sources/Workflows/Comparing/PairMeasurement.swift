internal import ChiasmAlignment
internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmStatistics

/// A draw of stimuli by which a measure is computed anew.
struct MeasureDraw: JournaledReplicate {
  enum Kind: String { case permutation, bootstrap }
  /// The name of the measure, which has no blanks.
  let measure: String
  let kind: Kind
  let number: Int

  var key: String { "\(measure):\(kind.rawValue) \(number)" }

  /// The draws of a measure, permutations first.
  static func all(of measure: String, permutations: Int, samples: Int) -> [MeasureDraw] {
    (0..<permutations).map { MeasureDraw(measure: measure, kind: .permutation, number: $0) }
      + (0..<samples).map { MeasureDraw(measure: measure, kind: .bootstrap, number: $0) }
  }
}

/// One measure, all pairs of stages, many draws.
///
/// Memory: the prepared stages of both sides and, for each thread, a prepared stage for a permutation
/// or one more than the source has for a bootstrap sample.
struct PairMeasurement<Subject: Measure>: Sendable {
  let measure: Subject
  let pair: ComparedPair
  let threads: Int

  /// Stages of both sides, ready to be compared.
  struct PreparedPair: Sendable {
    let source: [Subject.Prepared]
    let target: [Subject.Prepared]
  }

  private var sources: [ComparedSystem.Stage] { pair.source.stages }
  private var targets: [ComparedSystem.Stage] { pair.target.stages }

  private func prepare(
    _ stage: ComparedSystem.Stage, rows: [Int]
  ) throws(AlignmentError) -> Subject.Prepared {
    switch stage {
    case .responses(let stage): try measure.prepare(stage, rows: rows)
    case .dissimilarities(let stage): try measure.prepare(stage, rows: rows)
    }
  }

  /// Prepares all stages with all stimuli.
  func prepared() async throws -> PreparedPair {
    let (stages, rows) = (sources + targets, Array(pair.stimulusIDs.indices))
    let prepared = try await concurrentMap(count: stages.count, threads: threads) { number in
      try naming(stages[number]) { () throws(AlignmentError) in
        try prepare(stages[number], rows: rows)
      }
    }
    return PreparedPair(
      source: Array(prepared.prefix(sources.count)),
      target: Array(prepared.dropFirst(sources.count)))
  }

  /// The values on the data: source stages × target stages.
  func values(of pair: PreparedPair) async throws -> Matrix<Double> {
    let columns = pair.target.count
    let values = try await concurrentMap(
      count: pair.source.count * columns, threads: threads
    ) { index in
      let (row, column) = (index / columns, index % columns)
      return try naming(sources[row], targets[column]) { () throws(AlignmentError) in
        try measure.value(pair.source[row], pair.target[column])
      }
    }
    return Matrix(rowCount: pair.source.count, columnCount: columns, elements: values)
  }

  /// The values on draws, in their order; these are the same for every measure and number of threads.
  ///
  /// - Parameter done: told of every draw as it is done and how long it kept a thread.
  func values(
    of draws: [MeasureDraw], _ pair: PreparedPair, _ sampling: StimulusSampling,
    done: (MeasureDraw, [Double], Duration) throws -> Void
  ) async throws -> [[Double]] {
    try await concurrentMap(
      count: draws.count, threads: threads,
      done: { try done(draws[$0], $1.values, $1.duration) }
    ) { index in
      let (start, number) = (ContinuousClock.now, draws[index].number)
      let values =
        switch draws[index].kind {
        case .permutation: try permutedValues(pair, by: sampling.permutation(number))
        case .bootstrap: try resampledValues(sampling.bootstrapSample(number))
        }
      return (values: values.elements, duration: ContinuousClock.now - start)
    }.map(\.values)
  }

  /// The values when position k of the target shows the stimulus `order[k]`.
  private func permutedValues(_ pair: PreparedPair, by order: [Int]) throws -> Matrix<Double> {
    try draw(pair.source) { column throws(AlignmentError) in
      if let stage = measure.reordering(pair.target[column], by: order) { return stage }
      return try prepare(targets[column], rows: order)
    }
  }

  /// The values on a bootstrap sample of stimuli.
  private func resampledValues(_ sample: [Int]) throws -> Matrix<Double> {
    let source = try sources.map { stage in
      try naming(stage) { () throws(AlignmentError) in
        try ifDefined { () throws(AlignmentError) in
          try prepare(stage, rows: sample)
        }
      }
    }
    return try draw(source) { column throws(AlignmentError) in
      try prepare(targets[column], rows: sample)
    }
  }

  /// The values of a draw, NaN where there is none. Target stages are prepared one after the other.
  private func draw(
    _ source: [Subject.Prepared?],
    target prepare: (Int) throws(AlignmentError) -> Subject.Prepared
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
    return values
  }
}

/// Adds the stages to an error.
private func naming<Result>(
  _ stages: ComparedSystem.Stage..., body: () throws(AlignmentError) -> Result
) throws(WorkflowError) -> Result {
  do {
    return try body()
  } catch {
    throw .measure(stages: stages.map(\.name), error)
  }
}

/// Nil where a draw has too few different stimuli or groups of them, or none over which a stage varies.
private func ifDefined<Result>(
  _ body: () throws(AlignmentError) -> Result
) throws(AlignmentError) -> Result? {
  do {
    return try body()
  } catch {
    switch error {
    case .tooFewStimuli, .tooFewGroups, .nothingToMeasure: return nil
    default: throw error
    }
  }
}
