internal import ChiasmStatistics

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
