internal import ChiasmAlignment
public import ChiasmTables

/// The tables of an alignment, each a list of rows with its columns beside. They all are made from the
/// result, whose numbers they repeat.
extension AlignmentResult {
  /// The tables that are files beside `alignment.json`, in the order in which readers want them.
  public var tables: [ResultTable] {
    [
      couplingTable(), couplingMatrix, placeTable, scoreTable(), comparisonTable(), nullTable(),
      intervalTable(),
    ] + [unitDrawTable(), outerPathTable, innerPathTable].filter { !$0.rows.isEmpty }
  }

  /// Where each source stage lies.
  public var placeTable: ResultTable {
    ResultTable("places", "A row for each {source}", places, columns: StagePlace.columns)
  }

  /// Every two methods on the same splits, for each source stage and for their mean.
  ///
  /// - Parameter isShown: which rows are wanted.
  public func comparisonTable(
    where isShown: (MethodComparison) -> Bool = { _ in true }
  ) -> ResultTable {
    ResultTable(
      "comparisons",
      "A row for every two methods and each {source}, mean for the mean over {sources}",
      (stage_comparisons + comparisons).filter(isShown), columns: MethodComparison.columns)
  }

  /// Every statistic against its nulls.
  public func nullTable(where isShown: (EvidenceResult.Test) -> Bool = { _ in true }) -> ResultTable
  {
    ResultTable(
      "nulls", "A row for each null and statistic", evidence.nulls.filter(isShown),
      columns: EvidenceResult.Test.columns)
  }

  /// Every statistic over draws of units.
  public func unitDrawTable(
    where isShown: (EvidenceResult.UnitDraw) -> Bool = { _ in true }
  ) -> ResultTable {
    ResultTable(
      "unit_draws", "A row for each statistic, over draws of equally many units of every stage",
      (evidence.unit_draws ?? []).filter(isShown), columns: EvidenceResult.UnitDraw.columns)
  }

  /// Every statistic with its intervals.
  public func intervalTable(
    where isShown: (EvidenceResult.Interval) -> Bool = { _ in true }
  ) -> ResultTable {
    ResultTable(
      "intervals", "A row for each way of drawing and statistic",
      evidence.intervals.filter(isShown), columns: EvidenceResult.Interval.columns)
  }
}

// MARK: Pairs of stages

extension AlignmentResult {
  /// A pair of stages in a split, or over all splits.
  public struct PairRow: Sendable {
    /// The source stage.
    public let source: String
    /// The target stage.
    public let target: String
    /// The name of the split, or `mean`.
    public let split: String
    let mass, share, cost, score: Double?
    var share_sd, cost_sd, score_sd: Double?
    var interval: EvidenceResult.Interval?
    var support_frequency: Double?

    static let columns: [ResultColumn<PairRow>] = [
      .init(.sourceStage, text: { $0.source }), .init(.targetStage, text: { $0.target }),
      .init(.split, text: { $0.split }),
      .init(
        Quantity(
          "mass", "mass",
          "The part of the whole mass that goes from the {source} to the "
            + "{target}: P", in: 0...1), { $0.mass }),
      .init(
        Quantity(
          "share", "share", "Coupling share: P divided by the mass of the {source}",
          in: 0...1), { $0.share }),
      .init(
        Quantity(
          "cost", "cost", "1 minus the mean correlation of matched units on training stimuli",
          in: 0...2), { $0.cost }),
      .init(
        Quantity(
          "score", "score",
          "Held-out score of the {source} predicted from the {target} "
            + "alone", in: -1...1), { $0.score }),
      .init(
        Quantity("share_sd", "SD of share", "Standard deviation of the share over splits"),
        { $0.share_sd }),
      .init(
        Quantity("cost_sd", "SD of cost", "Standard deviation of the cost over splits"),
        { $0.cost_sd }),
      .init(
        Quantity("score_sd", "SD of score", "Standard deviation of the score over splits"),
        { $0.score_sd }),
    ]

    static let bootstrapColumns: [ResultColumn<PairRow>] = [
      .init(
        Quantity(
          "share_low", "95 % low",
          "Lower end of the interval of the share when all stimuli "
            + "are drawn anew and everything is fitted anew"), { $0.interval?.interval_low }),
      .init(
        Quantity("share_high", "95 % high", "Upper end of that interval"),
        { $0.interval?.interval_high }),
      .init(
        Quantity(
          "support_frequency", "in support", "How often the pair has any mass then", .fixed(3),
          in: 0...1), { $0.support_frequency }),
      .init(.intervalMethod, text: { $0.interval?.interval_method }),
    ]
  }

