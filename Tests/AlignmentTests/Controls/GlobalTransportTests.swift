import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import Testing

@Suite("Global transport")
struct GlobalTransportTests {
  @Test("Its coupling has the marginals of P, and its cost is at most that of HOT")
  func laws() async throws {
    let alignment = try await align(
      smallPair(), controls: [CoupledStages(), GlobalTransport(seed: 0)])
    #expect(alignment.scores.map(\.method).suffix(2) == ["global", "global-matched"])
    let coupling = try #require(alignment.scores[2].coupling)
    for row in 0..<3 {
      #expect(abs(coupling.masses.row(row).reduce(0, +) - 1.0 / 3) < 1e-12)
    }
    for column in 0..<4 {
      #expect(abs(coupling.masses.column(column).reduce(0, +) - 0.25) < 1e-12)
    }
    #expect(coupling.cost < alignment.fit.cost)
    #expect(coupling.certificate.holds(within: 1e-9))
    #expect(coupling.sourceUnitCounts == [6, 9, 8] && coupling.targetUnitCounts == [7, 5, 10, 6])
    #expect(alignment.scores[0].coupling == nil && alignment.scores[3].coupling == nil)
  }

  @Test("With one stage on either side it is HOT")
  func single() async throws {
    let pair = try ResponsePair(source: system([9], seed: 1), target: system([7], seed: 2))
    let alignment = try await align(pair, controls: [CoupledStages(), GlobalTransport(seed: 0)])
    let scores = alignment.scores
    let coupling = try #require(scores[2].coupling)
    #expect(abs(coupling.cost - alignment.fit.cost) < 1e-12)
    #expect(largestDifference(scores[2].unitScores[0], scores[0].unitScores[0]) < 1e-12)
    #expect(largestDifference(scores[3].unitScores[0], scores[1].unitScores[0]) < 1e-12)
  }

  @Test(
    "Two ways: with stages of one size it is HOT between two stages of all units",
    arguments: [1, 3])
  func joined(threads: Int) async throws {
    let (source, target) = (try system([6, 6], seed: 3), try system([8, 8, 8], seed: 4))
    let alignment = try await align(
      ResponsePair(source: source, target: target), controls: [GlobalTransport(seed: 0)],
      threads: threads)
    let whole = try await align(ResponsePair(source: joined(source), target: joined(target)))
    for (own, other) in zip(alignment.scores, whole.scores) {
      #expect(largestDifference(own.unitScores.flatMap { $0 }, other.unitScores[0]) < 1e-12)
    }
    let coupling = try #require(alignment.scores[0].coupling)
    #expect(abs(coupling.cost - whole.fit.cost) < 1e-12)
    var masses = matrix([[0, 0, 0], [0, 0, 0]])
    for entry in whole.fit.match(0, 0).plan.entries {
      masses[entry.row / 6, entry.column / 8] += entry.mass
    }
    #expect(largestDifference(coupling.masses.elements, masses.elements) < 1e-12)
  }

  @Test("Beyond the limit every stage keeps the same share of its units, drawn by the seed")
  func sampled() async throws {
    let pair = try ResponsePair(
      source: system([20, 40], seed: 1), target: system([10, 30], seed: 2))
    func score(_ seed: UInt64, limit: Int = 600) async throws -> MethodScore {
      try await align(pair, controls: [GlobalTransport(pairLimit: limit, seed: seed)]).scores[0]
    }
    let one = try await score(1)
    #expect(one.coupling?.sourceUnitCounts == [10, 20])
    #expect(one.coupling?.targetUnitCounts == [5, 15])
    #expect(one.unitScores.map(\.count) == [20, 40])
    #expect(one.unitScores.map { $0.count { !$0.isNaN } } == [10, 20])
    #expect(one.score.isFinite)
    let (again, other) = (try await score(1), try await score(2))
    #expect(again.draws == one.draws && again.coupling == one.coupling)
    #expect(other.draws != one.draws)
    let least = try await score(1, limit: 1)
    #expect(least.coupling?.sourceUnitCounts == [1, 1])
    let whole = try await score(1, limit: 2400)
    #expect(whole.coupling?.sourceUnitCounts == [20, 40])
  }

  @Test("A solve that is not proven is an error that says where")
  func unproven() async throws {
    let control = GlobalTransport(seed: 0, solver: Sinkhorn(), tolerance: 1e-12)
    let error = await #expect(throws: AlignmentError.self) {
      try await align(smallPair(), controls: [control])
    }
    #expect(error?.description.contains("all source units and all target units") ?? false)
  }

  /// All units of a set in one stage.
  private func joined(_ set: ResponseSet) throws -> ResponseSet {
    let rows = set.stimulusIDs.indices.flatMap { row in
      set.stages.flatMap { $0.responses.row(row) }
    }
    let responses = Matrix(
      rowCount: set.stimulusIDs.count, columnCount: rows.count / set.stimulusIDs.count,
      elements: rows)
    return try ResponseSet(
      stimulusIDs: set.stimulusIDs, stages: [Stage(name: "all", responses: responses)])
  }
}
