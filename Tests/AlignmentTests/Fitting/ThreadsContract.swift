import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@Suite("Contract: threads change nothing")
struct ThreadsContract {
  @Test("One thread and four give equal bits")
  func equalResults() async throws {
    let controls: [any Control] = [
      CoupledStages(), UniformCoupling(), PermutedCoupling(count: 10, seed: 1),
    ]
    let one = try await align(smallPair(), controls: controls, threads: 1)
    let four = try await align(smallPair(), controls: controls, threads: 4)
    #expect(one.fit.costs == four.fit.costs)
    #expect(one.fit.coupling == four.fit.coupling)
    #expect(one.fit.cost == four.fit.cost)
    #expect(one.fit.outerCertificate == four.fit.outerCertificate)
    #expect(one.fit.matches.map(\.plan) == four.fit.matches.map(\.plan))
    #expect(one.fit.matches.map(\.iterations) == four.fit.matches.map(\.iterations))
    #expect(one.scores == four.scores)
    #expect(one.unitScores == four.unitScores)
  }

  @Test("Results come in the order of their indices", arguments: [1, 3, 40, .max])
  func order(threads: Int) async throws {
    let squares = try await concurrentMap(
      count: 20, threads: threads, schedule: (0..<20).reversed()
    ) { $0 * $0 }
    #expect(squares == (0..<20).map { $0 * $0 })
    #expect(try await concurrentMap(count: 0, threads: threads) { $0 }.isEmpty)
  }

  @Test("Work starts in the order of the schedule")
  func schedule() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
    _ = try await concurrentMap(count: 5, threads: 1, schedule: [3, 0, 4, 1, 2]) {
      continuation.yield($0)
    }
    continuation.finish()
    #expect(await stream.reduce(into: []) { $0.append($1) } == [3, 0, 4, 1, 2])
  }

  @Test("An error of the work comes out")
  func failing() async {
    struct Broken: Error, Equatable {}
    await #expect(throws: Broken()) {
      try await concurrentMap(count: 9, threads: 2) { index in
        if index == 5 { throw Broken() }
        return index
      }
    }
  }
}
