internal import ChiasmLinearAlgebra
internal import ChiasmStatistics
internal import ChiasmTransport

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

  /// Throws `tooFewForFolds` unless each fold of `trainingCount` stimuli can be judged by. Whole groups of
  /// stimuli may still be too few.
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

/// The solutions of outer problems from the most balanced on, and which of them is taken.
public struct OuterPath: Sendable {
  /// A problem, its solution on all training stimuli of a split, and how it did in the folds.
  public struct Point: Sendable {
    /// The solution.
    public let coupling: StageCoupling
    /// For each fold, the mean held-out correlation of matched units, ⟨P, S⟩ / Σ P; none when there
    /// was no choice.
    public let foldScores: [Double]

    /// The mean over folds; NaN without folds.
    public var criterion: Double { Spread(foldScores).mean }
  }

  /// The solutions, the most balanced first.
  public let points: [Point]
  /// Which point is the coupling.
  public let chosen: Int
  /// For each point how much less than the best its criterion is, and the standard error of that
  /// difference over folds; NaN without folds.
  public let shortfalls: [(mean: Double, error: Double)]

  /// Takes the point of a problem, or by the rule when `problem` is nil: the first that falls short of
  /// the best by no more than one standard error. Without a criterion it is the first.
  init(_ points: [Point], problem: OuterProblem?) {
    let best = points.map(\.criterion).indexOfGreatest().map { points[$0] }
    shortfalls = points.map { point in
      guard let best else { return (.nan, .nan) }
      let differences = Spread(zip(best.foldScores, point.foldScores).map(-))
      let count = Double(point.foldScores.count)
      return (differences.mean, differences.deviation / count.squareRoot())
    }
    self.points = points
    // The same score in another order of summation differs by rounding.
    let near = shortfalls.firstIndex { $0.mean <= $0.error + 1e-12 }
    let asked = problem.flatMap { wanted in
      points.firstIndex { $0.coupling.problem == wanted }
    }
    chosen = asked ?? near ?? 0
  }
}

extension HierarchicalTransport {
  /// Solves an outer problem, and refuses a solution that is not proven.
  func couple(
    _ costs: Matrix<Double>, by problem: OuterProblem
  ) throws(AlignmentError) -> StageCoupling {
    let names = ("source stages", "target stages")
    let coupling: StageCoupling
    do {
      coupling = try problem.solve(
        costs, sourceMasses: outer.sourceMasses, solver: outerSolver)
    } catch {
      throw .transport(source: names.0, target: names.1, problem: "\(error)")
    }
    try coupling.certificate.require(tolerance, between: names)
    return coupling
  }

  /// The path of a fit, judged by the folds of its training stimuli where there are any.
  func path(
    of fit: FittedTransport, folds: [(fit: FittedTransport, data: StandardizedPair)], threads: Int
  ) async throws -> OuterPath {
    var scores: [Matrix<Double>] = []
    for fold in folds {
      let evaluation = try await HeldOutEvaluation(fold.fit, on: fold.data, threads: threads)
      scores.append(evaluation.pairScores(by: evaluation.matchedScore))
    }
    let points = try outer.path.map { problem in
      OuterPath.Point(
        coupling: try couple(fit.costs, by: problem),
        foldScores: try zip(folds, scores).map { fold, scores in
          try couple(fold.fit.costs, by: problem).mean(of: scores)
        })
    }
    return OuterPath(points, problem: outer.problem)
  }
}

extension FittedTransport {
  /// The same unit plans with the coupling that a path chose.
  func coupled(along path: OuterPath) -> FittedTransport {
    let coupling = path.points[path.chosen].coupling
    return FittedTransport(
      split: split, source: source, target: target, matches: matches, costs: costs,
      coupling: coupling.masses, cost: coupling.cost, outerCertificate: coupling.certificate,
      outer: coupling.problem, outerPath: path)
  }
}
