internal import ChiasmStatistics
internal import ChiasmTables
internal import ChiasmResults
public import ChiasmReporting
internal import ChiasmAlignment

/// What an alignment found in words, for the terminal, `inspect` and the report.
struct AlignmentSentences {
  let result: AlignmentResult
  private var words: Wording { result.words }

  init(_ result: AlignmentResult) { self.result = result }
}

extension AlignmentSentences {
  /// What the score is worth, a sentence each: whether it is of responses with themselves, or not shown
  /// to be above 0; then how HOT does beside its controls.
  var verdict: [String] { [identity, nothing].compactMap(\.self) + besideControls }

  /// That stages of the target are the same responses as those of the source; nil where none are.
  private var identity: String? {
    let (source, target) = (result.source, result.target)
    let isOneSet = !source.path.isEmpty && source.path == target.path
    let same = result.places.filter { place in
      isOneSet && target.stages.contains(place.source_stage)
        || (place.best_score ?? 0) >= 1 - Self.rounding
    }
    guard !same.isEmpty else { return nil }
    let subject =
      same.count == source.stages.count
      ? "Source and target"
      : "\(ReportText.list(same.map(\.source_stage))) of the source and "
        + "\(same.count == 1 ? "a stage" : "stages") of the target"
    return "\(subject) are the same responses: a score of 1 is what that gives"
      + (isOneSet && result.settings.maximumUnits != nil
        ? ", and less where each side draws other units." : ".")
  }

  /// A correlation this near to 1 is 1.
  private static let rounding = 1e-6

  /// That the score is not shown to be above 0: by permuted stimuli where they were drawn, else by its
  /// interval, else by its spread over splits; nil where it is.
  private var nothing: String? {
    guard let hot = result.scores["hot"], let score = hot.mean else { return nil }
    let reason: String
    if let test = result.evidence.test(.stimulusPermutation, "score"), let p = test.p_value {
      guard p > 0.05 else { return nil }
      reason =
        "p = \(ReportText.p(p)) against \(ReportText.count(test.draws, "draw")) of permuted stimuli"
    } else if let ends = result.evidence.interval(.fixedFits, "score")?.ends {
      guard ends.lowerBound <= 0 else { return nil }
      reason = "95 % interval \(ReportText.range(ends))"
    } else if let sd = hot.sd {
      guard score <= 2 * sd else { return nil }
      reason = "SD over splits \(ReportText.number(sd))"
    } else {
      return nil
    }
    return
      "Nothing is shown to fit: the score, \(ReportText.number(score)), is not told apart from 0 "
      + "(\(reason))."
  }

  /// Whether target stages by themselves or all alike score as HOT does, with what to run next, or which
  /// controls HOT is better than.
  var besideControls: [String] {
    let all = result.comparisons.filter {
      $0.method == "hot" && Self.controls.contains($0.other_method)
    }
    guard !all.isEmpty, let hot = result.scores["hot"]?.mean else { return [] }
    let rivals = [
      ("pairwise-best", "The \(words.target)s of least training cost", cheapest),
      ("uniform-p", "All \(words.target)s alike", ""),
    ].compactMap { name, subject, which in
      all.first { $0.other_method == name && ($0.difference ?? .nan) <= 1e-9 }.map {
        subject + sentence($0, hot) + which + "."
      }
    }
    guard rivals.isEmpty else {
      return rivals
        + (result.settings.outer.kind == .balanced
          ? [
            "Balanced masses make every \(words.target) be used up, whether it fits or not; run align "
              + "with --outer auto next, which drops that demand where the data do."
          ] : [])
    }
    func named(_ isMeant: (MethodComparison) -> Bool) -> String? {
      let methods = all.filter(isMeant).map(\.other_method)
      return methods.isEmpty ? nil : Self.names(methods)
    }
    if all.allSatisfy({ $0.lower == nil }) {
      let above = named { ($0.difference ?? .nan) > 1e-9 }.map { "HOT scores above \($0)" }
      let others = named { !(($0.difference ?? .nan) > 1e-9) }.map {
        "HOT does not score above \($0)"
      }
      return [above, others].compactMap { $0.map { $0 + "; one split gives no interval." } }
    }
    let worse = named { Verdict($0) == .worse }.map { "HOT scores worse than \($0)." }
    let undecided = named { Verdict($0) != .better && Verdict($0) != .worse }.map {
      "HOT is not to be told apart from \($0) by these splits."
    }
    let sentences = [worse, undecided].compactMap(\.self)
    return sentences.isEmpty
      ? ["HOT scores better than each of its controls: \(Self.names(all.map(\.other_method)))."]
      : sentences
  }

