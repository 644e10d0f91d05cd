internal import ChiasmStatistics
internal import ChiasmLinearAlgebra
public import ChiasmResponses
public import ChiasmTransport

/// The units of a stage, one a row, each of mean 0 and length 1 over the stimuli in use, so that
/// products of rows are Pearson's correlations.
public struct NormalizedUnits: Sendable {
  /// Units × stimuli.
  let rows: Matrix<Double>
  /// For each row, its column in the responses.
  public let unitColumns: [Int]

  init(_ stage: Stage, rows: [Int], fit: Standardization) {
    self.rows = fit.normalized(stage.responses, rows: rows)
    unitColumns = fit.varyingColumns
  }

  /// The varying units of a stage over its training stimuli.
  init(_ stage: StandardizedStage) {
    self.init(stage.stage, rows: stage.trainingRows, fit: stage.fit)
  }

  /// Calls `body` with the correlations of all units with some units of another stage at a time.
  func forEachBlock(
    of target: NormalizedUnits, _ body: (_ firstColumn: Int, _ correlations: Matrix<Double>) -> Void
  ) {
    precondition(rows.columnCount == target.rows.columnCount, "The stages have other stimuli.")
    for first in stride(from: 0, to: target.rows.rowCount, by: 512) {
      let block = Array(first..<min(first + 512, target.rows.rowCount))
      body(first, rows.product(transposing: target.rows.selectingRows(block)))
    }
  }

  /// 1 − ρ in [0, 2] for all pairs of units.
  func costs(against target: NormalizedUnits) -> Matrix<Double> {
    var costs = Matrix(
      rowCount: rows.rowCount, columnCount: target.rows.rowCount, repeating: 0.0)
    forEachBlock(of: target) { first, correlations in
      for row in 0..<correlations.rowCount {
        let start = row * costs.columnCount + first
        for (column, correlation) in correlations.row(row).enumerated() {
          costs.elements[start + column] = min(max(1 - correlation, 0), 2)
        }
      }
    }
    return costs
  }
}

extension Measure where Prepared == NormalizedUnits {
  /// Normalises the units.
  public func prepare(
    _ stage: Stage, rows: [Int]
  ) throws(AlignmentError) -> NormalizedUnits {
    NormalizedUnits(stage, rows: rows, fit: try standardization(of: stage, rows: rows))
  }
}

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
  /// The costs, and what the solver keeps beside them.
  public let bytesPerUnitPair = 12

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

/// How well each source unit is matched by its best target unit: (1/n) Σ_i max_j ρ_ij.
///
/// ρ_ij is Pearson's correlation of source unit i and target unit j over the stimuli. Range [−1, 1],
/// greater is more alike; 1 exactly when every source unit has a perfect partner. Several units may
/// take the same partner, so that the value has a direction, is at least that of `SoftMatching`, and
/// grows with the number of target units whatever they are: compare it with its permutation null.
/// Reference: KhoslaWilliams2024.
public struct SemiMatching: Measure {
  /// `semi-matching`.
  public let name = "semi-matching"

  /// There is nothing to set.
  public init() {}

  /// The mean over source units of the greatest correlation.
  public func value(
    _ source: NormalizedUnits, _ target: NormalizedUnits
  ) throws(AlignmentError) -> Double {
    var best = [Double](repeating: -1, count: source.rows.rowCount)
    source.forEachBlock(of: target) { _, correlations in
      for row in best.indices {
        best[row] = correlations.row(row).reduce(best[row], max)
      }
    }
    return Spread(best.map { min($0, 1) }).mean
  }
}

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
  /// The costs, the extended problem, and what the solver keeps beside it.
  public let bytesPerUnitPair = 20

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

/// A matching that leaves some units out.
public struct PartialMatch: Sendable, Equatable {
  /// The mass s that is matched, of 1.
  public let mass: Double
  /// ⟨1 − ρ, Q⟩ for that mass.
  public let cost: Double
  /// Q: the units of the source × those of the target that vary, with row sums of at most 1/n and
  /// column sums of at most 1/q.
  public let plan: TransportPlan

  /// ⟨ρ, Q⟩ / s: the mean correlation of what is matched.
  public var similarity: Double { 1 - cost / mass }
}
