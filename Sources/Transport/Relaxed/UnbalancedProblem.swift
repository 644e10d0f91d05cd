/// An unbalanced transport problem: minimise ⟨C, P⟩ + ρ₁ KL(P1 | a) + ρ₂ KL(Pᵀ1 | b) over P ≥ 0,
/// with KL(x | a) = Σ xᵢ log(xᵢ/aᵢ) − xᵢ + aᵢ.
///
/// A penalty ρ = ∞ fixes the masses of its side. Penalties have the unit of costs: much greater ones
/// give balanced transport, much smaller ones leave only the cheapest pairs. With both finite and
/// small against the costs, hardly any mass is moved at all; with one side fixed all of it is.
/// References: Liero2018, Chizat2018.
public struct UnbalancedProblem: Sendable {
  /// What it costs.
  public let cost: CostMatrix
  /// The mass that each source point should give.
  public let sourceMasses: [Double]
  /// The mass that each target point should take; not scaled to the total of the source.
  public let targetMasses: [Double]
  /// ρ₁.
  public let sourcePenalty: Double
  /// ρ₂.
  public let targetPenalty: Double
  /// The balanced problem, when both penalties are infinite.
  let balanced: TransportProblem?

  /// Poses a problem; the marginals are uniform of total 1 unless they are given.
  ///
  /// - Throws: `TransportError.notFinite` for an infinite cost, `.badPenalty`, `.countMismatch`, `.badWeight` or `.noMass`, and
  ///   `.massMismatch` when both penalties are infinite.
  public init(
    cost: CostMatrix, source: Marginal? = nil, target: Marginal? = nil,
    sourcePenalty: Double = .infinity, targetPenalty: Double = .infinity
  ) throws(TransportError) {
    for (side, value) in [("source", sourcePenalty), ("target", targetPenalty)]
    where !(value > 0) {
      throw .badPenalty(side: side, value: value)
    }
    try cost.requireFinite()
    let source = source ?? .uniform(cost.rowCount)
    let target = target ?? .uniform(cost.columnCount)
    try source.validate(side: "source", expected: cost.rowCount)
    try target.validate(side: "target", expected: cost.columnCount)
    let isFixed = sourcePenalty == .infinity && targetPenalty == .infinity
    balanced = isFixed ? try TransportProblem(cost: cost, source: source, target: target) : nil
    self.cost = cost
    sourceMasses = source.masses
    targetMasses = balanced?.targetMasses ?? target.masses
    self.sourcePenalty = sourcePenalty
    self.targetPenalty = targetPenalty
  }
}

extension UnbalancedProblem {
  var source: PenalizedSide { PenalizedSide(masses: sourceMasses, penalty: sourcePenalty) }
  var target: PenalizedSide { PenalizedSide(masses: targetMasses, penalty: targetPenalty) }

  /// What is minimised, without the penalty of a side that is fixed. Traps when the shape differs.
  public func objective(of plan: TransportPlan) -> Double {
    plan.cost(under: cost) + source.cost(of: plan.rowSums) + target.cost(of: plan.columnSums)
  }

  /// Σ ρ₁ aᵢ (1 − e^(−fᵢ/ρ₁)) + Σ ρ₂ bⱼ (1 − e^(−gⱼ/ρ₂)), where fixed sides have Σ aᵢ fᵢ or Σ bⱼ gⱼ.
  ///
  /// No plan has a lesser objective when fᵢ + gⱼ ≤ Cᵢⱼ everywhere.
  public func dualValue(sourcePotentials f: [Double], targetPotentials g: [Double]) -> Double {
    source.dualValue(of: f) + target.dualValue(of: g)
  }

  /// Judges a plan by potentials (f, g).
  ///
  /// The gap, objective less dual value, is summed as ⟨C − f − g, P⟩ + ρ₁ KL(P1 | a e^(−f/ρ₁)) +
  /// ρ₂ KL(Pᵀ1 | b e^(−g/ρ₂)), which is the same and does not cancel. The primal violation is that
  /// of fixed sides. `bound` adds what the dual loses when f is lowered by the dual violation, so that
  /// objective − optimum ≤ bound for a plan without primal violation. Traps when a shape differs.
  public func certificate(
    of plan: TransportPlan, sourcePotentials f: [Double], targetPotentials g: [Double]
  ) -> TransportCertificate {
    precondition(plan.rowCount == cost.rowCount && plan.columnCount == cost.columnCount)
    precondition(f.count == cost.rowCount && g.count == cost.columnCount)
    let (rowSums, columnSums) = (plan.rowSums, plan.columnSums)
    var excess = plan.masses.map { -$0 }
    for (sums, side) in [(rowSums, source), (columnSums, target)] where side.penalty == .infinity {
      excess += zip(sums, side.masses).map { abs($0 - $1) }
    }
    let slack = plan.entries.map { ($0.mass, cost[$0.row, $0.column] - f[$0.row] - g[$0.column]) }
    let gap = compensatedSum([
      compensatedDot(slack.map(\.0), slack.map(\.1)), source.gap(of: rowSums, at: f),
      target.gap(of: columnSums, at: g),
    ])
    let violation = cost.violation(f, g)
    let loss =
      violation == 0
      ? 0 : source.dualValue(of: f) - source.dualValue(of: f.map { $0 - violation })
    return TransportCertificate(
      primalViolation: greatestExcess(excess), dualViolation: violation, gap: gap,
      bound: gap + loss)
  }
}
