public import ChiasmLinearAlgebra
public import ChiasmResponses

/// A way to say how alike two stages are: a configured value that takes responses to a number.
///
/// A stage is prepared once and compared with as many others as one likes. Stimuli come as `rows` of
/// the responses, in any order: position k of one stage belongs to position k of the other. So a
/// permutation null prepares the target with its rows permuted, and a bootstrap sample prepares both
/// sides with the same rows, some of them repeated.
///
/// Position k and position k′ of a stage show the same stimulus when their rows are equal. Measures
/// that look at one stimulus at a time count it as often as it comes. What the others do about the
/// pairs that a stimulus makes with itself they say themselves. A null over a bootstrap sample needs
/// the same sample on both sides; permute the stimuli, not the repeated positions.
///
/// Units without variance over the rows in use are left out, as is a unit with a NaN or an infinity
/// there.
public protocol Measure: Sendable {
  /// What comparing needs to know of a stage.
  associatedtype Prepared: Sendable
  /// The name in tables, such as `cka-debiased`: it tells the settings that change what is measured.
  var name: String { get }
  /// Whether a smaller value means more alike; otherwise a greater one does.
  var isDistance: Bool { get }
  /// The number of different stimuli below which there is no value.
  var leastStimulusCount: Int { get }
  /// About how many bytes comparing two stages takes for each pair of their units; 0 where it does not
  /// grow with these.
  var bytesPerUnitPair: Int { get }

  /// Prepares a stage, of which the stimuli `rows` are used.
  ///
  /// - Throws: `AlignmentError.tooFewStimuli` when `rows` hold fewer than `leastStimulusCount`
  ///   different ones, `.nothingToMeasure` when no unit varies over them.
  func prepare(_ stage: Stage, rows: [Int]) throws(AlignmentError) -> Prepared

  /// Whether a stage can be prepared of which only dissimilarities are known.
  var takesDissimilarities: Bool { get }

  /// Prepares a stage of which only dissimilarities are known, as from responses that differ so.
  ///
  /// - Throws: `AlignmentError.needsResponses` unless the measure takes them, `.tooFewStimuli` as for
  ///   responses.
  func prepare(_ stage: DissimilarityStage, rows: [Int]) throws(AlignmentError) -> Prepared

  /// The value for two stages that this measure prepared with equally many rows. Traps when they were
  /// not.
  ///
  /// NaN where the definition divides by a variance that is zero.
  func value(_ source: Prepared, _ target: Prepared) throws(AlignmentError) -> Double

  /// The stage as `prepare` would give it, up to rounding, if position k showed the stimulus that is
  /// at position `order[k]` here. Nil where this is no quicker than to prepare the stage anew.
  func reordering(_ prepared: Prepared, by order: [Int]) -> Prepared?
}

extension Measure {
  /// A similarity, unless a measure says otherwise.
  public var isDistance: Bool { false }
  /// False, unless a measure says otherwise.
  public var takesDissimilarities: Bool { false }
  /// Throws `needsResponses`, unless a measure takes dissimilarities.
  public func prepare(
    _ stage: DissimilarityStage, rows: [Int]
  ) throws(AlignmentError) -> Prepared {
    throw .needsResponses(measure: name)
  }
  /// Three, unless a measure says otherwise: two stimuli correlate perfectly whatever they are.
  public var leastStimulusCount: Int { 3 }
  /// None, unless a measure says otherwise.
  public var bytesPerUnitPair: Int { 0 }
  /// Nil, unless a measure says otherwise.
  public func reordering(_ prepared: Prepared, by order: [Int]) -> Prepared? { nil }

  /// Prepares responses, stimuli × units, that have no name.
  public func prepare(_ responses: Matrix<Float>, rows: [Int]) throws(AlignmentError) -> Prepared {
    try prepare(Stage(name: "", responses: responses), rows: rows)
  }

  /// The values of all pairs: source stages × target stages.
  ///
  /// - Parameters:
  ///   - rows: the stimuli in use.
  ///   - targetRows: those of the target where they differ: a permutation of `rows` for a null.
  public func values(
    _ sources: [Matrix<Float>], _ targets: [Matrix<Float>], rows: [Int], targetRows: [Int]? = nil
  ) throws(AlignmentError) -> Matrix<Double> {
    var values: [Double] = []
    let prepared = try targets.map { target throws(AlignmentError) in
      try prepare(target, rows: targetRows ?? rows)
    }
    for stage in sources {
      let source = try prepare(stage, rows: rows)
      for target in prepared { values.append(try value(source, target)) }
    }
    return Matrix(rowCount: sources.count, columnCount: targets.count, elements: values)
  }

  /// The z-score of the units over the rows in use, after a look at whether there are enough of both.
  func standardization(
    of stage: Stage, rows: [Int]
  ) throws(AlignmentError) -> Standardization {
    try checkCount(rows)
    let fit = Standardization(fitting: stage, rows: rows)
    guard !fit.varyingColumns.isEmpty else {
      throw .nothingToMeasure(measure: name, stimulusCount: Set(rows).count)
    }
    return fit
  }

  /// Throws `tooFewStimuli` when `rows` hold fewer different ones than the measure needs.
  func checkCount(_ rows: [Int]) throws(AlignmentError) {
    let stimulusCount = Set(rows).count
    guard stimulusCount >= leastStimulusCount else {
      throw .tooFewStimuli(measure: name, needed: leastStimulusCount, found: stimulusCount)
    }
  }
}
