public import LinearAlgebra
internal import Statistics

/// Perm-P: the rows of P in random order, the unit plans kept. Reference: ShahKhosla2025.
///
/// Orders are the same for every split.
public struct PermutedCoupling: MixtureControl {
  /// `perm-p`.
  public let name = "perm-p"
  /// How many orders are drawn.
  public let count: Int
  /// The seed of the orders.
  public let seed: UInt64

  /// Draws `count` orders, 100 in the paper.
  public init(count: Int = 100, seed: UInt64) {
    self.count = count
    self.seed = seed
  }

  /// The coupling shares with their rows permuted.
  public func mixtures(for fit: FittedTransport) -> [Matrix<Double>] {
    var generator = SeededGenerator(seed: seed, stream: fingerprint(name.utf8))
    return (0..<count).map { _ in
      fit.shares.selectingRows(generator.permutation(of: fit.coupling.rowCount))
    }
  }
}
