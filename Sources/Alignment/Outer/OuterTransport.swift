internal import ChiasmStatistics

/// Which outer problem is solved, or among which it is chosen.
///
/// Where it is chosen, the training stimuli of each split are divided into folds. On the stimuli of all
/// folds but one the unit plans are refitted and every problem of `path` is solved; the stimuli of
/// that fold give each of them the score ⟨P, S⟩ / Σ P, where S_lm is the matched score of a pair of
/// stages, the mean correlation of matched units. The score is linear in P: averaging stages does not
/// raise it. The first problem of the path that falls short of the best by no more than one standard
/// error of that difference over the folds is taken (`OuterPath`), and solved on all training stimuli.
public struct OuterTransport: Equatable, Sendable {
  /// The problem; nil when it is chosen among those of `path`.
  public var problem: OuterProblem?
  /// The problems whose solutions are kept beside, the most balanced first.
  public var path: [OuterProblem]
  /// The folds that a choice is judged by, at least 2.
  public var foldCount: Int
  /// The seed of the folds.
  public var seed: UInt64
  /// What the source stages weigh, none negative and not all 0; nil for all the same.
  public var sourceWeights: [Double]?

  /// Solves one problem, and those on its path.
  public init(_ problem: OuterProblem, sourceWeights: [Double]? = nil) {
    self.init(problem: problem, path: problem.path, foldCount: 3, seed: 0)
    self.sourceWeights = sourceWeights
  }

  /// Chooses a problem by cross-validation.
  ///
  /// - Precondition: at least 2 folds and a problem.
  public init(
    choosingFrom path: [OuterProblem] = OuterProblem.penalties, foldCount: Int = 3, seed: UInt64,
    sourceWeights: [Double]? = nil
  ) {
    precondition(foldCount > 1 && !path.isEmpty, "A choice needs folds and problems.")
    self.init(problem: nil, path: path, foldCount: foldCount, seed: seed)
    self.sourceWeights = sourceWeights
  }

  private init(problem: OuterProblem?, path: [OuterProblem], foldCount: Int, seed: UInt64) {
    (self.problem, self.path, self.foldCount, self.seed) = (problem, path, foldCount, seed)
  }

  /// The published method.
  public static let balanced = OuterTransport(.balanced)

  /// How many times unit plans are fitted for each split.
  public var fitsPerSplit: Int { problem == nil ? 1 + foldCount : 1 }

  /// Throws `tooFewForFolds` unless each fold of `trainingCount` stimuli can be judged by.
  public func check(trainingCount: Int, split: String) throws(AlignmentError) {
    let needed = foldCount * StandardizedPair.leastCount
    guard problem == nil && trainingCount < needed else { return }
    throw .tooFewForFolds(
      split: split, training: trainingCount, folds: foldCount, needed: needed)
  }

  /// Masses of total 1 for the source stages; nil for all the same.
  var sourceMasses: [Double]? {
    sourceWeights.map { weights in
      let total = weights.reduce(0, +)
      return weights.map { $0 / total }
    }
  }

  /// The folds of a split; none unless the problem is chosen.
  func folds(of data: StandardizedPair) throws(AlignmentError) -> [StandardizedPair] {
    guard problem == nil else { return [] }
    return try data.folds(count: foldCount, seed: seed) { (count) throws(AlignmentError) in
      try check(trainingCount: count, split: data.split.name)
    }
  }
}