  /// Every pair in every split, then over all splits.
  public var pairRows: [PairRow] {
    let splits = orderedSplits.flatMap { name, split in
      pairs.map { row, column in
        PairRow(
          source: source.stages[row], target: target.stages[column], split: name,
          mass: split.P[row][column], share: split.share[row][column],
          cost: split.C[row][column], score: split.layer_scores[row][column])
      }
    }
    let means = pairs.map { row, column in
      PairRow(
        source: source.stages[row], target: target.stages[column], split: "mean",
        mass: coupling.mass[row][column], share: coupling.share[row][column],
        cost: coupling.cost[row][column], score: coupling.score[row][column],
        share_sd: coupling.share_sd[row][column], cost_sd: coupling.cost_sd[row][column],
        score_sd: coupling.score_sd[row][column],
        interval: evidence.interval(
          .refits, "share", source: source.stages[row], target: target.stages[column]),
        support_frequency: evidence.support_frequency?[row][column])
    }
    return splits + means
  }

  /// Every pair of stages; after bootstrap samples with the intervals of its share.
  public func couplingTable(where isShown: (PairRow) -> Bool = { _ in true }) -> ResultTable {
    ResultTable(
      "coupling", "A row for each {source}, {target} and split; mean is over splits",
      pairRows.filter(isShown),
      columns: PairRow.columns
        + (evidence.support_frequency == nil ? [] : PairRow.bootstrapColumns))
  }

  /// Mean coupling shares, source stages × target stages.
  public var couplingMatrix: ResultTable {
    couplingTable { $0.split == "mean" }.wide(
      "coupling_matrix", "A row for each {source}, a column for each {target}",
      row: "source_stage", column: "target_stage", value: "share")
  }
}

// MARK: Scores

extension AlignmentResult {
  /// The score of a method in a source stage and a split, or over all of them.
  public struct ScoreRow: Sendable {
    /// The method.
    public let method: String
    /// The source stage, or `mean`.
    public let stage: String
    /// The split, or `mean`.
    public let split: String
    let score, normalized, draw_sd, rank_of_hot: Double?

    static let columns: [ResultColumn<ScoreRow>] = [
      .init(.method, text: { $0.method }), .init(.sourceStage, text: { $0.stage }),
      .init(.split, text: { $0.split }),
      .init(
        Quantity(
          "score", "score",
          "Mean correlation of units with their prediction on held-out "
            + "stimuli", in: -1...1), { $0.score }),
      .init(
        Quantity(
          "normalized", "normalised",
          "The same, each unit divided by the root of its noise "
            + "ceiling"), { $0.normalized }),
      .init(
        Quantity(
          "draw_sd", "SD of draws",
          "Standard deviation of the draws of a method that draws "
            + "at random"), { $0.draw_sd }),
      .init(
        Quantity(
          "rank_of_hot", "rank of HOT",
          "(1 + draws that score at least as well as HOT) / "
            + "(1 + draws)", .digits(2), in: 0...1), { $0.rank_of_hot }),
    ]
  }

  /// Every method in every split and over all splits, in every source stage and over all of them.
  public var scoreRows: [ScoreRow] {
    let stages = source.stages + ["mean"]
    func rows(
      _ method: String, _ split: String, _ scores: [Double?], _ normalized: [Double?]?,
      _ draws: DrawResult?
    ) -> [ScoreRow] {
      let deviations = draws.map { $0.stage_sd + [$0.sd] }
      let ranks = draws.map { $0.stage_rank_of_hot + [$0.rank_of_hot] }
      return stages.indices.map { place in
        ScoreRow(
          method: method, stage: stages[place], split: split, score: scores[place],
          normalized: normalized?[place], draw_sd: deviations?[place], rank_of_hot: ranks?[place])
      }
    }
    return method_order.flatMap { method -> [ScoreRow] in
      guard let mean = scores[method] else { return [] }
      return orderedSplits.flatMap { name, split in
        rows(
          method, name, split.scores[method] ?? [], split.normalized?[method],
          split.draws[method])
      }
        + rows(
          method, "mean", mean.stages + [mean.mean],
          mean.normalized.map { $0.stages + [$0.mean] }, mean.draws)
    }
  }

