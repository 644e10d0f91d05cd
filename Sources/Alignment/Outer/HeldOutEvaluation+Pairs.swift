internal import LinearAlgebra

extension HeldOutEvaluation {
  /// S: the matched score of each source stage with each target stage alone.
  var pairScores: Matrix<Double> {
    let count = target.count
    return Matrix(
      rowCount: stageCount, columnCount: count,
      elements: (0..<stageCount * count).map { index in
        let alone = Matrix.choosing([index % count], columnCount: count)
        return matchedScore(stage: index / count, weights: alone.row(0))
      })
  }
}
