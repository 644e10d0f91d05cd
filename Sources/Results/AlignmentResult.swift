public import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
public import ChiasmResponses
internal import ChiasmStatistics
public import ChiasmTables

/// What an alignment found: the value behind `alignment.json`, the tables, the report and the lines on
/// the terminal. Keys are snake case; a number that is not defined is null, and a section that was not
/// asked for is absent.
public struct AlignmentResult: Codable, Equatable, Sendable {
  /// One of the two response sets.
  public struct Side: Codable, Equatable, Sendable {
    /// Where it was read from.
    public let path: String
    /// What its stages are: regions of a brain, layers of a model, or either.
    public let role: Role
    /// The names of the stages in use, in order.
    public let stages: [String]
    /// Units in the files, a number a stage; 0 of an RDM, which does not tell.
    public let units: [Int]
    /// Stimuli in the files.
    public let stimuli: Int
    /// Rows of the files that were averaged with others of their stimulus, 0 where each has one.
    public let averaged_repeats: Int
    /// What was read in place of responses; absent for these.
    public let input: Input?

    /// What there may be in place of responses.
    public enum Input: String, Codable, Sendable {
      /// RDMs.
      case dissimilarities
    }

    /// Takes what a set is: the number of `stimuli` that it has, whether the other has them or not.
    public init(_ set: ResponseSet, path: String, stimuli: Int) {
      self.init(.responses(set), path: path, stimuli: stimuli)
    }

    /// Takes what is compared, as responses or as dissimilarities; these do not tell what their stages
    /// are called.
    public init(_ system: ComparedSystem, role: Role? = nil, path: String, stimuli: Int) {
      let set = system.responses
      (self.path, self.stimuli, self.role) = (path, stimuli, set?.role ?? role ?? .stage)
      stages = system.stages.map(\.name)
      units = set?.stages.map(\.fileUnitCount) ?? stages.map { _ in 0 }
      averaged_repeats = set?.averagedRepeatCount ?? 0
      input = set == nil ? .dissimilarities : nil
    }
  }

  /// A value over splits: its mean and the standard deviation.
  public struct Average: Codable, Equatable, Sendable {
    /// The mean.
    public let mean: Double?
    /// The standard deviation.
    public let sd: Double?

    init(_ spread: Spread) {
      mean = spread.mean.finite
      sd = spread.deviation.finite
    }
  }

  /// A method over all splits.
  public struct Method: Codable, Equatable, Sendable {
    /// The mean over source stages and splits.
    public let mean: Double?
    /// The standard deviation over splits.
    public let sd: Double?
    /// The mean over splits of each source stage.
    public let stages: [Double?]
    /// For a method that draws at random, the mean over splits of each draw.
    public let draws: DrawResult?
    /// The scores divided by noise ceilings, unit by unit; absent when that was not asked for.
    public let normalized: Normalized?
  }

  /// The normalised scores of a method over all splits, as those of `Method`.
  public struct Normalized: Codable, Equatable, Sendable {
    /// The mean over source stages and splits.
    public let mean: Double?
    /// The standard deviation over splits.
    public let sd: Double?
    /// The mean over splits of each source stage.
    public let stages: [Double?]
  }

  /// The coupling over all splits, source stages × target stages.
  public struct Coupling: Codable, Equatable, Sendable {
    /// P.
    public let mass: [[Double?]]
    /// P by its row sums, mean over splits.
    public let share: [[Double?]]
    /// The standard deviation of the shares over splits.
    public let share_sd: [[Double?]]
    /// C, mean over splits.
    public let cost: [[Double?]]
    /// The standard deviation of the costs over splits.
    public let cost_sd: [[Double?]]
    /// The held-out score of the source stage predicted from the target stage alone, mean over splits.
    public let score: [[Double?]]
    /// The standard deviation of these scores over splits.
    public let score_sd: [[Double?]]
    /// Σ_m m · share_lm, m from 1.
    public let expected_depth: [Double?]
    /// The target stage of greatest mean share; of those that tie the one of least cost, and none where
    /// all tie.
    public let best_layer: [String?]
    /// For each source stage how many target stages tie for the greatest mean share.
    public let tied_layers: [Int]
  }

