internal import ChiasmAlignment
internal import ChiasmLinearAlgebra
internal import ChiasmStatistics
internal import ChiasmTransport

/// One split of an alignment.
public struct SplitResult: Codable, Equatable, Sendable {
  /// The proof of one solve.
  public struct Solve: Codable, Equatable, Sendable {
    /// Nil for the outer problem, between stages.
    public let source_stage: String?
    /// Nil for the outer problem.
    public let target_stage: String?
    /// Units, or stages, of the source.
    public let rows: Int
    /// Units, or stages, of the target.
    public let columns: Int
    /// The solver's iterations; nil for the outer problem.
    public let iterations: Int?
    /// The worst error of a marginal.
    public let primal_violation: Double?
    /// The worst violation of a dual constraint.
    public let dual_violation: Double?
    /// The duality gap.
    public let gap: Double?
  }

  /// Stimuli that were trained on.
  public let training_stimuli: Int
  /// Stimuli that were held out.
  public let heldout_stimuli: Int
  /// Costs, source stages × target stages.
  public let C: [[Double?]]
  /// The coupling.
  public let P: [[Double?]]
  /// P by its row sums.
  public let share: [[Double?]]
  /// ⟨C, P⟩.
  public let cost: Double?
  /// For each source stage how many target stages are within 1e-12 of its greatest P, the winner
  /// included; of these Single-Best takes the one of least cost.
  public let tied_layers: [Int]
  /// The outer problem that P solves; absent for the balanced one alone.
  public let outer: OuterSolution?
  /// The problems beside it; absent for the balanced one alone.
  public let outer_path: [OuterSolution]?
  /// How much of each pair's units is matched; absent for the balanced problem.
  public let inner: [MatchedUnits]?
  /// The held-out score of each source stage predicted from each target stage alone.
  public let layer_scores: [[Double?]]
  /// For each method, the score of every source stage and then their mean.
  public let scores: [String: [Double?]]
  /// The same normalised by noise ceilings; absent when that was not asked for.
  public let normalized: [String: [Double?]]?
  /// What the draws of each method that draws at random say.
  public let draws: [String: DrawResult]
  /// What global transport found; absent when it was not asked for.
  public let global: GlobalResult?
  /// Units without variance over the training stimuli, left out: a number a source stage.
  public let constant_source_units: [Int]
  /// The same of the target.
  public let constant_target_units: [Int]
  /// The worst proof of the split.
  public let certificate: Proof
  /// The proof of every solve but those of controls.
  public let solves: [Solve]

  init(_ split: SplitAlignment, _ ceilings: AlignmentCeilings?) {
    let fit = split.fit
    let hot = split.scores.first { $0.method == "hot" }
    training_stimuli = fit.split.training.count
    heldout_stimuli = fit.split.heldOut.count
    C = fit.costs.rows { $0 }
    P = fit.coupling.rows { $0 }
    share = fit.shares.rows { $0 }
    cost = fit.cost.finite
    tied_layers = fit.tiedTargets.map(\.count)
    outer = fit.outerPath.map { OuterSolution($0, point: $0.chosen) }
    outer_path = fit.outerPath.map { path in
      path.points.indices.map { OuterSolution(path, point: $0) }
    }
    inner = MatchedUnits.all(of: fit)
    layer_scores = split.stageScores.rows { $0 }
    scores = Dictionary(
      uniqueKeysWithValues: split.scores.map {
        ($0.method, ($0.stageScores + [$0.score]).map(\.finite))
      })
    normalized = ceilings.map { ceilings in
      Dictionary(
        uniqueKeysWithValues: split.scores.map {
          ($0.method, ceilings.normalized($0, fit: split.fit).map(\.finite))
        })
    }
    draws = Dictionary(
      uniqueKeysWithValues: split.scores.compactMap { score in
        hot.flatMap { DrawResult(score, hot: $0) }.map { (score.method, $0) }
      })
    global = split.scores.lazy.compactMap(\.coupling).first.map(GlobalResult.init)
    constant_source_units = fit.source.map { $0.originalUnitCount - $0.unitColumns.count }
    constant_target_units = fit.target.map { $0.originalUnitCount - $0.unitColumns.count }
    certificate = Proof(split.certificates)
    solves = Self.solves(fit)
  }

