internal import ChiasmLinearAlgebra
internal import ChiasmTransport
internal import ChiasmStatistics

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
