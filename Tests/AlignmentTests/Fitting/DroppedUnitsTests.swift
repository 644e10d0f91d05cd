import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import ChiasmStatistics
import Testing

@Suite("Units that do not vary over the training stimuli")
struct DroppedUnitsTests {
  private let pair: ResponsePair
  private let split = thirds()

  init() throws { pair = try smallPair() }

  @Test("They are left out of the plans, and the rest keep their numbers")
  func leftOut() async throws {
    let changed = changing(
      source: { freezing([0, 4], of: $0, everywhere: true) },
      target: { freezing([2], of: $0, everywhere: false) }, in: pair)
    let fit = try await fitted(changed, split)
    #expect(fit.source.map(\.unitColumns) == [6, 9, 8].map { without([0, 4], of: $0) })
    #expect(fit.source.map(\.originalUnitCount) == [6, 9, 8])
    #expect(fit.target.map(\.unitColumns) == [7, 5, 10, 6].map { without([2], of: $0) })
    #expect(fit.target.map(\.originalUnitCount) == [7, 5, 10, 6])
    #expect(fit.target.map(\.name) == ["stage 0", "stage 1", "stage 2", "stage 3"])
    #expect((fit.match(1, 2).plan.rowCount, fit.match(1, 2).plan.columnCount) == (7, 9))
  }

  @Test("The alignment is the one of the remaining units")
  func sameAsSelected() async throws {
    let frozen = changing(source: { freezing([1, 3], of: $0, everywhere: true) }, in: pair)
    let selected = changing(
      source: { $0.selectingUnits(without([1, 3], of: $0.unitCount)) }, in: pair)
    let (one, other) = (try await align(frozen), try await align(selected))
    #expect(one.fit.costs == other.fit.costs)
    #expect(one.fit.matches.map(\.plan) == other.fit.matches.map(\.plan))
    #expect(one.scores == other.scores)
    #expect(one.unitScores == other.unitScores)
  }

  @Test("A stage without any other is refused by name")
  func noVaryingUnits() throws {
    let constant = changing(
      target: { stage in
        let all = Array(0..<stage.unitCount)
        return stage.name == "stage 1" ? freezing(all, of: stage, everywhere: false) : stage
      }, in: pair)
    let error = #expect(throws: AlignmentError.self) {
      try StandardizedPair(constant, split: split)
    }
    #expect(error == .noVaryingUnits(stage: "stage 1"))
    #expect(
      error?.description
        == "No unit of stage stage 1 varies over the training stimuli; leave the stage out.")
  }

  private func without(_ dropped: [Int], of count: Int) -> [Int] {
    (0..<count).filter { !dropped.contains($0) }
  }

  /// The stage with units constant on the training stimuli, and on the held-out ones if `everywhere`.
  private func freezing(_ units: [Int], of stage: Stage, everywhere: Bool) -> Stage {
    var responses = stage.responses
    for row in everywhere ? Array(0..<30) : split.training {
      for unit in units { responses[row, unit] = 0.1 }
    }
    return Stage(name: stage.name, responses: responses)
  }
}
