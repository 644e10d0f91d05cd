internal import ChiasmTransport

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
