internal import ChiasmAlignment
internal import ChiasmLinearAlgebra
internal import ChiasmTransport
internal import ChiasmResponses
internal import ChiasmStatistics

/// `alignment.json`: everything that a program wants of an alignment. Keys are snake case; a number
/// that is not defined is null, and a section that was not asked for is absent.
struct AlignmentRecord: Codable, Equatable {
  /// A value over splits or stages: its mean and the standard deviation.
  struct Average: Codable, Equatable {
    let mean: Double?
    let sd: Double?

    init(_ spread: Spread) {
      mean = spread.mean.finite
      sd = spread.deviation.finite
    }
  }

  /// One of the two response sets.
  struct Side: Codable, Equatable {
    let path: String
    let stages: [String]
    /// Units in the files, a number a stage.
    let units: [Int]
    let stimuli: Int
    /// Rows of the files that were averaged with others of their stimulus, 0 where each has one;
    /// absent in results of before this was done.
    let averaged_repeats: Int?
  }

  /// A method over all splits.
  struct Method: Codable, Equatable {
    let mean: Double?
    /// Over splits.
    let sd: Double?
    /// The mean over splits of each source stage.
    let stages: [Double?]
    /// For a method that draws at random, the mean over splits and source stages of each draw.
    let draws: DrawRecord?
    /// The scores divided by noise ceilings, unit by unit; absent when that was not asked for.
    let normalized: Normalized?
  }

  /// The normalised scores of a method over all splits.
  struct Normalized: Codable, Equatable {
    let mean: Double?
    /// Over splits.
    let sd: Double?
    /// The mean over splits of each source stage.
    let stages: [Double?]
  }

  /// The coupling over all splits, source stages × target stages.
  struct Coupling: Codable, Equatable {
    let mass: [[Double?]]
    let share: [[Double?]]
    let share_sd: [[Double?]]
    let cost: [[Double?]]
    let cost_sd: [[Double?]]
    let expected_depth: [Double?]
    let best_layer: [String?]
    /// For each source stage how many layers tie for the greatest mean share.
    let tied_layers: [Int]
  }

  let format: String
  let provenance: Provenance
  let settings: Settings
  let source: Side
  let target: Side
  let common_stimuli: Int
  let cost: Average
  let coupling: Coupling
  let scores: [String: Method]
  /// Absent, like the comparisons, in alignments of before there was any.
  let evidence: EvidenceRecord?
  /// Every two methods compared on the same splits, by their means over source stages.
  let comparisons: [MethodComparison]?
  /// The mean of held-out over training stimuli that the comparisons allow for.
  let test_to_training_ratio: Double?
  /// Absent when scores were not normalised.
  let ceiling: CeilingRecord?
  let certificate: Proof
  let splits: [String: SplitRecord]
  let split_order: [String]
}

extension AlignmentRecord {
  /// The settings that numbers depend on.
  struct Settings: Codable, Equatable {
    let solver: String
    let seed: UInt64
    let splits_file: String?
    let train_fraction: Double?
    let max_units: Int?
    /// What `--permutations` asked for; in alignments without `control_draws`, what that is now.
    let permutations: Int
    /// Absent, like what follows, in alignments of before these were made.
    let controls: [String]?
    /// The same as `permutations`.
    let stimulus_permutations: Int?
    let layer_permutations: Int?
    let bootstrap: Int?
    let score_draws: Int?
    /// The couplings that Perm-P and Entropy-P draw.
    let control_draws: Int?
    let outer: OuterSettingsRecord?
    let inner: InnerSettingsRecord?

    /// `control_draws`, in any alignment.
    var controlDraws: Int { control_draws ?? permutations }
  }

  /// What proves solves optimal: the worst of all of them.
  struct Proof: Codable, Equatable {
    let solves: Int
    let worst_primal_violation: Double?
    let worst_dual_violation: Double?
    let worst_gap: Double?

    init(_ certificates: [TransportCertificate]) {
      solves = certificates.count
      worst_primal_violation = certificates.map(\.primalViolation).max()?.finite
      worst_dual_violation = certificates.map(\.dualViolation).max()?.finite
      worst_gap = certificates.map { abs($0.gap) }.max()?.finite
    }
  }

