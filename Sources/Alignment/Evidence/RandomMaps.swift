internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// The null that each source stage has its place among the target stages by chance.
///
/// In a draw every row of C, the costs of one source stage, is moved along the target stages by 0 to
/// M − 1 places, each equally likely, and what leaves at the end comes in at the beginning: every source
/// stage by itself, in all splits alike. The outer problem of each split is then solved anew; unit plans
/// and their costs are kept. A row moves as a whole because neighbouring target stages fit alike:
/// exchanging its single places would scatter the mass, of which the part near the diagonal then varies
/// too little.
public struct RandomMaps: Equatable, Sendable {
  /// What a draw gives of the mean coupling over splits.
  public static let statistics: [AlignmentStatistic] = [.spearman, .kendall, .nearDiagonalMass]

  /// A row a draw: the numbers that `statistics` names.
  public let draws: [[Double]]

  /// No draws.
  public static let none = RandomMaps(draws: [])

  private init(draws: [[Double]]) { self.draws = draws }

  /// Takes all maps but the one that was found, when these and it are no more than `limit`; otherwise
  /// `limit` maps drawn at random.
  ///
  /// - Throws: `AlignmentError` for an outer problem whose solution is not proven.
  public init(
    _ fits: [FittedTransport], method: HierarchicalTransport, limit: Int, seed: UInt64, threads: Int
  ) async throws {
    guard let first = fits.first, limit > 0 else {
      self = .none
      return
    }
    let moves = Self.moves(
      sourceCount: first.costs.rowCount, targetCount: first.costs.columnCount, limit: limit,
      seed: seed)
    draws = try await concurrentMap(count: moves.count, threads: threads) { draw in
      let couplings = try fits.map { fit in
        try method.couple(fit.costs.movingRows(by: moves[draw]), by: fit.outer).masses
      }
      let hierarchy = HierarchyStatistics(coupling: CouplingSummary.mean(of: couplings))
      return [hierarchy.spearman, hierarchy.kendall, hierarchy.nearDiagonalMass]
    }
  }

  /// For each draw, how far the row of each source stage moves.
  static func moves(sourceCount: Int, targetCount: Int, limit: Int, seed: UInt64) -> [[Int]] {
    let stages = 0..<sourceCount
    let count = stages.reduce(1) { count, _ in min(count * targetCount, limit + 1) }
    guard count > limit else {
      return (1..<max(count, 1)).map { number in
        stages.reduce(into: ([Int](), number)) { digits, _ in
          digits.0.append(digits.1 % targetCount)
          digits.1 /= targetCount
        }.0
      }
    }
    var generator = SeededGenerator(seed: seed, stream: fingerprint("random maps".utf8))
    return (0..<limit).map { _ in stages.map { _ in generator.integer(below: targetCount) } }
  }
}

extension Matrix<Double> {
  /// Row l moved to the right by `moves[l]` columns, around the end.
  fileprivate func movingRows(by moves: [Int]) -> Matrix {
    var moved = self
    for (row, move) in moves.enumerated() {
      for column in 0..<columnCount {
        moved[row, (column + move) % columnCount] = self[row, column]
      }
    }
    return moved
  }
}
