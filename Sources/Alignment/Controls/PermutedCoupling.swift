public import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// Perm-P: the rows of P in other orders, the unit plans kept. Reference: ShahKhosla2025.
///
/// With L source stages and L! ≤ 1,000, all orders but their own are taken, each once, so that the rank
/// of HOT among them is exact. Of more stages orders are drawn, never their own. Orders are the same for
/// every split.
public struct PermutedCoupling: MixtureControl {
  /// `perm-p`.
  public let name = "perm-p"
  /// Yes: an order is a draw, also where all are taken.
  public let drawsAtRandom = true
  /// How many orders are drawn where they are not all taken.
  public let count: Int
  /// The seed of the orders.
  public let seed: UInt64

  /// The most orders, their own among them, that are all taken.
  static let enumerationLimit = 1000

  /// Draws `count` orders, 100 in the paper, where there are more than 1,000.
  public init(count: Int = 100, seed: UInt64) {
    self.count = count
    self.seed = seed
  }

  /// The coupling shares with their rows permuted; NaN for a single source stage, which has no other
  /// order.
  public func mixtures(for fit: FittedTransport) -> [Matrix<Double>] {
    let shares = fit.shares
    var generator = SeededGenerator(seed: seed, stream: fingerprint(name.utf8))
    let orders = generator.otherOrders(
      of: shares.rowCount, enumeratingUpTo: Self.enumerationLimit, drawing: count
    ).orders
    return shares.rowCount > 1
      ? orders.map { shares.selectingRows($0) }
      : [Matrix(rowCount: 1, columnCount: shares.columnCount, repeating: .nan)]
  }
}
