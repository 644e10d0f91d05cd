public import LinearAlgebra

/// Single-Best: each source stage is predicted by the one target stage with most of its mass,
/// argmax_m P_lm; the first of equals. Reference: ShahKhosla2025.
public struct SingleBestStage: MixtureControl {
  /// `single-best`.
  public let name = "single-best"

  /// There is nothing to configure.
  public init() {}

  /// One 1 a row; NaN in the row of a source stage without mass, which has no best.
  public func mixtures(for fit: FittedTransport) -> [Matrix<Double>] {
    var mixture = Matrix.choosing(fit.bestTargets, columnCount: fit.coupling.columnCount)
    let shares = fit.shares
    for row in 0..<shares.rowCount where shares[row, 0].isNaN {
      for column in 0..<shares.columnCount { mixture[row, column] = .nan }
    }
    return [mixture]
  }
}

extension FittedTransport {
  /// For each source stage the first target stage with most of its mass.
  ///
  /// An exact P has many equal entries, 1/M; masses within 1e-12 of the greatest are equal, so that
  /// it is the first target stage for a source stage without mass.
  public var bestTargets: [Int] {
    (0..<coupling.rowCount).map { row in
      let greatest = coupling.row(row).max() ?? 0
      return (0..<coupling.columnCount).first { coupling[row, $0] >= greatest - 1e-12 } ?? 0
    }
  }
}