  /// How well the mean coupling keeps the order (`HierarchyStatistics`).
  public struct Hierarchy: Codable, Equatable, Sendable {
    /// Spearman's ρ.
    public let spearman: Double?
    /// Kendall's τ-b.
    public let kendall: Double?
    /// The mass within one step of the diagonal.
    public let near_diagonal_mass: Double?
  }

  /// `chiasm-alignment 1`.
  public let format: String
  /// How the result was made.
  public let provenance: Provenance
  /// The settings that numbers depend on.
  public let settings: AlignmentSettings
  /// What is explained.
  public let source: Side
  /// What explains it.
  public let target: Side
  /// Stimuli that both have, all in use.
  public let common_stimuli: Int
  /// What belongs together among the stimuli; absent where nothing was said about it.
  public let dependence: DependenceResult?
  /// ⟨C, P⟩ over splits.
  public let cost: Average
  /// The coupling over splits.
  public let coupling: Coupling
  /// The order of the coupling.
  public let hierarchy: Hierarchy
  /// Where each source stage lies.
  public let places: [StagePlace]
  /// Every method by its name.
  public let scores: [String: Method]
  /// The names of the methods, in the order of the tables.
  public let method_order: [String]
  /// What nulls and resampled stimuli say.
  public let evidence: EvidenceResult
  /// Every two methods compared on the same splits, by their means over source stages.
  public let comparisons: [MethodComparison]
  /// The same for each source stage by itself.
  public let stage_comparisons: [MethodComparison]
  /// The mean of held-out over training stimuli that the comparisons allow for.
  public let test_to_training_ratio: Double?
  /// Absent when scores were not normalised.
  public let ceiling: CeilingResult?
  /// The proof of all solves.
  public let certificate: Proof
  /// Every split by its name.
  public let splits: [String: SplitResult]
  /// The names of the splits, in order.
  public let split_order: [String]
}

extension AlignmentResult {
  /// Gathers what the splits of an alignment found.
  ///
  /// - Parameters:
  ///   - splits: every split, fitted and judged; at least one.
  ///   - ceilings: the noise ceilings that scores are divided by; nil for raw scores only.
  public init(
    _ splits: [SplitAlignment], evidence: AlignmentEvidence, ceilings: AlignmentCeilings?,
    source: Side, target: Side, commonStimuli: Int, dependence: DependenceResult? = nil,
    settings: AlignmentSettings, provenance: Provenance
  ) {
    let summary = CouplingSummary(splits.map(\.fit))
    let ratio =
      Spread(
        splits.map(\.fit.split).map { Double($0.heldOut.count) / Double($0.training.count) }
      ).mean
    let methods = splits[0].scores.map(\.method)
    let scores = methods.map { name in
      splits.compactMap { split in split.scores.first { $0.method == name } }
    }
    let hot = MethodScore(meanOver: scores[methods.firstIndex(of: "hot") ?? 0])
    let results = splits.map { SplitResult($0, ceilings) }
    let coupling = Coupling(summary, splits, targetNames: target.stages)
    let hierarchy = HierarchyStatistics(coupling: summary.coupling)

    format = "chiasm-alignment 1"
    self.provenance = provenance
    self.settings = settings.recorded
    self.source = source
    self.target = target
    common_stimuli = commonStimuli
    self.dependence = dependence
    cost = Average(summary.cost)
    self.coupling = coupling
    self.hierarchy = Hierarchy(
      spearman: hierarchy.spearman.finite, kendall: hierarchy.kendall.finite,
      near_diagonal_mass: hierarchy.nearDiagonalMass.finite)
    self.scores = Dictionary(
      uniqueKeysWithValues: zip(methods, scores).map { name, scores in
        let normalized = ceilings.map { ceilings in
          zip(scores, splits).map { ceilings.normalized($0, fit: $1.fit) }
        }
        return (name, Method(scores, normalized: normalized, hot: hot))
      })
    method_order = methods
    self.evidence = EvidenceResult(evidence, source: source.stages, target: target.stages)
    comparisons = MethodComparison.all(
      zip(methods, scores).map { ($0, $1.map(\.score)) }, ratio: ratio)
    stage_comparisons = source.stages.enumerated().flatMap { stage, name in
      MethodComparison.all(
        zip(methods, scores).map { ($0, $1.map { $0.stageScores[stage] }) }, stage: name,
        ratio: ratio)
    }
    test_to_training_ratio = ratio
    places = StagePlace.places(
      of: source.stages, among: target.stages, coupling, results, ratio: ratio)
    ceiling = ceilings.map(CeilingResult.init)
    certificate = Proof(splits.flatMap(\.certificates))
    self.splits = Dictionary(
      uniqueKeysWithValues: zip(splits, results).map { ($0.fit.split.name, $1) })
    split_order = splits.map(\.fit.split.name)
  }
}

