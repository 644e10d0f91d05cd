import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import Testing

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
