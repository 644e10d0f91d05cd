@testable import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import ChiasmTransport
import Testing

@Suite("Two ways: scores from products of predictions and from their formulas")
struct HeldOutTwoWays {
  private let pair: ResponsePair
  private let split = thirds()

  init() throws { pair = try smallPair() }

  @Test(
    "Any mixture of target stages scores the same both ways",
    arguments: [
      [1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25], [0.5, 0, 0.3, 0.2], [2, 3, 0, 1], [0, 0, 1e-3, 0],
    ])
  func mixtures(weights: [Double]) async throws {
    let (evaluation, direct) = try await bothWays()
    for stage in 0..<3 {
      let expected = direct.unitScores(stage: stage, weights: weights)
      let scores = evaluation.unitScores(stage: stage, weights: weights)
      #expect(largestDifference(scores, expected) <= 3e-7)
      let mean = expected.reduce(0, +) / Double(expected.count)
      #expect(abs(evaluation.score(stage: stage, weights: weights) - mean) <= 2e-7)
      let matched = direct.matchedScore(stage: stage, weights: weights)
      #expect(abs(evaluation.matchedScore(stage: stage, weights: weights) - matched) <= 2e-7)
    }
  }

  @Test("The scores of HOT are those of the mixture L · P")
  func hot() async throws {
    let alignment = try await align(pair)
    let direct = DirectScores(pair: pair, split: split, fit: alignment.fit)
    for stage in 0..<3 {
      let weights = alignment.fit.coupling.row(stage).map { 3 * $0 }
      let units = direct.unitScores(stage: stage, weights: weights)
      #expect(largestDifference(alignment.unitScores[stage], units) <= 3e-7)
      let mean = units.reduce(0, +) / Double(units.count)
      #expect(abs(alignment.scores[0].stageScores[stage] - mean) <= 2e-7)
    }
    let stages = alignment.scores[0].stageScores
    #expect(abs(alignment.scores[0].score - stages.reduce(0, +) / 3) <= 1e-15)
  }

  @Test("A stage of many units, scored in blocks, keeps their order")
  func manyUnits() async throws {
    let pair = try ResponsePair(source: system([130], seed: 1), target: system([2, 3], seed: 2))
    let alignment = try await align(pair, threads: 3)
    let direct = DirectScores(pair: pair, split: split, fit: alignment.fit)
    let expected = direct.unitScores(stage: 0, weights: Array(alignment.fit.shares.row(0)))
    #expect(largestDifference(alignment.unitScores[0], expected) <= 1e-6)
  }

  @Test("A common factor of the weights changes no score but scales the matched one")
  func homogeneous() async throws {
    let (evaluation, _) = try await bothWays()
    let weights = [0.5, 0, 0.3, 0.2]
    let tenfold = weights.map { 10 * $0 }
    let scores = [weights, tenfold].map { evaluation.score(stage: 1, weights: $0) }
    let matched = [weights, tenfold].map { evaluation.matchedScore(stage: 1, weights: $0) }
    #expect(abs(scores[0] - scores[1]) <= 1e-14)
    #expect(abs(10 * matched[0] - matched[1]) <= 1e-14)
  }

  @Test("Without the target's noise each matched pair is divided by the root of its ceiling")
  func targetNoise() async throws {
    let data = try StandardizedPair(pair, split: split)
    let fit = try await HierarchicalTransport().fit(data, threads: 1)
    // The second unit of each stage has no ceiling to divide by.
    let ceilings = pair.target.stages.map { stage in
      (0..<stage.unitCount).map { $0 == 1 ? .nan : 0.3 + 0.05 * Double($0) }
    }
    let evaluation = try await HeldOutEvaluation(
      fit, on: data, targetCeilings: ceilings, threads: 1)
    let direct = DirectScores(pair: pair, split: split, fit: fit)
    let weights = [0.5, 0, 0.3, 0.2]
    for stage in 0..<3 {
      let expected = direct.matchedUnitScores(stage: stage, weights: weights, ceilings: ceilings)
      let scores = evaluation.matchedUnitScoresWithoutTargetNoise(stage: stage, weights: weights)
      #expect(largestDifference(try #require(scores), expected) <= 1e-6)
    }
    let (without, _) = try await bothWays()
    #expect(without.matchedUnitScoresWithoutTargetNoise(stage: 0, weights: weights) == nil)
  }

