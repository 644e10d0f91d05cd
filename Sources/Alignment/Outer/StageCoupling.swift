public import ChiasmLinearAlgebra
internal import ChiasmStatistics
public import ChiasmTransport

/// An outer problem, solved.
public struct StageCoupling: Sendable {
  /// The problem.
  public let problem: OuterProblem
  /// P: source stages × target stages.
  public let masses: Matrix<Double>
  /// ⟨C, P⟩, without the penalty.
  public let cost: Double
  /// What proves P optimal for its own problem.
  public let certificate: TransportCertificate

  /// The mass of each source stage, Σ_m P_lm.
  public var sourceMasses: [Double] {
    (0..<masses.rowCount).map { masses.row($0).reduce(0, +) }
  }

  /// The mass of each target stage, Σ_l P_lm.
  public var targetMasses: [Double] {
    (0..<masses.columnCount).map { masses.column($0).reduce(0, +) }
  }

  /// P_lm / Σ_k P_lk; NaN for a source stage without mass.
  public var shares: Matrix<Double> { masses.dividedByRowSums }

  /// ⟨P, S⟩ / Σ P: the mean of a matrix of scores over the mass; pairs without mass may be NaN.
  func mean(of scores: Matrix<Double>) -> Double {
    let used = masses.elements.indices.filter { masses.elements[$0] > 0 }
    let sum = used.reduce(0) { $0 + masses.elements[$1] * scores.elements[$1] }
    return sum / used.reduce(0) { $0 + masses.elements[$1] }
  }
}

extension Matrix<Double> {
  /// Every row divided by its sum; NaN in rows whose sum is at most 1e-12, which is rounding.
  var dividedByRowSums: Matrix<Double> {
    var shares = self
    for row in 0..<rowCount {
      let sum = self.row(row).reduce(0, +)
      for column in 0..<columnCount {
        shares[row, column] = sum > 1e-12 ? self[row, column] / sum : .nan
      }
    }
    return shares
  }
}

extension Matrix<Double> {
  /// For each row of masses or shares the columns within 1e-12 of the row's greatest: the winner and
  /// those that tie with it; none where the row is not a number.
  ///
  /// Ties are the rule: in a vertex of balanced transport a row that uses up several columns has 1/M in
  /// each of them.
  var greatestColumns: [[Int]] {
    (0..<rowCount).map { Array(row($0)).indicesOfGreatest(tie: .rounding) }
  }

  /// For each row the column of greatest mass or share, and of those that tie the one of least cost, the
  /// first of equals; nil where the row is not a number.
  func bestColumns(costs: Matrix<Double>) -> [Int?] {
    (0..<rowCount).map {
      Array(row($0)).indexOfGreatest(tie: .rounding, costs: Array(costs.row($0)))
    }
  }
}
