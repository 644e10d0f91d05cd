internal import ChiasmLinearAlgebra
internal import ChiasmTransport

/// How well the units of two stages match one to one, softly where their numbers differ.
///
/// ```
/// value = 1 − min over Q of ⟨1 − ρ, Q⟩ = max over Q of ⟨ρ, Q⟩
///         Q ≥ 0, Q 1 = 1/n, Qᵀ 1 = 1/q
/// ```
/// ρ_ij is Pearson's correlation of source unit i and target unit j over the stimuli; the transport
/// is solved exactly and certified to 1e-9. Range [−1, 1], greater is more alike; the same in both
/// directions. 1 when one stage is the other with its units in another order; a rotation of the units
/// lowers it. The soft matching distance of the reference is √(2 − 2 value). The value of unrelated
/// stages is above 0, the more so the more units and the fewer stimuli there are.
/// Reference: KhoslaWilliams2024.
public struct SoftMatching: Measure {
  /// `soft-matching`.
  public let name = "soft-matching"

  /// There is nothing to set.
  public init() {}

  /// The mean correlation under the best plan. Complexity: that of `ExactTransport` on n × q.
  public func value(
    _ source: NormalizedUnits, _ target: NormalizedUnits
  ) throws(AlignmentError) -> Double {
    1 - (try certifiedSolution(source.costs(against: target)).cost)
  }
}

extension Measure {
  /// The exact solution of a transport problem with uniform marginals, proven to 1e-9.
  func certifiedSolution(
    _ costs: Matrix<Double>
  ) throws(AlignmentError) -> TransportSolution {
    let problem: TransportProblem
    do {
      problem = try TransportProblem(cost: CostMatrix(costs))
    } catch {
      throw .measureTransport(measure: name, problem: "\(error)")
    }
    let solution = ExactTransport().solve(problem)
    try require(solution.certificate)
    return solution
  }

  /// Throws `measureNotCertified` for a proof that does not hold to 1e-9.
  func require(_ proof: TransportCertificate) throws(AlignmentError) {
    guard !proof.holds(within: 1e-9) else { return }
    throw .measureNotCertified(
      measure: name, primalViolation: proof.primalViolation,
      dualViolation: proof.dualViolation, gap: proof.gap)
  }
}
