internal import ChiasmAlignment
internal import ChiasmLinearAlgebra
internal import ChiasmTransport
internal import ChiasmStatistics

/// One split in `alignment.json`.
struct SplitRecord: Codable, Equatable {
  /// The proof of one solve.
  struct Solve: Codable, Equatable {
    /// Nil for the outer problem, between stages.
    let source_stage: String?
    let target_stage: String?
    let rows: Int
    let columns: Int
    let iterations: Int?
    let primal_violation: Double?
    let dual_violation: Double?
    let gap: Double?
  }

  let training_stimuli: Int
  let heldout_stimuli: Int
  let C: [[Double?]]
  let P: [[Double?]]
  let cost: Double?
  /// For each source stage how many layers are within 1e-12 of its greatest P, the winner included; of
  /// these Single-Best takes the one of least cost.
  let tied_layers: [Int]
  /// The outer problem that P solves, and those beside it; absent for the balanced one alone.
  let outer: OuterRecord?
  let outer_path: [OuterRecord]?
  /// How much of each pair's units is matched; absent for the balanced problem.
  let inner: [InnerRecord]?
  /// The held-out score of each source stage predicted from each target stage alone; absent, like the
  /// draws, in alignments of before there was any.
  let layer_scores: [[Double?]]?
  /// For each method, the score of every source stage and then their mean.
  let scores: [String: [Double?]]
  /// The same normalised by noise ceilings; absent when that was not asked for.
  let normalized: [String: [Double?]]?
  /// For each method that draws at random, the mean over source stages of its draws.
  let draws: [String: DrawRecord]?
  /// What global transport found; absent when it was not asked for.
  let global: GlobalRecord?
  /// Units without variance over the training stimuli, left out: a number a stage.
  let constant_source_units: [Int]
  let constant_target_units: [Int]
  let certificate: AlignmentRecord.Proof
  let solves: [Solve]

  init(_ split: SplitAlignment, _ ceilings: AlignmentCeilings?) {
    let fit = split.fit
    training_stimuli = fit.split.training.count
    heldout_stimuli = fit.split.heldOut.count
    C = rows(fit.costs) { $0.finite }
    P = rows(fit.coupling) { $0.finite }
    cost = fit.cost.finite
    tied_layers = fit.tiedTargets.map(\.count)
    outer = fit.outerPath.map { OuterRecord($0, point: $0.chosen) }
    outer_path = fit.outerPath.map { path in
      path.points.indices.map { OuterRecord(path, point: $0) }
    }
    inner = InnerRecord.records(of: fit)
    layer_scores = rows(split.stageScores) { $0.finite }
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
    let hot = split.scores.first { $0.method == "hot" }?.score ?? .nan
    draws = Dictionary(
      uniqueKeysWithValues: split.scores.compactMap { score in
        DrawRecord(score.drawScores, hot: hot).map { (score.method, $0) }
      })
    global = split.scores.lazy.compactMap(\.coupling).first.map(GlobalRecord.init)
    constant_source_units = fit.source.map { $0.originalUnitCount - $0.unitColumns.count }
    constant_target_units = fit.target.map { $0.originalUnitCount - $0.unitColumns.count }
    certificate = AlignmentRecord.Proof(split.certificates)
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

extension SplitRecord.Solve {
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
