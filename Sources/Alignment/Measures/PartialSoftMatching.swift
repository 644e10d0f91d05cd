internal import LinearAlgebra
internal import OptimalTransport

/// How well the units of two stages match when the worst may stay unmatched.
///
/// ```
/// Q_s   = argmin ⟨1 − ρ, Q⟩   with Q ≥ 0, Q 1 ≤ 1/n, Qᵀ 1 ≤ 1/q, 1ᵀ Q 1 = s
/// value = ⟨ρ, Q_s⟩ / s
/// ```
/// ρ_ij is Pearson's correlation of source unit i and target unit j over the stimuli. The problem is a
/// balanced one with one more point on each side, of mass 1 − s, that matches every unit at no cost
/// and its counterpart at a cost above all others; it is solved exactly and certified to 1e-9.
///
/// Range [−1, 1], greater is more alike; the same in both directions. With s = 1 it is `SoftMatching`,
/// and a smaller s never lowers it. Values for different s do not compare: give s, or report it.
/// The reference chooses s by an L-curve; the rule for the corner (`Mass.corner`) is of Chiasm.
/// Reference: KapoorWilliamsKhosla2026.
public struct PartialSoftMatching: Measure {
  /// How much is matched.
  public enum Mass: Sendable, Equatable {
    /// The mass s, above 0 and at most 1.
    case fixed(Double)
    /// Chosen for each pair at the corner of the curve of costs c(s) = ⟨1 − ρ, Q_s⟩ over some
    /// masses: where s / s_max − c(s) / c(s_max) is greatest, with s_max the greatest mass; the
    /// greatest such mass counts, and s_max when the curve departs from its chord by no more than
    /// 1e-9 or costs no more than that.
    case corner(of: [Double])

    /// The corner over 0.1, 0.2 … 1.
    public static let automatic = Mass.corner(of: (1...10).map { Double($0) / 10 })

    var candidates: [Double] {
      switch self {
      case .fixed(let mass): [mass]
      case .corner(let masses): masses.sorted()
      }
    }
  }

  /// How much is matched.
  public let mass: Mass

  /// `partial-soft-matching`, with the mass where it is fixed.
  public var name: String {
    guard case .fixed(let mass) = mass else { return "partial-soft-matching" }
    return "partial-soft-matching-\(mass)"
  }

  /// Chooses how much is matched.
  ///
  /// - Throws: `AlignmentError.settingOutOfRange` for a mass that is not above 0 and at most 1, or
  ///   when there is none.
  public init(mass: Mass = .automatic) throws(AlignmentError) {
    let candidates = mass.candidates
    let unfit = candidates.isEmpty ? .nan : candidates.first { !($0 > 0 && $0 <= 1) }
    if let unfit {
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
    let curve = try matches(source, target, masses: mass.candidates)
    return curve[corner(of: curve)]
  }

  /// The best matching for each of some masses, given ascending.
  func matches(
    _ source: NormalizedUnits, _ target: NormalizedUnits, masses: [Double]
  ) throws(AlignmentError) -> [PartialMatch] {
    let (n, q) = (source.rows.rowCount, target.rows.rowCount)
    var costs = source.costs(against: target, extraPoints: 1)
    costs[n, q] = 3
    var matches: [PartialMatch] = []
    var potentials: [Double]?
    for mass in masses {
      // A point without mass is allowed, so that all problems have one shape.
      let rest = [1 - mass]
      let solution = try certifiedSolution(
        costs, source: .weights(Array(repeating: 1 / Double(n), count: n) + rest),
        target: .weights(Array(repeating: 1 / Double(q), count: q) + rest),
        startingPotentials: potentials)
      potentials = solution.targetPotentials
      let entries = solution.plan.entries.filter { $0.row < n && $0.column < q }
      let plan = TransportPlan(rowCount: n, columnCount: q, entries: entries)
      matches.append(PartialMatch(mass: mass, cost: solution.cost, plan: plan))
    }
    return matches
  }

  private func corner(of curve: [PartialMatch]) -> Int {
    let last = curve[curve.count - 1]
    guard last.cost > 1e-9 else { return curve.count - 1 }
    var (best, depth) = (curve.count - 1, 1e-9)
    for (index, match) in curve.enumerated() {
      let below = match.mass / last.mass - match.cost / last.cost
      if below >= depth { (best, depth) = (index, below) }
    }
    return best
  }
}
