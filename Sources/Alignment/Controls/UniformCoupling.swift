public import ChiasmLinearAlgebra

/// Uniform-P: all target stages weigh the same, w = 1/M.
///
/// Averaging target stages raises held-out correlations by itself; this control shows by how much.
public struct UniformCoupling: MixtureControl {
  /// `uniform-p`.
  public let name = "uniform-p"

  /// There is nothing to configure.
  public init() {}

  /// 1/M everywhere.
  public func mixtures(for fit: FittedTransport) -> [Matrix<Double>] {
    let count = fit.coupling.columnCount
    return [
      Matrix(rowCount: fit.coupling.rowCount, columnCount: count, repeating: 1 / Double(count))
    ]
  }
}