  /// The controls that mix the predictions of HOT's own plans.
  private static let controls: Set<String> = [
    "perm-p", "single-best", "pairwise-best", "uniform-p", "entropy-p",
  ]

  private static func names(_ methods: [String]) -> String {
    ReportText.list(methods.map(Quantity.method.title))
  }

  /// `: V1 → block00, V2 → block02`, the target stages of least cost.
  private var cheapest: String {
    let pairs = result.places.compactMap { place in
      place.least_cost_layer.map { "\(place.source_stage) → \($0)" }
    }
    return pairs.isEmpty ? "" : ": " + pairs.joined(separator: ", ")
  }

  private func sentence(_ comparison: MethodComparison, _ hot: Double) -> String {
    let title = Quantity.method.title(of: comparison.other_method)
    let other = result.scores[comparison.other_method]?.mean
    if abs(comparison.difference ?? .nan) < 1e-9 {
      return " score the same as HOT, \(ReportText.number(hot)) (\(title))"
    }
    let verdict = Verdict(comparison)
    let beside =
      verdict == .worse
      ? " score better than HOT" : " score at least as well as HOT"
    let ends = comparison.lower.flatMap { lower in comparison.upper.map { (lower, $0) } }
    return beside + ", \(ReportText.number(other)) against \(ReportText.number(hot)) (\(title)"
      + (ends.map {
        "; difference \(ReportText.number(comparison.difference.map(-)))"
          + ", 95 % \(ReportText.number(-$0.1)) to \(ReportText.number(-$0.0))"
      } ?? "; one split gives no interval") + ")"
      + (verdict == .undecided ? ", not to be told apart by these splits" : "")
  }
}

extension AlignmentSentences {
  /// The outer problem and what was chosen in each split.
  var outerProblem: String {
    let asked = result.settings.outer
    let chosen = result.orderedSplits.compactMap(\.split.outer).map(Self.text)
    return asked.kind.rawValue
      + (chosen.isEmpty ? "" : ", by split " + chosen.joined(separator: ", "))
      + (asked.stageWeights == .uniform
        ? "" : "; \(words.source)s weighed by \(asked.stageWeights.rawValue)")
  }

  private static func text(_ outer: OuterSolution) -> String {
    outer.problem == "partial"
      ? "mass " + NumberText.short(outer.mass)
      : outer.penalty.map { "penalty " + NumberText.short($0) } ?? "balanced"
  }

  /// How much of the units is matched; nil for the balanced problem.
  var innerProblem: String? {
    matchedRange.map { "\(result.settings.innerMass.problem), mass \(Self.text($0))" }
  }

  private var matchedMasses: [Double] {
    result.orderedSplits.flatMap { ($0.split.inner ?? []).map(\.mass) }
  }

  private var matchedRange: ClosedRange<Double>? {
    let masses = matchedMasses
    return masses.min().flatMap { least in masses.max().map { least...$0 } }
  }

  /// `0.5 to 0.75`, or the one number.
  private static func text(_ range: ClosedRange<Double>) -> String {
    let (least, most) = (range.lowerBound, range.upperBound)
    return NumberText.short(least) + (least == most ? "" : " to " + NumberText.short(most))
  }

