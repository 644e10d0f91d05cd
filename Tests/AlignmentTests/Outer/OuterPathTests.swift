import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@testable import ChiasmAlignment

@Suite("The choice along a path")
struct OuterPathTests {
  /// A path of the first penalties with these scores in the folds.
  private func path(_ scores: [[Double]], asked: OuterProblem? = nil) throws -> OuterPath {
    let costs = matrix([[0.2, 0.6], [0.5, 0.1]])
    let points = try zip(OuterProblem.penalties, scores).map { problem, scores in
      OuterPath.Point(
        coupling: try HierarchicalTransport().couple(costs, by: problem), foldScores: scores)
    }
    return OuterPath(points, problem: asked)
  }

  @Test("The most balanced problem within a standard error of the best is taken")
  func rule() throws {
    // Below the best by 0.2 ± 0.0577, 0.04 ± 0.0577 and 0.01 ± 0.
    let choice = try path([
      [0.3, 0.3, 0.0], [0.4, 0.4, 0.28], [0.39, 0.39, 0.39], [0.4, 0.4, 0.4],
    ])
    #expect(choice.chosen == 1)
    #expect(abs(choice.shortfalls[0].mean - 0.2) <= 1e-15)
    #expect(abs(choice.shortfalls[1].mean - 0.04) <= 1e-15)
    #expect(abs(choice.shortfalls[1].error - 0.04) <= 1e-15)
    #expect(choice.shortfalls[3].mean == 0)
  }

  @Test("What all folds agree on is not given up, however much the folds differ")
  func paired() throws {
    #expect(try path([[0.10, 0.50, 0.90], [0.11, 0.51, 0.91]]).chosen == 1)
    #expect(try path([[0.11, 0.51, 0.91], [0.10, 0.50, 0.90]]).chosen == 0)
    #expect(try path([[0.2, 0.3], [0.2, 0.3]]).chosen == 0)
  }

  @Test("Without a criterion the first is taken, and what was asked for in any case")
  func without() throws {
    #expect(try path([[], []]).chosen == 0)
    #expect(try path([[.nan, 0.1], [.nan, 0.2]]).chosen == 0)
    #expect(try path([[.nan, 0.1], [0.1, 0.2]]).chosen == 1)
    #expect(try path([[], [], []], asked: .unbalanced(targetPenalty: 1)).chosen == 1)
  }

  @Test("The criterion is the mean over the mass, and what has no mass does not count")
  func mean() throws {
    let balanced = try HierarchicalTransport().couple(
      matrix([[0.2, 0.6], [0.5, 0.1]]), by: .partial(mass: 0.8))
    #expect(abs(balanced.mean(of: matrix([[0.6, .nan], [.nan, 0.2]])) - 0.35) <= 1e-12)
  }
}