  @Test("What predicts need not be a plan: any rule that weighs target units is scored alike")
  func otherPredictors() async throws {
    let data = try StandardizedPair(pair, split: split)
    let fit = try await HierarchicalTransport().fit(data, threads: 1)
    let (source, target) = try await data.heldOutResponses(threads: 1)
    let dense = try await HeldOutEvaluation(source: source, target: target, threads: 1) {
      DenseWeights(plan: fit.match($0, $1).plan.dense)
    }
    let sparse = try await HeldOutEvaluation(fit, on: data, threads: 1)
    for stage in 0..<3 {
      let weights = fit.shares.row(stage)
      #expect(
        largestDifference(
          dense.unitScores(stage: stage, weights: weights),
          sparse.unitScores(stage: stage, weights: weights)) <= 1e-14)
      #expect(dense.matchedScore(stage: stage, weights: weights) == 0)
    }
  }

  @Test("A source unit that is constant on held-out stimuli is left out of the mean")
  func constantSource() async throws {
    let changed = changing(source: { freezing(0, of: $0) }, in: pair)
    let alignment = try await align(changed)
    let direct = DirectScores(pair: changed, split: split, fit: alignment.fit)
    for stage in 0..<3 {
      #expect(alignment.unitScores[stage][0].isNaN)
      let rest = direct.unitScores(stage: stage, weights: Array(alignment.fit.shares.row(stage)))
        .dropFirst()
      let mean = rest.reduce(0, +) / Double(rest.count)
      #expect(abs(alignment.scores[0].stageScores[stage] - mean) <= 2e-7)
      #expect(alignment.scores[1].stageScores[stage].isFinite)
    }
  }

  @Test("A prediction that is constant on held-out stimuli correlates 0")
  func constantTarget() async throws {
    let changed = changing(
      target: { stage in
        stage.name == "stage 2"
          ? (0..<stage.unitCount).reduce(stage) { freezing($1, of: $0) } : stage
      }, in: pair)
    let data = try StandardizedPair(changed, split: split)
    let fit = try await HierarchicalTransport().fit(data, threads: 1)
    let evaluation = try await HeldOutEvaluation(fit, on: data, threads: 1)
    #expect(evaluation.score(stage: 0, weights: [0, 0, 1, 0]) == 0)
    #expect(evaluation.matchedScore(stage: 0, weights: [0, 0, 1, 0]) == 0)
    #expect(evaluation.unitScores(stage: 0, weights: [0, 0, 0, 0]) == [0, 0, 0, 0, 0, 0])
  }

  @Test("A stage in which nothing varies on held-out stimuli has no score")
  func constantStage() async throws {
    let changed = changing(
      source: { stage in (0..<stage.unitCount).reduce(stage) { freezing($1, of: $0) } }, in: pair)
    let alignment = try await align(changed)
    #expect(alignment.scores.allSatisfy { $0.stageScores.allSatisfy(\.isNaN) })
  }

  private func bothWays() async throws -> (HeldOutEvaluation, DirectScores) {
    let data = try StandardizedPair(pair, split: split)
    let fit = try await HierarchicalTransport().fit(data, threads: 1)
    let evaluation = try await HeldOutEvaluation(fit, on: data, threads: 1)
    return (evaluation, DirectScores(pair: pair, split: split, fit: fit))
  }

  /// The stage with one unit constant on the held-out stimuli.
  private func freezing(_ unit: Int, of stage: Stage) -> Stage {
    var responses = stage.responses
    for row in split.heldOut { responses[row, unit] = 0.3 }
    return Stage(name: stage.name, responses: responses)
  }
}

/// Predicts by all entries of a plan, those that are 0 too, and says nothing of single target units.
private struct DenseWeights: UnitPredictor {
  let plan: Matrix<Double>

  func predict(
    _ unit: Int, from target: Matrix<Double>, times factor: Double, into rows: inout Matrix<Double>,
    row: Int
  ) {
    for column in 0..<plan.columnCount {
      let weight = factor * Double(plan.rowCount) * plan[unit, column]
      rows.add(weight, times: column, of: target, toRow: row)
    }
  }

  func predict(
    _ unit: Int, of source: HeldOutResponses, from target: HeldOutResponses,
    into rows: inout Matrix<Double>, row: Int
  ) -> MatchedCorrelations {
    predict(unit, from: target.values, times: 1, into: &rows, row: row)
    return MatchedCorrelations()
  }
}
