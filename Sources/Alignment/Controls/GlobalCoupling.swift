public import ChiasmLinearAlgebra
public import ChiasmTransport

/// What one transport between all units says of the stages: the counterpart of P.
public struct GlobalCoupling: Equatable, Sendable {
  /// The mass between the units of a source stage and those of a target stage: source stages ×
  /// target stages; rows sum to 1/L and columns to 1/M.
  public let masses: Matrix<Double>
  /// What the plan costs: at most as much as HOT's.
  public let cost: Double
  /// What proves the plan optimal.
  public let certificate: TransportCertificate
  /// The units in use, a number a source stage.
  public let sourceUnitCounts: [Int]
  /// The units in use, a number a target stage.
  public let targetUnitCounts: [Int]
}
