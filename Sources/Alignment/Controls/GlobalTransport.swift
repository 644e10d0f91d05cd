public import ChiasmLinearAlgebra
internal import ChiasmStatistics
public import ChiasmTransport

/// Global transport: one exact problem between all units of all source stages and all units of all
/// target stages, which knows of no stages.
///
/// A unit of source stage l has mass 1 / (L n_l), a unit of target stage m has 1 / (M q_m), so that
/// stages weigh as much as in HOT; a pair costs 1 − ρ over the training stimuli. Source unit i is
/// predicted by Σ_j G_ij y_j / Σ_j G_ij, the mean of the target units that it is matched with, of
/// whatever stages. The mass between the units of two stages is what corresponds to P (`coupling`);
/// it has the same marginals, and a cost that no hierarchical plan goes below.
///
/// All costs are held at once; with what the solver needs that is 8 bytes a pair of units. Where there
/// are more than `pairLimit` pairs of units, every stage keeps the same share of its units, drawn at
/// random, and the score is that of the units drawn. Complexity: one problem of Σ n_l × Σ q_m a split.
public struct GlobalTransport: Control {
  /// `global` in result files.
  public static let description = ControlDescription(
    name: "global", title: "Global OT", meaning: "one transport between all units, without stages")
  /// The most pairs of units.
  public let pairLimit: Int
  /// The seed of the units that are drawn.
  public let seed: UInt64
  /// Solves the problem.
  public var solver: any TransportSolver
  /// The greatest violation and gap that is accepted; nil accepts any.
  public var tolerance: Double?

  /// 64 million pairs: 8,000 × 8,000 units, some 500 MB.
  public static let defaultPairLimit = 64_000_000

  /// Configures an exact solver.
  ///
  /// - Precondition: the limit is above 0.
  public init(
    pairLimit: Int = defaultPairLimit, seed: UInt64,
    solver: any TransportSolver = ExactTransport(), tolerance: Double? = 1e-9
  ) {
    precondition(pairLimit > 0, "A transport needs a pair of units.")
    self.pairLimit = pairLimit
    self.seed = seed
    self.solver = solver
    self.tolerance = tolerance
  }
}

extension GlobalTransport {
  /// The score, with the coupling of stages, and the matched score.
  ///
  /// - Throws: `AlignmentError.transport` or `.notCertified`.
  public func scores(of split: FittedSplit) async throws -> [MethodScore] {
    let problem = try await GlobalProblem(split, units: drawnUnits(of: split.fit))
    let solution = try problem.solve(with: solver, tolerance: tolerance)
    let coupling = problem.coupling(solution)
    let evaluation = try await problem.evaluate(solution.plan, split)
    let stages = split.fit.source.count
    return [
      MethodScore(method: name, stageCount: stages, coupling: coupling) { _, stage in
        problem.spread(evaluation.unitScores(stage: stage, weights: [1]), stage: stage)
      },
      MethodScore(matched: name, evaluation, weights: { _ in [1] }, units: problem.spread),
    ]
  }

  /// For each stage of source and target the units in use, as places among those that vary.
  private func drawnUnits(of fit: FittedTransport) -> (source: [[Int]], target: [[Int]]) {
    let counts = (fit.source + fit.target).map(\.unitColumns.count)
    let sizes = (
      counts.prefix(fit.source.count).reduce(0, +), counts.dropFirst(fit.source.count).reduce(0, +)
    )
    let pairs = Double(sizes.0) * Double(sizes.1)
    let share = min(1, (Double(pairLimit) / pairs).squareRoot())
    let units = counts.enumerated().map { number, count in
      if share == 1 { return Array(0..<count) }
      var generator = SeededGenerator(
        seed: seed, stream: fingerprint(name.utf8) &+ UInt64(number))
      let kept = max(1, Int(Double(count) * share))
      return generator.permutation(of: count).prefix(kept).sorted()
    }
    return (Array(units.prefix(fit.source.count)), Array(units.dropFirst(fit.source.count)))
  }
}

/// What one transport between all units says of the stages: the counterpart of P.
public struct GlobalCoupling: Equatable, Sendable {
  /// The mass between the units of a source stage and those of a target stage: source stages ×
  /// target stages; rows sum to 1/L and columns to 1/M.
  public let masses: Matrix<Double>
  /// What the plan costs: at most as much as HOT's.
  public let cost: Double
  /// What proves the plan optimal.
  public let certificate: TransportCertificate
  /// The units in use, a number a source stage.
  public let sourceUnitCounts: [Int]
  /// The units in use, a number a target stage.
  public let targetUnitCounts: [Int]
}
