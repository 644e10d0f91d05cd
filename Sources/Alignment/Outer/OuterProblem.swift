internal import ChiasmStatistics
public import ChiasmLinearAlgebra
public import ChiasmTransport

/// The problem between stages: how far the masses of the stages are prescribed.
///
/// With costs C, source masses a (1/L each unless they are weighed) and M target stages.
public enum OuterProblem: Equatable, Sendable {
  /// minimise ⟨C, P⟩ with Σ_m P_lm = a_l and Σ_l P_lm = 1/M: the published method, in which every
  /// target stage is used up.
  case balanced
  /// minimise ⟨C, P⟩ + ρ KL(Pᵀ1 | 1/M) with Σ_m P_lm = a_l: every source stage keeps its whole mass,
  /// and a target stage is used as much as it is worth. ρ → ∞ is `balanced`, ρ → 0 gives each source
  /// stage to its cheapest target stage.
  case unbalanced(targetPenalty: Double)
  /// minimise ⟨C, P⟩ with Σ_m P_lm ≤ a_l, Σ_l P_lm ≤ 1/M and a whole mass of s: the dearest part of
  /// either side is left out. s = 1 is `balanced`.
  case partial(mass: Double)
}

extension OuterProblem {
  /// ρ: infinite for a balanced problem, nil for a partial one.
  public var targetPenalty: Double? {
    switch self {
    case .balanced: .infinity
    case .unbalanced(let penalty): penalty
    case .partial: nil
    }
  }

  /// The whole mass that is moved.
  public var mass: Double {
    if case .partial(let mass) = self { mass } else { 1 }
  }

  /// The penalties among which one is chosen, the most balanced first: ∞, 1, 0.3, 0.1 … 0.0001.
  ///
  /// Costs are 1 − ρ, so that a penalty of 1 hardly frees anything, and at 0.0001 two stages must have
  /// costs as equal as 0.0002 to share a source stage.
  public static let penalties: [OuterProblem] =
    [.balanced]
    + [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001].map {
      .unbalanced(targetPenalty: $0)
    }

  /// Masses 1, 0.9 … 0.1.
  public static let masses: [OuterProblem] = (1...10).reversed().map {
    .partial(mass: Double($0) / 10)
  }

  /// The problems beside which this one is shown, itself among them and the most balanced first; none
  /// for a balanced problem.
  public var path: [OuterProblem] {
    switch self {
    case .balanced: []
    case .unbalanced:
      (Self.penalties.filter { $0 != self } + [self]).sorted {
        ($0.targetPenalty ?? 0) > ($1.targetPenalty ?? 0)
      }
    case .partial: (Self.masses.filter { $0 != self } + [self]).sorted { $0.mass > $1.mass }
    }
  }
}

extension OuterProblem {
  /// Solves the problem for costs, source stages × target stages: exactly when `solver` is exact and
  /// the problem balanced or partial, else to a gap that the certificate tells. The coupling has no
  /// entry below 1e-12 of its row's sum.
  ///
  /// - Parameter sourceMasses: of total 1; nil for 1/L each.
  func solve(
    _ costs: Matrix<Double>, sourceMasses: [Double]?, solver: any TransportSolver
  ) throws(TransportError) -> StageCoupling {
    let cost = try CostMatrix(costs)
    let source = sourceMasses.map(Marginal.weights) ?? .uniform(costs.rowCount)
    let target = Marginal.uniform(costs.columnCount)
    let relaxed: RelaxedSolution
    switch self {
    case .balanced:
      let problem = try TransportProblem(cost: cost, source: source, target: target)
      let solution = solver.solve(problem).withoutDust(problem)
      return StageCoupling(
        problem: self, masses: solution.plan.dense, cost: solution.cost,
        certificate: solution.certificate)
    case .unbalanced(let penalty):
      relaxed = UnbalancedTransport().solve(
        try UnbalancedProblem(cost: cost, source: source, target: target, targetPenalty: penalty))
    case .partial(let mass):
      relaxed = PartialTransport(solver: solver).solve(
        try PartialProblem(cost: cost, source: source, target: target, mass: mass))
    }
    return StageCoupling(
      problem: self, masses: relaxed.plan.dense, cost: relaxed.cost,
      certificate: relaxed.certificate)
  }
}

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
