internal import ChiasmLinearAlgebra
public import ChiasmTransport

/// Hierarchical optimal transport between two response sets, ready to be fitted.
///
/// On training stimuli, for stages X_l of the source and Y_m of the target, every unit z-scored:
/// ```
/// C^in_lm[i,j] = 1 − ρ(X_l[:,i], Y_m[:,j])
/// Q_lm = argmin ⟨C^in_lm, Q⟩   with Q ≥ 0, Q 1 = 1/n_l, Qᵀ 1 = 1/q_m
/// C_lm = ⟨C^in_lm, Q_lm⟩
/// P    = argmin ⟨C, P⟩         with P ≥ 0, Σ_m P_lm = 1/L, Σ_l P_lm = 1/M
/// ```
/// Both levels are linear programs. Reference: ShahKhosla2025. Where not all mass of the units is
/// matched (`innerMass`), Q_lm has row sums of at most 1/n_l, column sums of at most 1/q_m and the
/// whole mass s, and C_lm = ⟨C^in_lm, Q_lm⟩ / s, so that costs of other masses compare.
public struct HierarchicalTransport: Sendable {
  /// Solves the inner problems, between units.
  public var innerSolver: any TransportSolver
  /// Solves the outer problem, between stages.
  public var outerSolver: any TransportSolver
  /// The greatest violation and gap, on the scale of the cost, with which a solve is accepted; nil
  /// accepts any and leaves the judgement to the reader of the certificate.
  public var tolerance: Double?
  /// Which outer problem is solved; the formula above is that of the balanced one.
  public var outer: OuterTransport
  /// How much of the units of two stages is matched; chosen for each pair and split by its training
  /// stimuli where it is not fixed.
  public var innerMass: MatchedMass

  /// Exact at both levels, every solve certified to `tolerance`.
  ///
  /// - Precondition: the inner mass is above 0 and at most 1.
  public init(
    innerSolver: any TransportSolver = ExactTransport(),
    outerSolver: any TransportSolver = ExactTransport(), tolerance: Double? = 1e-9,
    outer: OuterTransport = .balanced, innerMass: MatchedMass = .whole
  ) {
    precondition(innerMass.unfit == nil, "A mass is above 0 and at most 1.")
    self.innerSolver = innerSolver
    self.outerSolver = outerSolver
    self.tolerance = tolerance
    self.outer = outer
    self.innerMass = innerMass
  }
}

extension HierarchicalTransport {
  /// About how many bytes matching two stages takes for each pair of their units: the costs, with
  /// what the solver keeps beside them.
  public var bytesPerUnitPair: Int {
    innerSolver is Sinkhorn ? 24 : innerMass == .whole ? 12 : 20
  }

  /// Fits the training stimuli of one split.
  ///
  /// - Throws: `AlignmentError`.
  public func fit(_ data: StandardizedPair, threads: Int) async throws -> FittedTransport {
    try await fit([data], threads: threads)[0]
  }

  /// Fits the training stimuli of several splits of the same pair of response sets.
  ///
  /// Pairs of stages are taken `threads` at a time, the largest first, and each for all splits, which
  /// share work (`PairCosts`). Memory holds the responses, the plans and, for each pair in flight, the
  /// two stages and two or three numbers of 4 bytes for every pair of their units, one more where not
  /// all mass is matched. The result is the same for any number of threads.
  ///
  /// Where the outer problem is chosen, each split is fitted `outer.fitsPerSplit` times.
  ///
  /// - Parameters:
  ///   - progress: called with the number of unit plans found so far, on any thread.
  /// - Throws: `AlignmentError`.
  public func fit(
    _ splits: [StandardizedPair], threads: Int,
    progress: @escaping @Sendable (_ plansDone: Int) -> Void = { _ in }
  ) async throws -> [FittedTransport] {
    let folds = try splits.map { try outer.folds(of: $0) }
    let all = zip(splits, folds).flatMap { [$0] + $1 }
    var fits = try await fitBalanced(all, threads: threads, progress: progress)[...]
    guard !outer.path.isEmpty else { return Array(fits) }
    var chosen: [FittedTransport] = []
    for folds in folds {
      let own = Array(fits.prefix(1 + folds.count))
      fits = fits.dropFirst(own.count)
      let path = try await path(
        of: own[0], folds: Array(zip(own.dropFirst(), folds)), threads: threads)
      chosen.append(own[0].coupled(along: path))
    }
    return chosen
  }

