public import ChiasmLinearAlgebra

/// The columns of P in other orders, the unit plans kept: does it matter which target stage has which
/// mass. All splits see the same orders, so that a draw is one order of the target's stages.
public struct PermutedLayers: MixtureControl {
  /// `perm-layers`.
  public let name = "perm-layers"
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
