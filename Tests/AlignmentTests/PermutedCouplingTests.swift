import Alignment
import LinearAlgebra
import OptimalTransport
import Responses
import Statistics
import Testing

@Suite("Perm-P")
struct PermutedCouplingTests {
  private let costs = [[0.1, 0.5, 0.9, 0.4], [0.7, 0.2, 0.3, 0.6], [0.8, 0.4, 0.5, 0.1]]

  @Test("Every draw holds the rows of L · P in some order")
  func rows() throws {
    let fit = try madeFit(costs)
    let expected = (0..<3).map { Array(fit.shares.row($0)) }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
    let draws = PermutedCoupling(seed: 3).mixtures(for: fit)
    #expect(draws.count == 100)
    for draw in draws {
      let rows = (0..<3).map { Array(draw.row($0)) }.sorted { $0.lexicographicallyPrecedes($1) }
      #expect(rows == expected)
    }
    #expect(Set(draws.map { "\($0.elements)" }).count == 6)
  }

  @Test("The orders depend on the seed and on nothing else")
  func deterministic() throws {
    let fit = try madeFit(costs)
    let draws = PermutedCoupling(count: 40, seed: 3).mixtures(for: fit)
    #expect(PermutedCoupling(count: 40, seed: 3).mixtures(for: fit) == draws)
    #expect(PermutedCoupling(count: 40, seed: 4).mixtures(for: fit) != draws)
    let other = try madeFit(costs, split: "split_2")
    #expect(PermutedCoupling(count: 40, seed: 3).mixtures(for: other) == draws)
  }

  @Test("Fewer draws are the first of more")
  func prefix() throws {
    let fit = try madeFit(costs)
    let draws = PermutedCoupling(count: 20, seed: 3).mixtures(for: fit)
    #expect(PermutedCoupling(count: 7, seed: 3).mixtures(for: fit) == Array(draws.prefix(7)))
    #expect(PermutedCoupling(count: 0, seed: 3).mixtures(for: fit).isEmpty)
  }

  @Test("The mean score approaches the mean over all orders")
  func exactMean() async throws {
    let pair = try smallPair()
    let data = try StandardizedPair(pair, split: thirds())
    let fit = try await HierarchicalTransport().fit(data, threads: 1)
    let evaluation = try await HeldOutEvaluation(fit, on: data, threads: 1)
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    let scores = orders.map { order in
      (0..<3).map { evaluation.score(stage: $0, weights: fit.shares.row(order[$0])) }
        .reduce(0, +) / 3
    }
    let exact = scores.reduce(0, +) / 6
    let variance = scores.reduce(0) { $0 + ($1 - exact) * ($1 - exact) } / 6
    let alignment = try await SplitAlignment(
      fit, on: data, controls: [PermutedCoupling(count: 600, seed: 8)], threads: 1)
    #expect(alignment.scores.map(\.method) == ["perm-p"])
    #expect(alignment.scores[0].draws.count == 600)
    #expect(variance > 1e-4)
    #expect(abs(alignment.scores[0].score - exact) < 3 * (variance / 600).squareRoot())
  }
}
