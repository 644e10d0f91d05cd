internal import LinearAlgebra
public import OptimalTransport

/// Hierarchical optimal transport between two response sets, ready to be fitted.
///
/// On training stimuli, for stages X_l of the source and Y_m of the target, every unit z-scored:
/// ```
/// C^in_lm[i,j] = 1 − ρ(X_l[:,i], Y_m[:,j])
/// Q_lm = argmin ⟨C^in_lm, Q⟩   with Q ≥ 0, Q 1 = 1/n_l, Qᵀ 1 = 1/q_m
/// C_lm = ⟨C^in_lm, Q_lm⟩
/// P    = argmin ⟨C, P⟩         with P ≥ 0, Σ_m P_lm = 1/L, Σ_l P_lm = 1/M
/// ```
/// Both levels are linear programs. Reference: ShahKhosla2025.
public struct HierarchicalTransport: Sendable {
  /// Solves the inner problems, between units.
  public var innerSolver: any TransportSolver
  /// Solves the outer problem, between stages.
  public var outerSolver: any TransportSolver
  /// The greatest violation and gap, on the scale of the cost, with which a solve is accepted; nil
  /// accepts any and leaves the judgement to the reader of the certificate.
  public var tolerance: Double?

  /// Exact at both levels, every solve certified to `tolerance`.
  public init(
    innerSolver: any TransportSolver = ExactTransport(),
    outerSolver: any TransportSolver = ExactTransport(), tolerance: Double? = 1e-9
  ) {
    self.innerSolver = innerSolver
    self.outerSolver = outerSolver
    self.tolerance = tolerance
  }
}

extension HierarchicalTransport {
  /// Fits the training stimuli of one split.
  ///
  /// Pairs of stages are solved `threads` at a time, the largest first; memory holds the responses
  /// and, for each pair in flight, one n × q matrix of costs and the two stages in double precision.
  /// The result is the same for any number of threads.
  ///
  /// - Parameters:
  ///   - progress: called with the number of pairs done so far, on any thread.
  /// - Throws: `AlignmentError`.
  public func fit(
    _ data: StandardizedPair, threads: Int,
    progress: @escaping @Sendable (_ pairsDone: Int) -> Void = { _ in }
  ) async throws -> FittedTransport {
    let targetCount = data.target.count
    let sizes = data.source.flatMap { source in
      data.target.map { source.unitCount * $0.unitCount }
    }
    let largestFirst = sizes.indices.sorted { (sizes[$0], $1) > (sizes[$1], $0) }
    let counter = Counter()
    let matches = try await concurrentMap(
      count: sizes.count, threads: threads, schedule: largestFirst
    ) { index in
      let match = try matchUnits(
        data.source[index / targetCount], data.target[index % targetCount])
      progress(counter.increment())
      return match
    }
    return try couple(data, matches: matches)
  }

  private func matchUnits(
    _ source: StandardizedStage, _ target: StandardizedStage
  ) throws(AlignmentError) -> UnitMatch {
    let solution = try solve(
      correlationCost(source, target), with: innerSolver, between: (source.name, target.name))
    return UnitMatch(
      plan: solution.plan, cost: solution.cost, certificate: solution.certificate,
      iterations: solution.iterations)
  }

  private func couple(
    _ data: StandardizedPair, matches: [UnitMatch]
  ) throws(AlignmentError) -> FittedTransport {
    let costs = Matrix(
      rowCount: data.source.count, columnCount: data.target.count, elements: matches.map(\.cost))
    let outer = try solve(costs, with: outerSolver, between: ("source stages", "target stages"))
    return FittedTransport(
      split: data.split, source: data.source.map(FittedStage.init),
      target: data.target.map(FittedStage.init), matches: matches, costs: costs,
      coupling: outer.plan.dense, cost: outer.cost, outerCertificate: outer.certificate)
  }

  private func solve(
    _ cost: Matrix<Double>, with solver: any TransportSolver, between names: (String, String)
  ) throws(AlignmentError) -> TransportSolution {
    let problem: TransportProblem
    do {
      problem = try TransportProblem(
        cost: CostMatrix(cost), source: .uniform(cost.rowCount), target: .uniform(cost.columnCount))
    } catch {
      throw .transport(source: names.0, target: names.1, problem: "\(error)")
    }
    let solution = solver.solve(problem)
    let proof = solution.certificate
    if let tolerance, !proof.holds(within: tolerance) {
      throw .notCertified(
        source: names.0, target: names.1, primalViolation: proof.primalViolation,
        dualViolation: proof.dualViolation, gap: proof.gap)
    }
    return solution
  }
}
