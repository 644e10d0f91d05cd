public import ChiasmLinearAlgebra

/// How well a coupling P of L ordered source stages with M ordered target stages keeps the order.
///
/// For use against nulls: balanced marginals alone make a near-diagonal coupling likely.
public struct HierarchyStatistics: Equatable, Sendable {
  /// E[m | l] = Σ_m m P_lm / Σ_m P_lm with m = 1 … M; NaN for a source stage without mass.
  public let expectedDepths: [Double]
  /// Spearman's ρ between the order of the source stages and their expected depths.
  ///
  /// Stages without mass are left out. NaN with fewer than two others, or when all depths are equal.
  /// Depths are rounded to 2⁻³² of a stage before, so that ties stay ties.
  public let spearman: Double
  /// Kendall's τ-b between the same.
  public let kendall: Double
  /// The share of the mass within one step of the diagonal, in [0, 1]; NaN without mass.
  ///
  /// Stage l has its centre at (l − ½)/L of the way and stage m at (m − ½)/M. A pair is within one
  /// step when the centres are no further apart than a stage of the shorter hierarchy is long:
  /// |(l − ½)/L − (m − ½)/M| ≤ max(1/L, 1/M). With L = M this is |l − m| ≤ 1. A coupling that
  /// fills equal shares in order (the north-west corner) is within one step whatever L and M are.
  public let nearDiagonalMass: Double

  /// Takes a coupling, source stages × target stages, of any total mass. Traps on negative mass.
  public init(coupling: Matrix<Double>) {
    precondition(coupling.elements.allSatisfy { !($0 < 0) }, "A coupling has no negative mass.")
    let rows = (0..<coupling.rowCount).map { Array(coupling.row($0)) }
    let rowSums = rows.map { $0.reduce(0, +) }
    let total = rowSums.reduce(0, +)
    let expected = zip(rows, rowSums).map { row, sum in
      row.enumerated().reduce(0) { $0 + Double($1.offset + 1) * ($1.element / sum) }
    }
    expectedDepths = expected
    let placed = expected.indices.filter { !expected[$0].isNaN }
    let depths = placed.map { (expected[$0] * 0x1p32).rounded() }
    spearman = RankCorrelation.spearman(placed.map(Double.init), depths)
    kendall = RankCorrelation.kendall(placed.map(Double.init), depths)
    let near = Self.nearDiagonalPairs(rows: coupling.rowCount, columns: coupling.columnCount)
    nearDiagonalMass = near.reduce(0) { $0 + rows[$1.row][$1.column] / total }
  }

  /// The pairs within one step of the diagonal, decided in whole numbers (the inequality times 2LM).
  private static func nearDiagonalPairs(
    rows: Int, columns: Int
  ) -> [(row: Int, column: Int)] {
    (0..<rows).flatMap { row in
      (0..<columns)
        .filter { abs((2 * row + 1) * columns - (2 * $0 + 1) * rows) <= 2 * max(rows, columns) }
        .map { (row, $0) }
    }
  }
}