  private static func solves(_ fit: FittedTransport) -> [Solve] {
    let inner = fit.source.indices.flatMap { row in
      fit.target.indices.map { column in
        let match = fit.match(row, column)
        return Solve(
          match.certificate, between: (fit.source[row].name, fit.target[column].name),
          shape: (match.plan.rowCount, match.plan.columnCount), iterations: match.iterations)
      }
    }
    let outer = Solve(
      fit.outerCertificate, between: (nil, nil),
      shape: (fit.coupling.rowCount, fit.coupling.columnCount), iterations: nil)
    return inner + [outer]
  }
}

extension SplitResult.Solve {
  init(
    _ proof: TransportCertificate, between names: (String?, String?), shape: (Int, Int),
    iterations: Int?
  ) {
    (source_stage, target_stage) = names
    (rows, columns) = shape
    self.iterations = iterations
    primal_violation = proof.primalViolation.finite
    dual_violation = proof.dualViolation.finite
    gap = proof.gap.finite
  }
}

extension SplitAlignment {
  /// The certificates of every pair, of the outer problem and of the problems of controls.
  var certificates: [TransportCertificate] {
    fit.matches.map(\.certificate) + [fit.outerCertificate]
      + scores.compactMap(\.coupling?.certificate)
  }
}

/// What proves solves optimal: the worst of some of them.
public struct Proof: Codable, Equatable, Sendable {
  /// How many solves these are.
  public let solves: Int
  /// The worst error of a marginal.
  public let worst_primal_violation: Double?
  /// The worst violation of a dual constraint.
  public let worst_dual_violation: Double?
  /// The widest duality gap.
  public let worst_gap: Double?

  init(_ certificates: [TransportCertificate]) {
    solves = certificates.count
    worst_primal_violation = certificates.map(\.primalViolation).max()?.finite
    worst_dual_violation = certificates.map(\.dualViolation).max()?.finite
    worst_gap = certificates.map { abs($0.gap) }.max()?.finite
  }
}

/// What a method that draws at random says beside its mean.
public struct DrawResult: Codable, Equatable, Sendable {
  /// How many draws.
  public let count: Int
  /// The mean over draws of the mean over source stages.
  public let mean: Double?
  /// Its standard deviation over draws.
  public let sd: Double?
  /// (1 + the number of draws that score at least as well as HOT) / (1 + the number of draws).
  public let rank_of_hot: Double?
  /// The standard deviation of each source stage.
  public let stage_sd: [Double?]
  /// The rank of HOT in each source stage.
  public let stage_rank_of_hot: [Double?]

  /// Nil for fewer than two draws.
  init?(_ score: MethodScore, hot: MethodScore) {
    guard score.draws.count > 1 else { return nil }
    let null = NullDistribution(score.drawScores)
    let stages = score.draws[0].indices.map { stage in
      NullDistribution(score.draws.map { $0[stage] })
    }
    count = score.draws.count
    mean = null.spread.mean.finite
    sd = null.spread.deviation.finite
    rank_of_hot = null.pValue(of: hot.score).finite
    stage_sd = stages.map(\.spread.deviation.finite)
    stage_rank_of_hot = zip(stages, hot.stageScores).map { $0.pValue(of: $1).finite }
  }
}

/// One solution of an outer problem.
public struct OuterSolution: Codable, Equatable, Sendable {
  /// `balanced`, `unbalanced` or `partial`.
  public let problem: String
  /// Of an unbalanced problem; null for the others.
  public let penalty: Double?
  /// The whole mass that is moved.
  public let mass: Double?
  /// Whether it is the coupling of the split.
  public let chosen: Bool
  /// ⟨C, P⟩.
  public let cost: Double?
  /// Only of solutions that were cross-validated: the mean held-out correlation of matched units.
  public let criterion: Double?
  /// How much less the criterion is than the best of the path.
  public let shortfall: Double?
  /// The standard error of that difference over folds.
  public let shortfall_se: Double?
  /// The mass of each source stage.
  public let source_mass: [Double?]
  /// The mass of each target stage.
  public let target_mass: [Double?]
  /// P.
  public let pair_mass: [[Double?]]
  /// P by its row sums.
  public let share: [[Double?]]