  /// The score, the worst proof and, unless they are balanced, the problems between stages and between
  /// units, a line each.
  var headline: [String] {
    let (score, proof) = (result.scores["hot"], result.certificate)
    let normalized = score?.normalized.map { ", normalised \(number($0.mean))" } ?? ""
    var lines = [
      "HOT score \(number(score?.mean)) (SD over \(ReportText.count(result.splits.count, "split")) "
        + "\(number(score?.sd)))\(normalized), cost \(number(result.cost.mean)).",
      "\(proof.solves) transport problems; " + worst + ".",
    ]
    let problems = result.orderedSplits.compactMap(\.split.outer).map(Self.text)
    let counted = Set(problems).sorted().map { problem in
      "\(problem) in \(problems.count { $0 == problem }) of \(ReportText.count(result.splits.count, "split"))"
    }
    if !problems.isEmpty { lines.append("Outer problem: \(counted.joined(separator: ", ")).") }
    if let range = matchedRange {
      let mean = Spread(matchedMasses).mean
      lines.append(
        "Mass of matched units: \(Self.text(range))"
          + (range.lowerBound < range.upperBound
            ? ", mean \(NumberText.fixed(mean, decimals: 2))." : "."))
    }
    return lines
  }

  /// The score of this alignment beside that of the one the other way.
  func directions(_ reverse: AlignmentResult) -> String {
    func score(_ result: AlignmentResult) -> String {
      let score = result.scores["hot"]
      return "\(number(score?.mean)) (SD over splits \(number(score?.sd)))"
    }
    return "The score goes one way: \(words.source)s from \(words.target)s \(score(result)), "
      + "\(words.target)s from \(words.source)s \(score(reverse)), in \(AlignmentResult.reverseFolder)/."
  }

  /// The worst errors of all transport problems.
  var worst: String {
    let proof = result.certificate
    return
      "worst marginal error \(NumberText.scientific(proof.worst_primal_violation)), dual violation "
      + "\(NumberText.scientific(proof.worst_dual_violation)), gap "
      + NumberText.scientific(proof.worst_gap)
  }

  /// How many units of each stage are left out because they do not vary over the training stimuli of a
  /// split; nil where none is.
  var leftOut: String? {
    func stages(_ side: AlignmentResult.Side, _ constant: (SplitResult) -> [Int]) -> [LeftOutUnits]
    {
      side.stages.indices.map { stage in
        LeftOutUnits(
          stage: side.stages[stage],
          unitCount: min(side.units[stage], result.settings.maximumUnits ?? .max),
          counts: result.orderedSplits.map { constant($0.split)[stage] })
      }
    }
    return LeftOutUnits.sentence(
      source: stages(result.source) { $0.constant_source_units },
      target: stages(result.target) { $0.constant_target_units }, stimuli: "training stimuli")
  }

  private func number(_ value: Double?) -> String { NumberText.fixed(value, decimals: 4) }
}

extension AlignmentSentences {
  /// What nulls and intervals say of the whole alignment, a line each.
  var evidence: [String] {
    let interval = result.evidence.interval(.fixedFits, "score").map {
      "95 % interval of the score, these fits on other stimuli: \(number($0.interval_low)) to "
        + "\(number($0.interval_high)) (\(Self.ends($0.interval_method)))."
    }
    let tests = NullTest.Null.allCases.compactMap { null -> String? in
      let own = result.evidence.nulls.filter {
        $0.null == null.rawValue && $0.source_stage == nil && $0.p_value != nil
          && $0.statistic != AlignmentStatistic.cost.name
      }
      guard let first = own.first else { return nil }
      return "Against \(Quantity.null.title(of: null.rawValue)), "
        + "\(ReportText.count(first.draws, "draw")): "
        + own.map { test in
          "\(test.statistic.replacing("_", with: "-")) \(number(test.observed)) against "
            + "\(number(test.null_mean)), p = \(number(test.p_value))"
        }.joined(separator: "; ") + "."
    }
    return [interval, unitDraws].compactMap(\.self) + tests + undefined
  }