extension AlignmentResult.Method {
  /// - Parameters:
  ///   - splits: the scores of the method, a value a split.
  ///   - normalized: for each split the normalised scores of the source stages, then their mean.
  ///   - hot: the mean over splits of HOT.
  init(_ splits: [MethodScore], normalized: [[Double]]?, hot: MethodScore) {
    let (spread, average) = (Spread(splits.map(\.score)), MethodScore(meanOver: splits))
    mean = spread.mean.finite
    sd = spread.deviation.finite
    stages = average.stageScores.map(\.finite)
    draws = DrawResult(average, hot: hot)
    self.normalized = normalized.map { splits in
      let means = splits[0].indices.map { place in Spread(splits.map { $0[place] }).mean }
      return AlignmentResult.Normalized(
        mean: means.last?.finite, sd: Spread(splits.compactMap(\.last)).deviation.finite,
        stages: means.dropLast().map(\.finite))
    }
  }
}

extension AlignmentResult.Coupling {
  init(_ summary: CouplingSummary, _ splits: [SplitAlignment], targetNames: [String]) {
    let scores = Matrix(
      rowCount: summary.costs.rowCount, columnCount: summary.costs.columnCount,
      elements: summary.costs.elements.indices.map { place in
        Spread(splits.map { $0.stageScores.elements[place] })
      })
    mass = summary.coupling.rows { $0 }
    share = summary.shares.rows(\.mean)
    share_sd = summary.shares.rows(\.deviation)
    cost = summary.costs.rows(\.mean)
    cost_sd = summary.costs.rows(\.deviation)
    score = scores.rows(\.mean)
    score_sd = scores.rows(\.deviation)
    expected_depth = summary.expectedDepths.map(\.finite)
    best_layer = summary.bestTargets.map { $0.map { targetNames[$0] } }
    tied_layers = summary.tiedTargetCounts
  }
}

extension Matrix {
  /// The rows with a number for each element, nil where it is not finite.
  func rows(_ number: (Scalar) -> Double) -> [[Double?]] {
    (0..<rowCount).map { row($0).map { number($0).finite } }
  }
}

extension Wording {
  /// What the stages of two sets are called.
  public init(_ source: AlignmentResult.Side, _ target: AlignmentResult.Side) {
    self.init(source: source.role.singular, target: target.role.singular)
  }
}

extension AlignmentResult {
  /// What the stages of both sides are called.
  public var words: Wording { Wording(source, target) }

  /// The name of the file in the folder of an alignment.
  public static let fileName = "alignment.json"

