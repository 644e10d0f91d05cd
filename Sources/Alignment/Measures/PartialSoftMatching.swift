internal import ChiasmTransport

/// How well the units of two stages match when the worst may stay unmatched.
///
/// ```
/// Q_s   = argmin ⟨1 − ρ, Q⟩   with Q ≥ 0, Q 1 ≤ 1/n, Qᵀ 1 ≤ 1/q, 1ᵀ Q 1 = s
/// value = ⟨ρ, Q_s⟩ / s
/// ```
/// ρ_ij is Pearson's correlation of source unit i and target unit j over the stimuli. The problem is
/// solved exactly (`PartialTransport`) and certified to 1e-9.
///
/// Range [−1, 1], greater is more alike; the same in both directions. With s = 1 it is `SoftMatching`,
/// and a smaller s never lowers it. Values for different s do not compare: give s, or report it.
/// The reference chooses s by an L-curve; the rule for the corner (`MatchedMass.corner`) is of Chiasm.
/// Reference: KapoorWilliamsKhosla2026.
public struct PartialSoftMatching: Measure {
  /// How much is matched.
  public let mass: MatchedMass

  /// `partial-soft-matching`, with the mass where it is fixed.
  public var name: String {
    guard case .fixed(let mass) = mass else { return "partial-soft-matching" }
    return "partial-soft-matching-\(mass)"
  }

  /// Chooses how much is matched.
  ///
  /// - Throws: `AlignmentError.settingOutOfRange` for a mass that is not above 0 and at most 1, or
  ///   when there is none.
  public init(mass: MatchedMass = .automatic) throws(AlignmentError) {
    if let unfit = mass.unfit {
      throw .settingOutOfRange(
        measure: "partial-soft-matching", setting: "mass", value: unfit,
        allowed: "a number above 0 and at most 1")
    }
    self.mass = mass
  }

  /// The mean correlation of what is matched.
  public func value(
    _ source: NormalizedUnits, _ target: NormalizedUnits
  ) throws(AlignmentError) -> Double {
    try match(source, target).similarity
  }

  /// The matching itself, with its mass. Complexity: one exact transport for each candidate mass.
  public func match(
    _ source: NormalizedUnits, _ target: NormalizedUnits
  ) throws(AlignmentError) -> PartialMatch {
    let curve: MassCurve
    do {
      curve = try MassCurve(CostMatrix(source.costs(against: target)), mass)
    } catch {
      throw .measureTransport(measure: name, problem: "\(error)")
    }
    for solution in curve.solutions { try require(solution.certificate) }
    return PartialMatch(
      mass: curve.mass, cost: curve.solution.cost, plan: curve.solution.plan)
  }
}
