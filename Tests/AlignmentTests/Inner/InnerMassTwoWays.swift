import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import ChiasmStatistics
import Testing

@testable import ChiasmAlignment

@Suite("Two ways: partial matchings of units")
struct InnerMassTwoWays {
  private let split = thirds()

  private func fit(
    _ pair: ResponsePair, _ mass: MatchedMass
  ) async throws -> (fit: FittedTransport, data: StandardizedPair) {
    let data = try StandardizedPair(pair, split: split)
    return (try await HierarchicalTransport(innerMass: mass).fit(data, threads: 1), data)
  }

  @Test("Of five units each, s = k/5 is the best of all ways to pair k of them", arguments: 1...5)
  func bruteForce(count: Int) async throws {
    let pair = try ResponsePair(source: system([5], seed: 1), target: system([5], seed: 2))
    let match = try await fit(pair, .fixed(Double(count) / 5)).fit.matches[0]
    let costs = costs(pair)
    let best = leastCost(costs, pairs: count, from: 0, taken: [])
    #expect(abs(match.cost - best / Double(count)) <= 1e-6)
  }

  /// The least sum of `pairs` costs, no two in a row or a column, in rows from `row` on.
  private func leastCost(
    _ costs: [[Double]], pairs: Int, from row: Int, taken: Set<Int>
  ) -> Double {
    guard pairs > 0 else { return 0 }
    guard row < costs.count else { return .infinity }
    let without = leastCost(costs, pairs: pairs, from: row + 1, taken: taken)
    return costs[row].indices.filter { !taken.contains($0) }.reduce(without) { least, column in
      let rest = leastCost(
        costs, pairs: pairs - 1, from: row + 1, taken: taken.union([column]))
      return min(least, costs[row][column] + rest)
    }
  }

  private func costs(_ pair: ResponsePair) -> [[Double]] {
    let (source, target) = (pair.source.stages[0].responses, pair.target.stages[0].responses)
    func training(_ responses: Matrix<Float>, _ unit: Int) -> [Double] {
      split.training.map { Double(responses[$0, unit]) }
    }
    return (0..<source.columnCount).map { unit in
      (0..<target.columnCount).map { other in
        1 - correlation(training(source, unit), training(target, other))
      }
    }
  }

  @Test("Scores are those of the formulas, and a unit that nothing matches counts 0")
  func scores() async throws {
    let pair = try smallPair()
    let (fit, data) = try await fit(pair, .fixed(0.35))
    let alignment = try await SplitAlignment(
      fit, on: data, controls: [CoupledStages()], threads: 1)
    let direct = DirectScores(pair: pair, split: split, fit: fit)
    var unmatched = 0
    for stage in 0..<3 {
      let shares = Array(fit.shares.row(stage))
      let masses = masses(fit, stage: stage, shares: shares)
      let expected = zip(direct.unitScores(stage: stage, weights: shares), masses).map {
        $1 == 0 ? 0 : $0
      }
      #expect(largestDifference(alignment.unitScores[stage], expected) <= 1e-6)
      let mean = expected.reduce(0, +) / Double(expected.count)
      #expect(abs(alignment.scores[0].stageScores[stage] - mean) <= 1e-6)
      let matched = alignment.scores[1].unitScores[stage]
      #expect(matched.map(\.isNaN) == masses.map { $0 == 0 })
      // Weighed by their masses, units have the sum that the formula of balanced plans has.
      let sum = zip(matched, masses).reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.0 * $1.1) }
      let formula = direct.matchedScore(stage: stage, weights: shares)
      #expect(abs(sum / Double(masses.count) - formula) <= 1e-6)
      unmatched += masses.count { $0 == 0 }
    }
    #expect(unmatched > 0)
  }

  @Test("The draws of the score see the same predictions")
  func draws() async throws {
    let (fit, data) = try await fit(smallPair(), .fixed(0.35))
    let alignment = try await SplitAlignment(
      fit, on: data, controls: [CoupledStages()], threads: 1)
    let draws = try await HeldOutDraws(fit, on: data, threads: 1)
    #expect(largestDifference(draws.observed, alignment.scores[0].stageScores) <= 1e-10)
  }

  @Test("The units of either side that have no partner are left out")
  func recovery() async throws {
    // Six of ten units are there on both sides; four on each have nothing to do with the other's.
    let shared = noise(6, stimuli: 300, seed: 1)
    let names = (0..<300).map { "image \($0)" }
    let one = try ResponseSet(
      stimulusIDs: names,
      stages: [Stage(name: "a", responses: joining(shared, noise(4, stimuli: 300, seed: 2)))])
    let other = try ResponseSet(
      stimulusIDs: names,
      stages: [Stage(name: "b", responses: joining(noise(4, stimuli: 300, seed: 3), shared))])
    let data = try StandardizedPair(ResponsePair(source: one, target: other), split: thirds(300))
    let fit = try await HierarchicalTransport(innerMass: .automatic).fit(data, threads: 1)
    #expect(fit.matches[0].mass == 0.6)
    #expect(fit.matches[0].cost <= 1e-6)
    #expect(
      fit.matches[0].plan.entries.filter { $0.mass > 1e-9 }.map { $0.column }
        == Array(4..<10))
    let alignment = try await SplitAlignment(
      fit, on: data, controls: [CoupledStages()], threads: 1)
    #expect(abs(alignment.scores[0].score - 0.6) <= 1e-6)
    #expect(abs(alignment.scores[1].score - 1) <= 1e-6)
  }

  /// Σ_m w_m Σ_j n_l Q_lm[i,j] of every unit.
  private func masses(_ fit: FittedTransport, stage: Int, shares: [Double]) -> [Double] {
    let count = fit.source[stage].unitColumns.count
    return (0..<count).map { unit in
      shares.indices.reduce(0) { sum, target in
        sum + shares[target] * Double(count) * fit.match(stage, target).plan.rowSums[unit]
      }
    }
  }
}
