public import ChiasmLinearAlgebra

/// HOT itself: each target stage weighs as much as the coupling says, w = L · P.
public struct CoupledStages: MixtureControl {
  /// `hot`.
  public let name = "hot"

  /// There is nothing to configure.
  public init() {}

  /// The coupling shares.
  public func mixtures(for fit: FittedTransport) -> [Matrix<Double>] { [fit.shares] }
}