  private func fitBalanced(
    _ splits: [StandardizedPair], threads: Int,
    progress: @escaping @Sendable (_ plansDone: Int) -> Void
  ) async throws -> [FittedTransport] {
    guard let first = splits.first else { return [] }
    let targetCount = first.target.count
    let sizes = first.source.flatMap { source in
      first.target.map { source.unitCount * $0.unitCount }
    }
    let largestFirst = sizes.indices.sorted { (sizes[$0], $1) > (sizes[$1], $0) }
    let stageCount = first.source.count + targetCount
    let stages = try await concurrentMap(count: stageCount, threads: threads) { stage in
      StageAcrossSplits(splits.map { ($0.source + $0.target)[stage] })
    }
    let counter = Counter()
    let matches = try await concurrentMap(
      count: sizes.count, threads: threads, schedule: largestFirst
    ) { index in
      try matchUnits(
        stages[index / targetCount], stages[first.source.count + index % targetCount]
      ) { progress(counter.increment()) }
    }
    return try splits.indices.map { split in
      try couple(splits[split], matches: matches.map { $0[split] })
    }
  }

  /// The unit plans of one pair of stages, one a split.
  ///
  /// Costs change little from split to split: a solve starts from the one before.
  private func matchUnits(
    _ source: StageAcrossSplits, _ target: StageAcrossSplits, done: () -> Void
  ) throws(AlignmentError) -> [UnitMatch] {
    var costs = PairCosts(source, target)
    var potentials: [Double] = []
    var curve: MassCurve?
    var matches: [UnitMatch] = []
    for split in source.splits.indices {
      let names = (source.splits[split].name, target.splits[split].name)
      if innerMass == .whole {
        let solution = try solve(
          costs.costMatrix(ofSplit: split), from: potentials, between: names)
        potentials = solution.targetPotentials
        matches.append(UnitMatch(solution))
      } else {
        let next = try massCurve(
          costs.costMatrix(ofSplit: split), startingFrom: curve, between: names)
        matches.append(UnitMatch(next))
        curve = next
      }
      done()
    }
    return matches
  }

  private func couple(
    _ data: StandardizedPair, matches: [UnitMatch]
  ) throws(AlignmentError) -> FittedTransport {
    let costs = Matrix(
      rowCount: data.source.count, columnCount: data.target.count, elements: matches.map(\.cost))
    let outer = try couple(costs, by: .balanced)
    return FittedTransport(
      split: data.split, source: data.source.map(FittedStage.init),
      target: data.target.map(FittedStage.init), matches: matches, costs: costs,
      coupling: outer.masses, cost: outer.cost, outerCertificate: outer.certificate)
  }

  private func solve(
    _ cost: @autoclosure () throws -> CostMatrix, from potentials: [Double],
    between names: (String, String)
  ) throws(AlignmentError) -> TransportSolution {
    var problem: TransportProblem
    do {
      let cost = try cost()
      problem = try TransportProblem(
        cost: cost, source: .uniform(cost.rowCount), target: .uniform(cost.columnCount))
    } catch {
      throw .transport(source: names.0, target: names.1, problem: "\(error)")
    }
    // Splits in which other units vary have other problems.
    if potentials.count == problem.cost.columnCount { problem.startingPotentials = potentials }
    let solution = innerSolver.solve(problem)
    try solution.certificate.require(tolerance, between: names)
    return solution
  }

  /// The partial matchings of two stages for all masses that are tried, every one of them proven.
  private func massCurve(
    _ costs: @autoclosure () throws -> CostMatrix, startingFrom previous: MassCurve?,
    between names: (String, String)
  ) throws(AlignmentError) -> MassCurve {
    let curve: MassCurve
    do {
      curve = try MassCurve(
        costs(), innerMass, solver: innerSolver, startingFrom: previous)
    } catch {
      throw .transport(source: names.0, target: names.1, problem: "\(error)")
    }
    for solution in curve.solutions {
      try solution.certificate.require(tolerance, between: names)
    }
    return curve
  }
}
