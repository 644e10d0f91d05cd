internal import ChiasmStatistics
public import ChiasmLinearAlgebra

/// HOT itself: each target stage weighs as much as the coupling says, w = L · P.
public struct CoupledStages: MixtureControl {
  /// `hot` in result files.
  public static let description = ControlDescription(
    name: "hot", title: "HOT", meaning: "the prediction that the coupling makes")

  /// There is nothing to configure.
  public init() {}

  /// The coupling shares.
  public func mixtures(for fit: FittedTransport) -> [Matrix<Double>] { [fit.shares] }
}

/// Single-Best: each source stage is predicted by the one target stage with most of its mass,
/// argmax_m P_lm; of those within 1e-12 of the greatest by the one of least cost C_lm. Reference:
/// ShahKhosla2025, which does not say what decides between equals.
public struct SingleBestStage: MixtureControl {
  /// `single-best` in result files.
  public static let description = ControlDescription(
    name: "single-best", title: "Single-Best", meaning: "only the {target} with the greatest share")

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

/// Pairwise-Best: each source stage is predicted by the target stage that it matches at the least
/// training cost, argmin_m C_lm, whatever P is. Reference: ShahKhosla2025.
public struct CheapestStage: MixtureControl {
  /// `pairwise-best` in result files.
  public static let description = ControlDescription(
    name: "pairwise-best", title: "Pairwise-Best", meaning: "only the {target} of least cost")

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

/// Uniform-P: all target stages weigh the same, w = 1/M.
///
/// Averaging target stages raises held-out correlations by itself; this control shows by how much.
public struct UniformCoupling: MixtureControl {
  /// `uniform-p` in result files.
  public static let description = ControlDescription(
    name: "uniform-p", title: "Uniform-P", meaning: "all {targets} alike")

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
