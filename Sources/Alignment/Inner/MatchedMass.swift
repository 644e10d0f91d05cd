internal import ChiasmTransport

/// How much of two stages is matched, unit with unit, of a whole mass of 1.
public enum MatchedMass: Equatable, Sendable {
  /// The mass s, above 0 and at most 1.
  case fixed(Double)
  /// Chosen for each pair of stages at the corner of the curve of costs c(s) = ⟨1 − ρ, Q_s⟩ over some
  /// masses: where s / s_max − c(s) / c(s_max) is greatest, with s_max the greatest mass; the
  /// greatest such mass counts, and s_max when the curve departs from its chord by no more than
  /// 1e-9 or costs no more than that.
  case corner(of: [Double])

  /// Everything is matched.
  public static let whole = MatchedMass.fixed(1)
  /// The corner over 0.1, 0.2 … 1.
  public static let automatic = MatchedMass.corner(of: (1...10).map { Double($0) / 10 })

  /// The masses that are tried, ascending.
  public var candidates: [Double] {
    switch self {
    case .fixed(let mass): [mass]
    case .corner(let masses): masses.sorted()
    }
  }

  /// The first mass that is not above 0 and at most 1, NaN when there is no mass at all; nil when
  /// all are fit.
  public var unfit: Double? {
    let candidates = candidates
    return candidates.isEmpty ? .nan : candidates.first { !($0 > 0 && $0 <= 1) }
  }

  /// Which of the candidates is taken, by the costs c(s) of all of them.
  func choice(_ costs: [Double]) -> Int {
    let (masses, last) = (candidates, costs.count - 1)
    guard costs[last] > 1e-9 else { return last }
    var (best, depth) = (last, 1e-9)
    for (index, cost) in costs.enumerated() {
      let below = masses[index] / masses[last] - cost / costs[last]
      if below >= depth { (best, depth) = (index, below) }
    }
    return best
  }
}

/// The best partial matchings of the units of two stages, one for each mass that is tried:
/// ```
/// Q_s = argmin ⟨C, Q⟩   with Q ≥ 0, Q 1 ≤ 1/n, Qᵀ 1 ≤ 1/q, 1ᵀ Q 1 = s
/// ```
struct MassCurve: Sendable {
  /// s, ascending.
  let masses: [Double]
  /// Q_s, a solution a mass.
  let solutions: [RelaxedSolution]
  /// Which of them is taken.
  let chosen: Int

  /// Solves one problem for each mass, exactly when `solver` is exact.
  ///
  /// - Parameter previous: the curve of similar costs over the same masses, from whose solutions the
  ///   solver starts; without it, it starts from the solution of the mass before.
  init(
    _ cost: CostMatrix, _ mass: MatchedMass, solver: any TransportSolver = ExactTransport(),
    startingFrom previous: MassCurve? = nil
  ) throws(TransportError) {
    masses = mass.candidates
    var solutions: [RelaxedSolution] = []
    for (place, mass) in masses.enumerated() {
      solutions.append(
        PartialTransport(solver: solver).solve(
          try PartialProblem(cost: cost, mass: mass),
          startingFrom: previous?.solutions[place] ?? solutions.last))
    }
    self.solutions = solutions
    chosen = mass.choice(solutions.map(\.cost))
  }

  /// The solution that is taken.
  var solution: RelaxedSolution { solutions[chosen] }
  /// The mass that is taken.
  var mass: Double { masses[chosen] }
}