  /// Reads an `alignment.json` whose tables are as large as its lists of stages say.
  ///
  /// - Throws: `missing`, `unreadable`; `malformed` for anything else.
  public static func read(_ path: String) throws -> AlignmentResult {
    let result = try JSONFile.read(AlignmentResult.self, from: path)
    guard result.format.hasPrefix("chiasm-alignment "), result.isComplete else {
      let (sources, targets) = (result.source.stages.count, result.target.stages.count)
      throw ArrayFileError.malformed(
        path: path, problem: "is no alignment of \(sources) with \(targets) stages; align anew")
    }
    return result
  }

  /// The folder of the alignment the other way, within that of an alignment.
  public static let reverseFolder = "reverse"

  /// The alignment the other way of the one in a file; nil where only one way was aligned.
  ///
  /// - Throws: `unreadable`, `malformed`.
  public static func reverse(of file: String) throws -> AlignmentResult? {
    guard file.hasSuffix(fileName) else { return nil }
    do {
      return try read("\(file.dropLast(fileName.count))\(reverseFolder)/\(fileName)")
    } catch ArrayFileError.missing {
      return nil
    }
  }

  private var isComplete: Bool {
    let (sources, targets) = (source.stages.count, target.stages.count)
    func isWhole(_ table: [[Double?]]?) -> Bool {
      table.map { $0.count == sources && $0.allSatisfy { $0.count == targets } } ?? true
    }
    let tables = [
      coupling.mass, coupling.share, coupling.share_sd, coupling.cost, coupling.cost_sd,
      coupling.score, coupling.score_sd, evidence.support_frequency,
    ]
    let lists =
      [
        coupling.expected_depth.count, coupling.best_layer.count, coupling.tied_layers.count,
        source.units.count, ceiling?.source_units.count ?? sources,
        ceiling?.units_below_floor.count ?? sources, ceiling?.units_unknown.count ?? sources,
      ]
      + scores.values.flatMap { [$0.stages.count, $0.normalized?.stages.count ?? sources] }
    let draws: [DrawResult] =
      scores.values.compactMap(\.draws) + splits.values.flatMap { $0.draws.values }
    let areDrawsWhole = draws.allSatisfy {
      $0.stage_sd.count == sources && $0.stage_rank_of_hot.count == sources
    }
    let depths = evidence.intervals.filter {
      $0.statistic == "expected_depth" && $0.draws_of == IntervalEstimate.Method.refits.rawValue
    }
    return sources > 0 && targets > 0 && target.units.count == targets && areDrawsWhole
      && Set(source.stages).count == sources && Set(target.stages).count == targets
      && places.map(\.source_stage) == source.stages
      && (depths.isEmpty || depths.map(\.source_stage) == source.stages)
      && lists.allSatisfy { $0 == sources } && tables.allSatisfy(isWhole)
      && Set(split_order) == Set(splits.keys) && !split_order.isEmpty
      && Set(method_order) == Set(scores.keys) && scores["hot"] != nil
      && splits.values.allSatisfy { split in
        [split.C, split.P, split.share, split.layer_scores].allSatisfy(isWhole)
          && (split.outer_path ?? []).allSatisfy {
            isWhole($0.share) && isWhole($0.pair_mass) && $0.source_mass.count == sources
              && $0.target_mass.count == targets
          }
          && Set(split.scores.keys) == Set(method_order)
          && split.scores.values.allSatisfy { $0.count == sources + 1 }
          && (split.normalized ?? [:]).values.allSatisfy { $0.count == sources + 1 }
          && split.constant_source_units.count == sources
          && split.constant_target_units.count == targets
      }
  }

  /// The splits with their names, in order.
  public var orderedSplits: [(name: String, split: SplitResult)] {
    split_order.compactMap { name in splits[name].map { (name, $0) } }
  }

  /// Every pair of a source stage and a target stage, source stage by source stage.
  var pairs: [(source: Int, target: Int)] {
    source.stages.indices.flatMap { source in target.stages.indices.map { (source, $0) } }
  }
}
