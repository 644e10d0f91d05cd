internal import Statistics

/// The held-out score of one method on one split.
public struct MethodScore: Equatable, Sendable {
  /// The name in result files: `hot`, `perm-p`, `hot-matched` ….
  public let method: String
  /// One row a draw (a single one unless the method draws at random): a score a source stage.
  public let draws: [[Double]]

  /// The score of each source stage, the mean over draws.
  public var stageScores: [Double] {
    let count = draws.first?.count ?? 0
    return (0..<count).map { stage in Spread(draws.map { $0[stage] }).mean }
  }

  /// The score of the method: for each draw the mean over source stages.
  public var drawScores: [Double] { draws.map { Spread($0).mean } }

  /// The mean over source stages and draws.
  public var score: Double { Spread(drawScores).mean }
}
