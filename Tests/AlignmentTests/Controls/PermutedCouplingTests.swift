import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import ChiasmTransport
import Testing

@Suite("Perm-P")
struct PermutedCouplingTests {
  @Test("Of few source stages every other order of the rows of L · P is taken once")
  func allOrders() throws {
    for (count, orders) in [(2, 1), (3, 5), (4, 23), (6, 719)] {
      let fit = try madeFit(costs(count))
      let draws = PermutedCoupling(seed: 3).mixtures(for: fit)
      #expect(draws.count == orders && Set(draws.map { "\($0.elements)" }).count == orders)
      #expect(!draws.contains(fit.shares))
      #expect(draws.allSatisfy { sortedRows($0) == sortedRows(fit.shares) })
      #expect(PermutedCoupling(count: 7, seed: 4).mixtures(for: fit) == draws)
    }
  }

  @Test("A single source stage has no other order, and so no score")
  func singleStage() throws {
    let draws = PermutedCoupling(seed: 3).mixtures(for: try madeFit(costs(1)))
    #expect(draws.count == 1 && draws[0].elements.allSatisfy(\.isNaN))
  }

  @Test("Of many source stages orders are drawn, by the seed and nothing else, never their own")
  func drawn() throws {
    let fit = try madeFit(costs(7))
    let draws = PermutedCoupling(count: 8000, seed: 3).mixtures(for: fit)
    #expect(draws.count == 8000 && !draws.contains(fit.shares))
    #expect(draws.allSatisfy { sortedRows($0) == sortedRows(fit.shares) })
    #expect(PermutedCoupling(seed: 3).mixtures(for: fit) == Array(draws.prefix(100)))
    #expect(PermutedCoupling(seed: 4).mixtures(for: fit) != Array(draws.prefix(100)))
    let other = try madeFit(costs(7), split: "split_2")
    #expect(PermutedCoupling(seed: 3).mixtures(for: other) == Array(draws.prefix(100)))
    #expect(PermutedCoupling(count: 0, seed: 3).mixtures(for: fit).isEmpty)
  }

  @Test("The score is the mean over all other orders, and HOT's rank is among all orders")
  func exactMean() async throws {
    let pair = try smallPair()
    let data = try StandardizedPair(pair, split: thirds())
    let fit = try await HierarchicalTransport().fit(data, threads: 1)
    let evaluation = try await HeldOutEvaluation(fit, on: data, threads: 1)
    let orders = [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    let scores = orders.map { order in
      (0..<3).map { evaluation.score(stage: $0, weights: fit.shares.row(order[$0])) }
        .reduce(0, +) / 3
    }
    let alignment = try await SplitAlignment(
      fit, on: data, controls: [PermutedCoupling(seed: 8)], threads: 1)
    #expect(alignment.scores.map(\.method) == ["perm-p"])
    #expect(largestDifference(alignment.scores[0].drawScores, scores) <= 1e-15)
  }

  /// Costs whose coupling has rows that all differ, for any number of stages.
  private func costs(_ count: Int) -> [[Double]] {
    (0..<count).map { row in (0..<count).map { $0 == row ? 0.1 : 0.5 + Double(row) / 100 } }
  }

  private func sortedRows(_ matrix: Matrix<Double>) -> [[Double]] {
    (0..<matrix.rowCount).map { Array(matrix.row($0)) }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }
}

@Suite("Entropy-P")
struct ShuffledSharesTests {
  private let costs = [[0.1, 0.5, 0.9, 0.4], [0.7, 0.2, 0.3, 0.6], [0.8, 0.4, 0.5, 0.1]]

  @Test("Every row of a draw holds the shares of the same row of L · P")
  func rows() throws {
    let fit = try madeFit(costs)
    let draws = ShuffledShares(count: 50, seed: 3).mixtures(for: fit)
    #expect(draws.count == 50)
    for draw in draws {
      for row in 0..<3 { #expect(draw.row(row).sorted() == fit.shares.row(row).sorted()) }
    }
    #expect(Set(draws.map { "\($0.elements)" }).count > 25)
  }

  @Test("Each share comes to each target stage equally often")
  func fair() throws {
    let fit = try madeFit(
      costs, coupling: [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0.1, 0.2, 0.3, 0.4]])
    let draws = ShuffledShares(count: 4000, seed: 9).mixtures(for: fit)
    for row in 0..<3 {
      for column in 0..<4 {
        let mean = draws.reduce(0) { $0 + $1[row, column] } / 4000
        let expected = fit.shares.row(row).reduce(0, +) / 4
        #expect(abs(mean - expected) < 0.08, "seed 9")
      }
    }
  }

  @Test("The orders depend on the seed and on nothing else")
  func deterministic() throws {
    let fit = try madeFit(costs)
    let draws = ShuffledShares(count: 20, seed: 3).mixtures(for: fit)
    #expect(ShuffledShares(count: 20, seed: 4).mixtures(for: fit) != draws)
    let other = try madeFit(costs, split: "split_2")
    #expect(ShuffledShares(count: 20, seed: 3).mixtures(for: other) == draws)
    #expect(ShuffledShares(count: 7, seed: 3).mixtures(for: fit) == Array(draws.prefix(7)))
  }

  @Test("Where HOT spreads a stage evenly, Entropy-P is Uniform-P")
  func even() async throws {
    let pair = try ResponsePair(source: system([6], seed: 1), target: system([4, 5, 7], seed: 2))
    let alignment = try await align(
      pair, controls: [CoupledStages(), ShuffledShares(count: 5, seed: 1), UniformCoupling()])
    let scores = alignment.scores.filter { !$0.method.hasSuffix("matched") }
    #expect(scores.map(\.method) == ["hot", "entropy-p", "uniform-p"])
    #expect(abs(scores[1].score - scores[2].score) < 1e-14)
    #expect(abs(scores[0].score - scores[2].score) < 1e-14)
    #expect(scores[1].unitScores.map(\.count) == [6])
  }
}