  init(_ result: AlignmentResult) {
    let summary = result.summary
    let hot = MethodScore(meanOver: result.scores(of: "hot")).score
    format = "chiasm-alignment 1"
    provenance = result.provenance
    settings = Settings(result.settings)
    source = Side(
      path: result.settings.source, stages: result.sourceNames, units: result.fileUnitCounts.source,
      stimuli: result.overlap.sourceCount, averaged_repeats: result.averagedRepeats.source)
    target = Side(
      path: result.settings.target, stages: result.targetNames, units: result.fileUnitCounts.target,
      stimuli: result.overlap.targetCount, averaged_repeats: result.averagedRepeats.target)
    common_stimuli = result.overlap.common.count
    cost = Average(summary.cost)
    coupling = Coupling(summary, targetNames: result.targetNames)
    scores = Dictionary(
      uniqueKeysWithValues: result.methodNames.map { ($0, Method($0, of: result, hot: hot)) }
    )
    evidence = EvidenceRecord(result)
    comparisons = result.comparisons(\.score)
    test_to_training_ratio = result.testToTrainingRatio
    ceiling = result.ceilings.map(CeilingRecord.init)
    certificate = Proof(result.splits.flatMap(\.certificates))
    splits = Dictionary(
      uniqueKeysWithValues: result.splits.map {
        ($0.fit.split.name, SplitRecord($0, result.ceilings))
      })
    split_order = result.splits.map(\.fit.split.name)
  }
}

extension AlignmentRecord.Settings {
  init(_ settings: AlignmentSettings) {
    solver = settings.solver.rawValue
    seed = settings.seed
    splits_file = settings.splitsFile
    train_fraction = settings.splitsFile == nil ? settings.trainingFraction : nil
    max_units = settings.maximumUnits
    permutations = settings.permutationCount
    control_draws = settings.controlDrawCount
    score_draws = settings.scoreDrawCount
    controls = settings.chosenControls.map(\.rawValue)
    stimulus_permutations = settings.permutationCount
    layer_permutations = settings.layerPermutationCount
    bootstrap = settings.bootstrapCount
    outer = OuterSettingsRecord(settings.outer)
    inner = InnerSettingsRecord(settings.innerMass)
  }
}

extension AlignmentRecord.Method {
  /// - Parameter hot: the mean over splits of HOT.
  init(_ method: String, of result: AlignmentResult, hot: Double) {
    let splits = result.scores(of: method)
    let (spread, average) = (Spread(splits.map(\.score)), MethodScore(meanOver: splits))
    mean = spread.mean.finite
    sd = spread.deviation.finite
    stages = average.stageScores.map(\.finite)
    draws = DrawRecord(average.drawScores, hot: hot)
    let normalized = result.normalizedScores(of: method)
    self.normalized =
      result.ceilings == nil
      ? nil
      : AlignmentRecord.Normalized(
        mean: normalized.last?.last?.finite,
        sd: Spread(normalized.dropLast().compactMap(\.last)).deviation.finite,
        stages: normalized.last?.dropLast().map(\.finite) ?? [])
  }
}

extension AlignmentRecord.Coupling {
  init(_ summary: CouplingSummary, targetNames: [String]) {
    mass = rows(summary.coupling) { $0.finite }
    share = rows(summary.shares) { $0.mean.finite }
    share_sd = rows(summary.shares) { $0.deviation.finite }
    cost = rows(summary.costs) { $0.mean.finite }
    cost_sd = rows(summary.costs) { $0.deviation.finite }
    expected_depth = summary.expectedDepths.map(\.finite)
    best_layer = summary.bestTargets.map { $0.map { targetNames[$0] } }
    tied_layers = summary.tiedTargetCounts
  }
}

extension SplitAlignment {
  /// The certificates of every pair, of the outer problem and of the problems of controls.
  var certificates: [TransportCertificate] {
    fit.matches.map(\.certificate) + [fit.outerCertificate]
      + scores.compactMap(\.coupling?.certificate)
  }
}

/// A matrix as an array of its rows.
func rows<Scalar>(_ matrix: Matrix<Scalar>, _ body: (Scalar) -> Double?) -> [[Double?]] {
  (0..<matrix.rowCount).map { matrix.row($0).map(body) }
}
