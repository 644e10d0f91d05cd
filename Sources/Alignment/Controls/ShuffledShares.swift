public import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// Entropy-P: each source stage gives its shares of L · P to target stages drawn at random.
///
/// Every row of the coupling keeps its shares, and with them its entropy, but in a random order, each
/// order equally likely and each row by itself; columns no longer sum to L / M. A mixture of as many
/// target stages averages as much noise away, so that what HOT has above this control is due to
/// which target stages it mixes. Orders are the same for every split.
public struct ShuffledShares: MixtureControl {
  /// `entropy-p`.
  public let name = "entropy-p"
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
