import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import Testing

@Suite("Laws: a system aligned with itself")
struct SelfAlignmentLaws {
  private let set: ResponseSet

  init() throws { set = try system([6, 9, 8], seed: 1) }

  @Test("Every stage matches itself at no cost, unit by unit")
  func costs() async throws {
    let fit = try await fitted(ResponsePair(source: set, target: set))
    for (stage, units) in [6, 9, 8].enumerated() {
      #expect(fit.costs[stage, stage] <= 1e-6)
      let plan = fit.match(stage, stage).plan.dense
      #expect(largestDifference(plan.elements, identity(units).elements) <= 1e-15)
    }
    #expect(fit.cost <= 1e-6)
  }

  @Test("P is the identity over L")
  func coupling() async throws {
    let fit = try await fitted(ResponsePair(source: set, target: set))
    #expect(largestDifference(fit.coupling.elements, identity(3).elements) <= 1e-15)
  }

  @Test("Every held-out response is predicted without error")
  func scores() async throws {
    let alignment = try await align(
      ResponsePair(source: set, target: set), controls: [CoupledStages()])
    #expect(alignment.scores.map(\.method) == ["hot", "hot-matched"])
    for score in alignment.scores {
      #expect(largestDifference(score.stageScores, [1, 1, 1]) <= 1e-13)
    }
  }

  @Test("Stages in another order are found again")
  func reordered() async throws {
    let names = ["stage 2", "stage 0", "stage 1"]
    let fit = try await fitted(
      ResponsePair(source: set, target: set.selectingStages(names)))
    #expect(fit.bestTargets == [1, 2, 0])
    #expect(fit.cost <= 1e-6)
  }

  private func identity(_ count: Int) -> Matrix<Double> {
    var matrix = Matrix(rowCount: count, columnCount: count, repeating: 0.0)
    for index in 0..<count { matrix[index, index] = 1 / Double(count) }
    return matrix
  }
}
