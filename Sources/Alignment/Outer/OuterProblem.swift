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
