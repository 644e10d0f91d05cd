@testable import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@Suite("Laws: random maps")
struct RandomMapsLaws {
  @Test("All maps but the one that was found, of few; a drawn number of many")
  func moves() {
    let few = RandomMaps.moves(sourceCount: 2, targetCount: 3, limit: 9, seed: 0)
    #expect(Set(few).count == 8 && !few.contains([0, 0]))
    #expect(few.allSatisfy { $0.count == 2 && $0.allSatisfy((0..<3).contains) })
    let many = RandomMaps.moves(sourceCount: 2, targetCount: 3, limit: 8, seed: 0)
    #expect(many.count == 8)
    #expect(many == RandomMaps.moves(sourceCount: 2, targetCount: 3, limit: 8, seed: 0))
    #expect(many != RandomMaps.moves(sourceCount: 2, targetCount: 3, limit: 8, seed: 1))
    let long = RandomMaps.moves(sourceCount: 40, targetCount: 40, limit: 20, seed: 0)
    #expect(
      Array(long.prefix(5)) == RandomMaps.moves(sourceCount: 40, targetCount: 40, limit: 5, seed: 0)
    )
    #expect(RandomMaps.moves(sourceCount: 3, targetCount: 1, limit: 9, seed: 0).isEmpty)
  }

  @Test("A draw moves the costs of every source stage in all splits alike and couples anew")
  func draws() async throws {
    let costs = [
      [[0.1, 0.5, 0.9], [0.8, 0.3, 0.4]], [[0.2, 0.6, 0.7], [0.9, 0.4, 0.1]],
    ]
    let fits = try costs.map { try madeFit($0) }
    let maps = try await RandomMaps(
      fits, method: HierarchicalTransport(), limit: 9, seed: 0, threads: 2)
    let moves = RandomMaps.moves(sourceCount: 2, targetCount: 3, limit: 9, seed: 0)
    #expect(maps.draws.count == 8)
    for (draw, moves) in zip(maps.draws, moves) {
      let moved = try costs.map { costs in
        try madeFit(
          zip(costs, moves).map { row, move in
            let tail = row.suffix(move)
            return Array(tail) + Array(row.dropLast(move))
          })
      }
      let expected = HierarchyStatistics(coupling: CouplingSummary(moved).coupling)
      #expect(abs(draw[2] - expected.nearDiagonalMass) < 1e-12)
      #expect(draw[0].isNaN ? expected.spearman.isNaN : abs(draw[0] - expected.spearman) < 1e-12)
    }
    let one = try await RandomMaps(
      fits, method: HierarchicalTransport(), limit: 5, seed: 3, threads: 1)
    let two = try await RandomMaps(
      fits, method: HierarchicalTransport(), limit: 5, seed: 3, threads: 3)
    #expect(one.draws.count == 5)
    #expect(largestDifference(one.draws.map { $0[2] }, two.draws.map { $0[2] }) == 0)
  }

  /// Source stages that fit target stages drawn at random, and their neighbours less.
  private func costs(_ generator: inout SeededGenerator) -> [[Double]] {
    (0..<5).map { _ in
      let place = generator.integer(below: 12)
      return (0..<12).map { target in
        let distance = abs(target - place)
        let fit = (0..<distance).reduce(0.5) { fit, _ in fit * 0.8 }
        return 1 - fit + 0.01 * generator.normal()
      }
    }
  }

  @Test("Where source stages lie at random, p of the mass near the diagonal keeps its level")
  func calibration() async throws {
    var generator = SeededGenerator(seed: 11)
    var alarms = 0
    for trial in 0..<100 {
      let fit = try madeFit(costs(&generator))
      let maps = try await RandomMaps(
        [fit], method: HierarchicalTransport(), limit: 19, seed: UInt64(trial), threads: 2)
      let observed = HierarchyStatistics(coupling: fit.coupling).nearDiagonalMass
      let p = NullDistribution(maps.draws.map { $0[2] }).pValue(of: observed)
      alarms += p <= 0.05 ? 1 : 0
    }
    // 5 expected, with a standard deviation of 2.2.
    #expect(alarms <= 11, "\(alarms)")
  }
}
