@testable import Alignment
import LinearAlgebra
import Responses
import Statistics
import Testing

@Suite("The cost between units")
struct CorrelationCostTests {
  private let split = thirds()

  @Test("It is 1 − ρ over the training stimuli")
  func definition() throws {
    let (one, other) = (try stage(5, seed: 1), try stage(8, seed: 2))
    let cost = try correlationCost(standardized(one), standardized(other))
    #expect((cost.rowCount, cost.columnCount) == (5, 8))
    for row in 0..<5 {
      for column in 0..<8 {
        let expected = 1 - correlation(training(one, row), training(other, column))
        #expect(abs(cost[row, column] - expected) <= 1e-7)
      }
    }
  }

  @Test("A unit costs 0 against itself and 2 against its negative, never less or more")
  func extremes() throws {
    let one = try stage(60, seed: 3)
    let negative = mapping(one) { response, _ in -response }
    let same = try correlationCost(standardized(one), standardized(one))
    let opposed = try correlationCost(standardized(one), standardized(negative))
    for unit in 0..<60 {
      #expect((0...1e-15).contains(same[unit, unit]))
      #expect((2 - 1e-15...2).contains(opposed[unit, unit]))
    }
  }

  private func stage(_ units: Int, seed: UInt64) throws -> Stage {
    try system([units], seed: seed).stages[0]
  }

  private func standardized(_ stage: Stage) throws -> StandardizedStage {
    try StandardizedStage(stage, training: split.training, heldOut: split.heldOut)
  }

  private func training(_ stage: Stage, _ unit: Int) -> [Double] {
    split.training.map { Double(stage.responses[$0, unit]) }
  }
}
