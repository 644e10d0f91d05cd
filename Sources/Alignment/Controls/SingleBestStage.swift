public import ChiasmLinearAlgebra

/// Single-Best: each source stage is predicted by the one target stage with most of its mass,
/// argmax_m P_lm; of those within 1e-12 of the greatest by the one of least cost C_lm. Reference:
/// ShahKhosla2025, which does not say what decides between equals.
public struct SingleBestStage: MixtureControl {
  /// `single-best`.
  public let name = "single-best"

  /// There is nothing to configure.
  public init() {}

  /// One 1 a row; NaN in the row of a source stage without mass, which has no best.
  public func mixtures(for fit: FittedTransport) -> [Matrix<Double>] {
    let best = fit.bestTargets
    var mixture = Matrix.choosing(best.map { $0 ?? 0 }, columnCount: fit.coupling.columnCount)
    for row in 0..<mixture.rowCount where best[row] == nil {
      for column in 0..<mixture.columnCount { mixture[row, column] = .nan }
    }
    return [mixture]
  }
}

extension FittedTransport {
  /// For each source stage the target stages that tie for most of its mass, the one that is taken among
  /// them; none for a source stage without mass.
  public var tiedTargets: [[Int]] {
    zip(coupling.greatestColumns, hasMass).map { $1 ? $0 : [] }
  }

  /// For each source stage the target stage with most of its mass, and of those that tie the one of
  /// least cost; nil for a source stage without mass.
  public var bestTargets: [Int?] {
    zip(coupling.bestColumns(costs: costs), hasMass).map { $1 ? $0 : nil }
  }

  private var hasMass: [Bool] {
    let shares = shares
    return (0..<shares.rowCount).map { !shares[$0, 0].isNaN }
  }
}
