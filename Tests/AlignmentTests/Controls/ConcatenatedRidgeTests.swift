import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import Testing

@Suite("Ridge on all target stages")
struct ConcatenatedRidgeTests {
  @Test(
    "Two ways: with one penalty it is the solution of the normal equations", arguments: [0.01, 1])
  func normalEquations(penalty: Double) async throws {
    let pair = try smallPair()
    let split = thirds()
    let alignment = try await align(
      pair, controls: [ConcatenatedRidge(relativePenalties: [penalty], seed: 0)], threads: 2)
    #expect(alignment.scores.map(\.method) == ["ridge"])
    let target = pair.target.stages.flatMap { stage in
      (0..<stage.unitCount).map { zScores(stage, $0, split) }
    }
    for (number, stage) in pair.source.stages.enumerated() {
      for unit in 0..<stage.unitCount {
        let expected = direct(
          zScores(stage, unit, split), target, split, penalty: penalty * Double(target.count))
        #expect(abs(alignment.scores[0].unitScores[number][unit] - expected) < 1e-5)
      }
    }
  }

  @Test("A source that is linear in the target, which no layer holds alone, is predicted")
  func linear() async throws {
    let target = try system([4, 3], stimuli: 60, seed: 2)
    let (left, right) = (target.stages[0].responses, target.stages[1].responses)
    let values = (0..<60).flatMap { row in
      [left[row, 0] - right[row, 1], left[row, 3] + 2 * right[row, 2]]
    }
    let source = try ResponseSet(
      stimulusIDs: target.stimulusIDs,
      stages: [
        Stage(name: "sum", responses: Matrix(rowCount: 60, columnCount: 2, elements: values))
      ])
    let alignment = try await align(
      ResponsePair(source: source, target: target), thirds(60),
      controls: [CoupledStages(), ConcatenatedRidge(seed: 0)])
    #expect(alignment.scores[2].score > 0.999)
    #expect(alignment.scores[2].score > alignment.scores[0].score)
  }

  @Test("Held-out stimuli of the source change no prediction, so that their sign turns the score")
  func leakage() async throws {
    let (pair, split) = (try smallPair(), thirds())
    let turned = changing(
      source: { stage in
        var responses = stage.responses
        for row in split.heldOut {
          for unit in 0..<stage.unitCount { responses[row, unit] *= -1 }
        }
        return Stage(name: stage.name, responses: responses)
      }, in: pair)
    let one = try await align(pair, controls: [ConcatenatedRidge(seed: 3)])
    let other = try await align(turned, controls: [ConcatenatedRidge(seed: 3)])
    for (own, opposite) in zip(one.scores[0].unitScores, other.scores[0].unitScores) {
      #expect(largestDifference(own, opposite.map { -$0 }) < 1e-6)
    }
  }

  @Test("As few as three training stimuli are enough")
  func few() async throws {
    let split = Split(name: "few", training: [0, 1, 2], heldOut: Array(3..<30))
    let alignment = try await align(smallPair(), split, controls: [ConcatenatedRidge(seed: 0)])
    #expect(alignment.scores[0].score.isFinite)
  }

  /// All stimuli of a unit, z-scored on the training stimuli.
  private func zScores(_ stage: Stage, _ unit: Int, _ split: Split) -> [Double] {
    let values = stage.responses.column(unit).map(Double.init)
    let mean = split.training.reduce(0) { $0 + values[$1] } / Double(split.training.count)
    let squares = split.training.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
    return values.map { ($0 - mean) / (squares / Double(split.training.count)).squareRoot() }
  }

  /// r of held-out responses with Z′ (Zᵀ Z + λ)⁻¹ Zᵀ y, by elimination.
  private func direct(
    _ unit: [Double], _ target: [[Double]], _ split: Split, penalty: Double
  ) -> Double {
    func product(_ a: [Double], _ b: [Double]) -> Double {
      split.training.reduce(0) { $0 + a[$1] * b[$1] }
    }
    let scale = max(1, Double(split.training.count) / Double(target.count))
    var rows = target.indices.map { row in
      target.indices.map { column in
        product(target[row], target[column]) + (row == column ? penalty * scale : 0)
      } + [product(target[row], unit)]
    }
    for pivot in rows.indices {
      for row in rows.indices where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...target.count { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    let weights = rows.indices.map { rows[$0][target.count] / rows[$0][$0] }
    let prediction = split.heldOut.map { stimulus in
      weights.indices.reduce(0) { $0 + weights[$1] * target[$1][stimulus] }
    }
    return correlation(prediction, split.heldOut.map { unit[$0] })
  }
}
