public import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// Perm-P: the rows of P in other orders, the unit plans kept. Reference: ShahKhosla2025.
///
/// With L source stages and L! ≤ 1,000, all orders but their own are taken, each once, so that the rank
/// of HOT among them is exact. Of more stages orders are drawn, never their own. Orders are the same for
/// every split.
public struct PermutedCoupling: MixtureControl {
  /// `perm-p` in result files.
  public static let description = ControlDescription(
    name: "perm-p", title: "Perm-P", meaning: "the {sources}' couplings shuffled")
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

/// The columns of P in other orders, the unit plans kept: does it matter which target stage has which
/// mass. All splits see the same orders, so that a draw is one order of the target's stages.
public struct PermutedLayers: MixtureControl {
  /// `perm-layers` in result files.
  public static let description = ControlDescription(
    name: "perm-layers", title: "Perm-Stages",
    meaning: "the {targets} of the coupling in other orders")
  /// Yes.
  public let drawsAtRandom = true
  /// The orders.
  public let orders: LayerOrders

  /// Takes the orders of as many stages as the target has.
  public init(_ orders: LayerOrders) { self.orders = orders }

  /// The coupling shares with their columns permuted.
  public func mixtures(for fit: FittedTransport) -> [Matrix<Double>] {
    orders.orders.map { fit.shares.selectingColumns($0) }
  }
}

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

/// Entropy-P: each source stage gives its shares of L · P to target stages drawn at random.
///
/// Every row of the coupling keeps its shares, and with them its entropy, but in a random order, each
/// order equally likely and each row by itself; columns no longer sum to L / M. A mixture of as many
/// target stages averages as much noise away, so that what HOT has above this control is due to
/// which target stages it mixes. Orders are the same for every split.
public struct ShuffledShares: MixtureControl {
  /// `entropy-p` in result files.
  public static let description = ControlDescription(
    name: "entropy-p", title: "Entropy-P",
    meaning: "each {source}'s shares given to {targets} at random")
  /// Yes.
  public let drawsAtRandom = true
  /// How many couplings are drawn.
  public let count: Int
  /// The seed of the orders.
  public let seed: UInt64

  /// Draws `count` couplings.
  public init(count: Int = 100, seed: UInt64) {
    self.count = count
    self.seed = seed
  }

  /// The coupling shares, each row in an order of its own.
  public func mixtures(for fit: FittedTransport) -> [Matrix<Double>] {
    var generator = SeededGenerator(seed: seed, stream: fingerprint(name.utf8))
    let shares = fit.shares
    return (0..<count).map { _ in
      var mixture = shares
      for row in 0..<shares.rowCount {
        for (column, place) in generator.permutation(of: shares.columnCount).enumerated() {
          mixture[row, column] = shares[row, place]
        }
      }
      return mixture
    }
  }
}