  /// Every score.
  public func scoreTable(where isShown: (ScoreRow) -> Bool = { _ in true }) -> ResultTable {
    ResultTable(
      "scores", "A row for each method, {source} and split; mean is over {sources} or over splits",
      scoreRows.filter(isShown), columns: ScoreRow.columns)
  }

  /// A row a method, a column a source stage and one for their mean: the mean over splits.
  ///
  /// - Parameter value: the column of `scores` that is shown.
  public func scoreMatrix(
    _ value: String = "score", methods isShown: (String) -> Bool = { _ in true }
  ) -> ResultTable {
    let matrix = scoreTable { $0.split == "mean" && isShown($0.method) }.wide(
      value + "_matrix", "A row for each method, a column for each {source}", row: "method",
      column: "source_stage", value: value)
    let sd = Quantity("sd", "SD", "Standard deviation of the mean over splits")
    return matrix.joined(
      with: ResultTable(
        "sd", "", quantities: [sd],
        rows: method_order.filter(isShown).map { name in
          [.number(value == "score" ? scores[name]?.sd : scores[name]?.normalized?.sd)]
        })
    ).selecting([matrix.quantities[0].name, "mean", "sd"] + source.stages)
  }
}

// MARK: Outer problems and matched masses

extension AlignmentResult {
  /// A pair of stages in one solution of an outer problem.
  struct OuterRow: Sendable {
    let split: String
    let solution: OuterSolution
    let source: (name: String, mass: Double?)
    let target: (name: String, mass: Double?)
    let pair: (mass: Double?, share: Double?)

    static let columns: [ResultColumn<OuterRow>] = [
      .init(.split, text: { $0.split }),
      .init(
        Quantity(
          "problem", "problem", "The problem between stages", .text,
          levels: [
            .init("balanced", "balanced", "Every stage has its mass"),
            .init("unbalanced", "unbalanced", "The masses of {targets} are free at a price"),
            .init("partial", "partial", "A part of the mass is moved"),
          ]), text: { $0.solution.problem }),
      .init(
        Quantity(
          "penalty", "penalty",
          "The price of the masses of {targets}, in the unit of costs; "
            + "infinite for a balanced problem", .digits(3)),
        { $0.solution.problem == "balanced" ? .infinity : $0.solution.penalty }),
      .init(
        Quantity("mass", "mass", "The whole mass that is moved", in: 0...1), { $0.solution.mass }),
      .init(.chosen, text: { $0.solution.chosen ? "yes" : "no" }),
      .init(Quantity("cost", "cost", "⟨C, P⟩"), { $0.solution.cost }),
      .init(
        Quantity(
          "criterion", "criterion",
          "Mean held-out correlation of matched units over folds; "
            + "only where a problem is chosen"), { $0.solution.criterion }),
      .init(
        Quantity("shortfall", "shortfall", "How much less that is than the best"),
        { $0.solution.shortfall }),
      .init(
        Quantity(
          "shortfall_se", "SE of shortfall",
          "The standard error of that difference over "
            + "folds"), { $0.solution.shortfall_se }),
      .init(.sourceStage, text: { $0.source.name }),
      .init(
        Quantity("source_mass", "mass of {source}", "The mass of the {source}", in: 0...1),
        { $0.source.mass }),
      .init(.targetStage, text: { $0.target.name }),
      .init(
        Quantity("target_mass", "mass of {target}", "The mass of the {target}", in: 0...1),
        { $0.target.mass }),
      .init(
        Quantity("pair_mass", "mass of pair", "P of the pair", in: 0...1), { $0.pair.mass }),
      .init(
        Quantity("share", "share", "P divided by the mass of the {source}", in: 0...1),
        { $0.pair.share }),
    ]
  }

  /// What every penalty or mass gives; no rows when only the balanced problem was solved.
  public var outerPathTable: ResultTable {
    let rows = orderedSplits.flatMap { name, split in
      (split.outer_path ?? []).flatMap { solution in
        pairs.map { row, column in
          OuterRow(
            split: name, solution: solution,
            source: (source.stages[row], solution.source_mass[row]),
            target: (target.stages[column], solution.target_mass[column]),
            pair: (solution.pair_mass[row][column], solution.share[row][column]))
        }
      }
    }
    return ResultTable(
      "outer_path", "A row for each split, problem between stages and pair of stages", rows,
      columns: OuterRow.columns)
  }

