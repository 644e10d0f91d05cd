import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import ChiasmStatistics
import Testing

@Suite("Laws: what changes nothing, and what does")
struct InvarianceLaws {
  private let pair: ResponsePair

  init() throws { pair = try smallPair() }

  @Test("The order of the units changes the order of the results only")
  func unitOrder() async throws {
    let reversed = changing(
      source: { $0.selectingUnits((0..<$0.unitCount).reversed()) },
      target: { $0.selectingUnits((0..<$0.unitCount).reversed()) }, in: pair)
    let (one, other) = (try await align(pair), try await align(reversed))
    expectEqual(one, other, within: 1e-14)
    for (stage, scores) in one.unitScores.enumerated() {
      #expect(largestDifference(scores, other.unitScores[stage].reversed()) <= 1e-14)
    }
    let plans = zip(one.fit.matches, other.fit.matches).map { ($0.plan.dense, $1.plan.dense) }
    for (plan, turned) in plans {
      #expect(largestDifference(plan.elements, turned.elements.reversed()) <= 1e-15)
    }
  }

  @Test("The order of the target's rows changes nothing")
  func rowOrder() async throws {
    var generator = SeededGenerator(seed: 3)
    let order = generator.permutation(of: 30)
    let shuffled = try ResponseSet(
      stimulusIDs: order.map { pair.target.stimulusIDs[$0] },
      stages: pair.target.stages.map { $0.selectingStimuli(order) })
    let other = try await align(ResponsePair(source: pair.source, target: shuffled))
    let one = try await align(pair)
    expectEqual(one, other, within: 0)
    #expect(one.unitScores == other.unitScores)
  }

  @Test("Which stimulus has which name changes nothing when the splits follow")
  func names() async throws {
    var generator = SeededGenerator(seed: 4)
    let order = generator.permutation(of: 30)
    let renamed = try ResponsePair(
      source: selecting(order, of: pair.source), target: selecting(order, of: pair.target))
    let split = thirds()
    let followed = Split(
      name: split.name, training: split.training.compactMap { order.firstIndex(of: $0) },
      heldOut: split.heldOut.compactMap { order.firstIndex(of: $0) })
    expectEqual(try await align(pair), try await align(renamed, followed), within: 1e-7)
  }

  @Test("Scaling units by powers of two changes no bit")
  func scaling() async throws {
    let scaled = changing(
      source: { mapping($0) { $0 * Float([0.25, 8, 1][$1 % 3]) } },
      target: { mapping($0) { $0 * Float([2, 0.5][$1 % 2]) } }, in: pair)
    expectEqual(try await align(pair), try await align(scaled), within: 0)
  }

  @Test("Shifting units changes no more than rounding")
  func shifting() async throws {
    let shifted = changing(
      source: { mapping($0) { $0 + Float($1 % 4) } },
      target: { mapping($0) { $0 - Float($1 % 5) } }, in: pair)
    expectEqual(try await align(pair), try await align(shifted), within: 1e-7)
  }

  @Test("Negating one side makes another alignment, negating both makes the same")
  func negating() async throws {
    func negated(_ stage: Stage) -> Stage { mapping(stage) { response, _ in -response } }
    let one = try await align(pair)
    let other = try await align(changing(target: negated, in: pair))
    #expect(abs(one.fit.cost - other.fit.cost) > 1e-3)
    #expect(largestDifference(scores(one), scores(other)) > 1e-2)
    expectEqual(
      one, try await align(changing(source: negated, target: negated, in: pair)), within: 0)
  }

  @Test("Held-out responses do not reach the fit, training responses do")
  func heldOutUnseen() async throws {
    func disturbing(_ row: Int) -> ResponsePair {
      changing(
        target: { stage in
          var responses = stage.responses
          for unit in 0..<stage.unitCount { responses[row, unit] += Float(unit + 1) }
          return Stage(name: stage.name, responses: responses)
        }, in: pair)
    }
    let (one, heldOut) = (try await align(pair), try await align(disturbing(1)))
    #expect(one.fit.costs == heldOut.fit.costs)
    #expect(one.fit.matches.map(\.plan) == heldOut.fit.matches.map(\.plan))
    #expect(scores(one) != scores(heldOut))
    #expect(try await fitted(disturbing(0)).costs != one.fit.costs)
  }

  private func selecting(_ rows: [Int], of set: ResponseSet) throws -> ResponseSet {
    try ResponseSet(
      stimulusIDs: set.stimulusIDs, stages: set.stages.map { $0.selectingStimuli(rows) })
  }

  private func scores(_ alignment: SplitAlignment) -> [Double] {
    alignment.scores.flatMap(\.stageScores)
  }

  private func expectEqual(
    _ one: SplitAlignment, _ other: SplitAlignment, within tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let differences = [
      largestDifference(one.fit.costs.elements, other.fit.costs.elements),
      largestDifference(one.fit.coupling.elements, other.fit.coupling.elements),
      abs(one.fit.cost - other.fit.cost), largestDifference(scores(one), scores(other)),
    ]
    #expect(differences.allSatisfy { $0 <= tolerance }, sourceLocation: sourceLocation)
  }
}
