public import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// Pairwise-Best: each source stage is predicted by the target stage that it matches at the least
/// training cost, argmin_m C_lm, whatever P is. Reference: ShahKhosla2025.
public struct CheapestStage: MixtureControl {
  /// `pairwise-best`.
  public let name = "pairwise-best"

  /// There is nothing to configure.
  public init() {}

  /// One 1 a row.
  public func mixtures(for fit: FittedTransport) -> [Matrix<Double>] {
    [.choosing(fit.cheapestTargets, columnCount: fit.costs.columnCount)]
  }
}

extension FittedTransport {
  /// For each source stage the target stage of least cost C_lm; the first of equals.
  public var cheapestTargets: [Int] {
    (0..<costs.rowCount).map { Array(costs.row($0)).indexOfLeast() ?? 0 }
  }
}