  /// A mass that was tried for a pair of stages.
  struct MassRow: Sendable {
    let split: String
    let match: MatchedUnits
    let point: MatchedUnits.Point

    static let columns: [ResultColumn<MassRow>] = [
      .init(.split, text: { $0.split }), .init(.sourceStage, text: { $0.match.source_stage }),
      .init(.targetStage, text: { $0.match.target_stage }),
      .init(
        Quantity(
          "mass", "mass", "The part of the units' mass that is matched", .digits(3),
          in: 0...1), { $0.point.mass }),
      .init(
        Quantity("cost", "cost", "What matching it costs, by that mass", in: 0...2),
        { $0.point.cost }),
      .init(.chosen, text: { $0.point.mass == $0.match.mass ? "yes" : "no" }),
    ]
  }

  /// The masses of units that were tried; no rows when everything was matched unasked.
  public var innerPathTable: ResultTable {
    let rows = orderedSplits.flatMap { name, split in
      (split.inner ?? []).flatMap { match in
        match.curve.map { MassRow(split: name, match: match, point: $0) }
      }
    }
    return ResultTable(
      "inner_path", "A row for each split, pair of stages and mass that was tried", rows,
      columns: MassRow.columns)
  }
}

// MARK: Proofs and units

extension AlignmentResult {
  /// The worst proof of every split.
  public var proofTable: ResultTable {
    ResultTable(
      "proofs", "A row for each split", orderedSplits,
      columns: [
        .init(.split, text: { $0.name }),
        .init(
          Quantity("training_stimuli", "training stimuli", "Stimuli trained on", .count),
          count: { $0.split.training_stimuli }),
        .init(
          Quantity("heldout_stimuli", "held out", "Stimuli held out", .count),
          count: { $0.split.heldout_stimuli }),
        .init(
          Quantity("solves", "problems", "Transport problems", .count),
          count: { $0.split.certificate.solves }),
        .init(
          Quantity(
            "worst_primal_violation", "marginal error", "Worst error of a marginal",
            .scientific), { $0.split.certificate.worst_primal_violation }),
        .init(
          Quantity(
            "worst_dual_violation", "dual violation", "Worst violation of a dual constraint",
            .scientific), { $0.split.certificate.worst_dual_violation }),
        .init(
          Quantity("worst_gap", "gap", "Widest duality gap", .scientific),
          { $0.split.certificate.worst_gap }),
        .init(Quantity("cost", "cost", "⟨C, P⟩"), { $0.split.cost }),
      ])
  }

  private struct UnitRow: Sendable {
    let stage, side: String
    let inFile, inUse: Int
    let constant: Int?
  }

  /// The units of every stage: in the file, in use, and at most left out of a split because they do not
  /// vary over its training stimuli.
  public var unitTable: ResultTable {
    func rows(_ side: Side, _ name: String, _ constant: (SplitResult) -> [Int]) -> [UnitRow] {
      side.stages.indices.map { stage in
        UnitRow(
          stage: side.stages[stage], side: name, inFile: side.units[stage],
          inUse: min(side.units[stage], settings.maximumUnits ?? .max),
          constant: orderedSplits.map { constant($0.split)[stage] }.max())
      }
    }
    return ResultTable(
      "units", "A row for each stage",
      rows(source, "source") { $0.constant_source_units }
        + rows(target, "target") { $0.constant_target_units },
      columns: [
        .init(Quantity("stage", "stage", "The stage", .text), text: { $0.stage }),
        .init(Quantity("side", "side", "Source or target", .text), text: { $0.side }),
        .init(
          Quantity("in_file", "in file", "Units in the file, once pooled and projected", .count),
          count: { $0.inFile }),
        .init(Quantity("in_use", "in use", "Units in use", .count), count: { $0.inUse }),
        .init(
          Quantity(
            "constant", "constant",
            "Units left out of a split at most, because they do not "
              + "vary over its training stimuli", .count), count: { $0.constant }),
      ])
  }
}
