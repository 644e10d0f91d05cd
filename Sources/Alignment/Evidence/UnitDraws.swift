internal import ChiasmLinearAlgebra
public import ChiasmResponses
public import ChiasmStatistics

/// An alignment fitted anew to some units of every stage, equally many and drawn at random: how far it
/// depends on which units were taken, and on how wide stages are.
///
/// A draw depends on the seed, its number and the names of the stages. A stage that has no more units than
/// are drawn is whole in every draw.
public struct UnitDraws: Sendable {
  /// The units of every stage in a draw.
  public let unitCount: Int
  /// The statistics of every draw (`AlignmentStatistic.all`); NaN where a stage has no unit that varies.
  public let draws: [[Double]]

  /// No draws.
  public static let none = UnitDraws(unitCount: 0, draws: [])

  private init(unitCount: Int, draws: [[Double]]) {
    (self.unitCount, self.draws) = (unitCount, draws)
  }

  /// Fits every draw. Threads work on a draw each and change no number.
  ///
  /// - Parameters:
  ///   - pair: with all units that may be drawn.
  ///   - unitCount: how many units of every stage are drawn, at least 1.
  ///   - progress: called with the number of draws that are done.
  /// - Throws: `AlignmentError`.
  public init(
    _ pair: ResponsePair, splits: [Split], method: HierarchicalTransport, count: Int,
    unitCount: Int, seed: UInt64, threads: Int, progress: (_ done: Int) -> Void = { _ in }
  ) async throws {
    var done = 0
    let draws = try await concurrentMap(
      count: count, threads: threads,
      done: { _, _ in
        done += 1
        progress(done)
      }
    ) { number in
      let drawn = Self.drawn(pair, number: number, unitCount: unitCount, seed: seed)
      return try await ReplicateFits(drawn, splits: splits, method: method, seed: seed)
        .valuesAsTheyAre()
    }
    self.init(unitCount: unitCount, draws: draws)
  }

  /// The pair with the units of one draw.
  package static func drawn(
    _ pair: ResponsePair, number: Int, unitCount: Int, seed: UInt64
  ) -> ResponsePair {
    pair.mapStages { stage, _ in
      guard stage.unitCount > unitCount else { return stage }
      var generator = SeededGenerator(
        seed: seed, stream: fingerprint("units \(number) \(stage.name)".utf8))
      return stage.selectingUnits(
        generator.permutation(of: stage.unitCount).prefix(unitCount).sorted())
    }
  }
}