  init(_ path: OuterPath, point number: Int) {
    let point = path.points[number]
    let coupling = point.coupling
    problem = coupling.problem.name
    penalty = coupling.problem.targetPenalty?.finite
    mass = coupling.sourceMasses.reduce(0, +).finite
    chosen = number == path.chosen
    cost = coupling.cost.finite
    criterion = point.criterion.finite
    shortfall = path.shortfalls[number].mean.finite
    shortfall_se = path.shortfalls[number].error.finite
    source_mass = coupling.sourceMasses.map(\.finite)
    target_mass = coupling.targetMasses.map(\.finite)
    pair_mass = coupling.masses.rows { $0 }
    share = coupling.shares.rows { $0 }
  }
}

extension OuterProblem {
  /// The kind of problem, as options name it.
  fileprivate var name: String {
    switch self {
    case .balanced: "balanced"
    case .unbalanced: "unbalanced"
    case .partial: "partial"
    }
  }
}

/// The partial matching of one pair of stages in one split.
public struct MatchedUnits: Codable, Equatable, Sendable {
  /// What matching a mass costs: ⟨1 − ρ, Q⟩ / mass.
  public struct Point: Codable, Equatable, Sendable {
    /// The mass, of 1.
    public let mass: Double
    /// The cost by that mass.
    public let cost: Double?
  }

  /// The source stage.
  public let source_stage: String
  /// The target stage.
  public let target_stage: String
  /// The mass that is matched, of 1.
  public let mass: Double
  /// Its cost by that mass.
  public let cost: Double?
  /// All masses that were tried.
  public let curve: [Point]

  /// One for each pair of stages; nil where everything is matched unasked.
  static func all(of fit: FittedTransport) -> [MatchedUnits]? {
    guard fit.isPartial else { return nil }
    return fit.source.indices.flatMap { row in
      fit.target.indices.map { column in
        let match = fit.match(row, column)
        return MatchedUnits(
          source_stage: fit.source[row].name, target_stage: fit.target[column].name,
          mass: match.mass, cost: match.cost.finite,
          curve: match.curve.map { Point(mass: $0.mass, cost: $0.cost.finite) })
      }
    }
  }
}

/// Global transport in one split, beside its scores.
public struct GlobalResult: Codable, Equatable, Sendable {
  /// The mass between the units of two stages: source stages × target stages.
  public let mass: [[Double?]]
  /// The cost of the plan.
  public let cost: Double?
  /// Units in use, a number a stage: fewer than there are when the problem would be too large.
  public let source_units: [Int]
  /// The same of the target.
  public let target_units: [Int]
  /// The proof of the plan.
  public let certificate: Proof

  init(_ coupling: GlobalCoupling) {
    mass = coupling.masses.rows { $0 }
    cost = coupling.cost.finite
    source_units = coupling.sourceUnitCounts
    target_units = coupling.targetUnitCounts
    certificate = Proof([coupling.certificate])
  }
}

/// How scores were normalised.
public struct CeilingResult: Codable, Equatable, Sendable {
  /// The least ceiling, a share of variance, that a score is divided by.
  public let floor: Double
  /// Units in use, a number a source stage.
  public let source_units: [Int]
  /// Of these, units left out of normalised scores because their ceiling is below the floor.
  public let units_below_floor: [Int]
  /// Of these, units left out because their ceiling is not known.
  public let units_unknown: [Int]
  /// The same of the target, by whose ceilings matched scores are divided too; absent when it has
  /// none.
  public let target_units: [Int]?
  /// Of these, units below the floor.
  public let target_units_below_floor: [Int]?
  /// Of these, units whose ceiling is not known.
  public let target_units_unknown: [Int]?

  init(_ ceilings: AlignmentCeilings) {
    let floor = ceilings.normalization.floor
    func below(_ stages: [[Double]]) -> [Int] { stages.map { stage in stage.count { $0 < floor } } }
    func unknown(_ stages: [[Double]]) -> [Int] { stages.map { $0.count(where: \.isNaN) } }
    self.floor = floor
    source_units = ceilings.stages.map(\.count)
    units_below_floor = below(ceilings.stages)
    units_unknown = unknown(ceilings.stages)
    target_units = ceilings.targetStages?.map(\.count)
    target_units_below_floor = ceilings.targetStages.map(below)
    target_units_unknown = ceilings.targetStages.map(unknown)
  }
}
