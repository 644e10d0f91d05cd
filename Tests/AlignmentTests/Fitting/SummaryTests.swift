@testable import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmStatistics
import Testing

@Suite("Summaries over splits and draws")
struct SummaryTests {
  private let fits: [FittedTransport]

  init() throws {
    fits = [
      try madeFit(
        [[0.2, 0.6], [0.5, 0.1]], coupling: [[0.5, 0], [0.25, 0.25]], split: "split_1"),
      try madeFit(
        [[0.4, 0.2], [0.3, 0.3]], coupling: [[0.25, 0.25], [0, 0.5]], split: "split_2"),
    ]
  }

  @Test("Coupling, shares and costs are means over splits, place by place")
  func means() {
    let summary = CouplingSummary(fits)
    #expect(summary.coupling == matrix([[0.375, 0.125], [0.125, 0.375]]))
    #expect(summary.shares.elements.map(\.mean) == [0.75, 0.25, 0.25, 0.75])
    #expect(summary.shares[0, 0] == Spread([1, 0.5]))
    #expect(summary.costs[0, 1] == Spread([0.6, 0.2]))
    #expect(summary.cost == Spread(fits.map(\.cost)))
  }

  @Test("The expected depth of a stage is Σ m · share, counted from 1")
  func depths() {
    #expect(CouplingSummary(fits).expectedDepths == [1.25, 1.75])
  }

  @Test("The best target has the greatest mean share, and of equals the least mean cost")
  func best() throws {
    #expect(CouplingSummary(fits).bestTargets == [0, 1])
    let third = 1.0 / 3
    let tied = try madeFit(
      [[0.9, 0.2, 0.1], [0.3, 0.4, 0.8]],
      coupling: [[third / 2 + 1e-13, third / 2, 0], [0, third / 2, third]])
    #expect(CouplingSummary([tied]).bestTargets == [1, 2])
    #expect(CouplingSummary([tied]).tiedTargetCounts == [2, 1])
  }

  @Test("Where all target stages tie none is best, unless there is only one")
  func noBest() throws {
    let all = try madeFit([[0.9, 0.2], [0.3, 0.4]], coupling: [[0.25, 0.25], [0.2, 0.3]])
    #expect(CouplingSummary([all]).bestTargets == [nil, 1])
    #expect(CouplingSummary([all]).tiedTargetCounts == [2, 1])
    #expect(CouplingSummary([try madeFit([[0.9]])]).bestTargets == [0])
    let empty = try madeFit([[0.9, 0.2], [0.3, 0.4]], coupling: [[0, 0], [0.2, 0.3]])
    #expect(CouplingSummary([empty]).bestTargets == [nil, 1])
    #expect(CouplingSummary([empty]).tiedTargetCounts == [0, 1])
  }

  @Test("One split has means and no spread")
  func oneSplit() {
    let summary = CouplingSummary([fits[0]])
    #expect(summary.coupling == fits[0].coupling)
    #expect(summary.cost.deviation.isNaN)
  }

  @Test("A method's score is the mean over stages of each draw, then over draws")
  func methodScore() {
    let score = MethodScore(method: "perm-p", draws: [[0.1, 0.3], [0.5, 0.7]])
    #expect(largestDifference(score.stageScores, [0.3, 0.5]) <= 1e-15)
    #expect(largestDifference(score.drawScores, [0.2, 0.6]) <= 1e-15)
    #expect(abs(score.score - 0.4) <= 1e-15)
  }

  @Test("A method without draws has no score")
  func noDraws() {
    let score = MethodScore(method: "perm-p", draws: [])
    #expect(score.stageScores.isEmpty && score.drawScores.isEmpty && score.score.isNaN)
  }
}
