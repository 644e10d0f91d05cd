internal import ChiasmStatistics

/// Orders of the target stages other than their own, for the null that the order does not matter.
public struct LayerOrders: Equatable, Sendable {
  /// Each order names the stage that stands at every place.
  public let orders: [[Int]]
  /// Whether these are all orders there are, so that p-values are exact.
  public let isComplete: Bool

  /// All orders of `targetCount` stages but their own, when these and their own are no more than
  /// `limit`; otherwise `limit` orders drawn at random.
  public init(targetCount: Int, limit: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: fingerprint("layer orders".utf8))
    (orders, isComplete) = generator.otherOrders(
      of: targetCount, enumeratingUpTo: limit, drawing: limit)
  }
}
