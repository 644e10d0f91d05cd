internal import ChiasmLinearAlgebra

extension HeldOutEvaluation {
  /// What `score` gives each source stage when it is predicted from one target stage alone: source
  /// stages × target stages.
  func pairScores(by score: (_ stage: Int, _ weights: [Double]) -> Double) -> Matrix<Double> {
    let alone = Matrix.choosing(Array(target.indices), columnCount: target.count)
    return Matrix(
      rowCount: stageCount, columnCount: target.count,
      elements: (0..<stageCount).flatMap { stage in
        target.indices.map { score(stage, Array(alone.row($0))) }
      })
  }
}