  /// How far the score depends on which units were taken; nil without draws of units.
  var unitDraws: String? {
    result.evidence.unit_draws?.first { $0.statistic == "score" && $0.source_stage == nil }.map {
      "Over \(ReportText.count($0.draws, "draw")) of \(ReportText.count($0.units, "unit")) of every stage the "
        + "score is \(number($0.mean)) on average, SD \(number($0.sd)), from \(number($0.least)) to "
        + "\(number($0.greatest)); \(number($0.estimate)) with the units in use."
    }
  }

  /// `BCa`, `percentile` or `none`.
  static func ends(_ method: String?) -> String {
    method.map(Quantity.intervalMethod.title) ?? "none"
  }

  /// Which draws gave no value, a sentence for each way of drawing; none where all did.
  var undefined: [String] {
    let nulls = result.evidence.nulls.map {
      ($0.null, $0.statistic, $0.undefined, $0.draws + $0.undefined)
    }
    let intervals = result.evidence.intervals.map {
      ($0.draws_of, $0.statistic, $0.undefined, $0.draws + $0.undefined)
    }
    let names = [
      (IntervalEstimate.Method.fixedFits.rawValue, "draws of held-out stimuli"),
      (IntervalEstimate.Method.refits.rawValue, "bootstrap samples"),
      (NullTest.Null.stimulusPermutation.rawValue, "permutations of stimuli"),
      (NullTest.Null.layerPermutation.rawValue, "orders of \(words.target)s"),
      (NullTest.Null.randomMaps.rawValue, "random maps"),
    ]
    return names.compactMap { kind, name in
      undefined((nulls + intervals).filter { $0.0 == kind }.map { ($0.1, $0.2, $0.3) }, name)
    }
  }

  /// - Parameter draws: statistics, the draws without a value, and all draws.
  private func undefined(_ draws: [(String, Int, Int)], _ name: String) -> String? {
    guard let all = draws.map(\.2).max(), let least = draws.map(\.1).min(),
      draws.contains(where: { $0.1 > 0 })
    else { return nil }
    var most: [(name: String, count: Int)] = []
    for (statistic, count, _) in draws where count > least {
      let statistic = statistic.replacing("_", with: "-")
      if let place = most.firstIndex(where: { $0.name == statistic }) {
        most[place].count = max(most[place].count, count)
      } else {
        most.append((statistic, count))
      }
    }
    let whole =
      least == 0 ? [] : ["\(least) have no value (too few different stimuli, or no unit varies)"]
    let parts = Set(most.map(\.count)).sorted().map { count in
      let names = most.filter { $0.count == count }.map(\.name).joined(separator: ", ")
      return "\(count) have no \(names)"
    }
    return "Of \(all) \(name) \((whole + parts).joined(separator: "; ")).\n"
      + "p-values and intervals are of the rest."
  }
}

extension FinishedAlignment {
  /// Where each source stage lies and whether HOT predicts it better than one target stage, for
  /// standard output.
  ///
  /// - Parameter reverse: the alignment the other way, whose score is told beside.
  public func summary(reverse: FinishedAlignment? = nil) -> Report {
    let sentences = AlignmentSentences(result)
    return Report(
      sections: [
        .table(
          heading: "Where each \(result.words.source) lies",
          TextTable(result.placeTable.brief, result.words))
      ] + [.paragraph(sentences.verdict.joined(separator: "\n"))]
        + [reverse.map { .paragraph(sentences.directions($0.result)) }].compactMap(\.self))
  }

  /// What a user is told when an alignment is done, a line each.
  public var messages: [String] {
    let sentences = AlignmentSentences(result)
    return [sentences.leftOut].compactMap(\.self) + sentences.headline + sentences.evidence
  }
}
