internal import ChiasmFiles
internal import ChiasmReporting
internal import ChiasmResults
internal import ChiasmTables

/// A finished alignment.
struct AlignmentFinding: Finding {
  let path: String
  let result: AlignmentResult
  /// The alignment the other way; nil where there is none.
  let reverse: AlignmentResult?
  /// Nil where none were given.
  let known: KnownTargets?

  init(path: String, known: String?) throws {
    self.path = path
    let result = try AlignmentResult.read(path)
    self.result = result
    reverse = try AlignmentResult.reverse(of: path)
    self.known = try known.map { try KnownTargets(path: $0, result) }
  }

  private enum Key: String, CodingKey {
    case known
    case leastCostLayer = "least_cost_layer"
  }

  /// The keys of `alignment.json`, and what was found on top.
  func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(result.places.map(\.least_cost_layer), forKey: .leastCostLayer)
    try container.encodeIfPresent(known, forKey: .known)
  }
}

/// Which target stage is the right one of source stages, and how these fared: the answer to a made-up or
/// published alignment.
struct KnownTargets: Encodable, Equatable, Sendable {
  /// The known target of each source stage that has one.
  let targets: [String: String]
  /// How many of them have their least cost there.
  let least_cost_there: Int
  /// How many of them have their greatest share there.
  let greatest_share_there: Int

  /// Reads a table with the columns `source_stage` and `target_stage`.
  ///
  /// - Throws: for a source stage with two targets, and a table that names none of the alignment.
  init(path: String, _ result: AlignmentResult) throws {
    let table = try Table(path: path)
    var targets: [String: String] = [:]
    let pairs = zip(
      try table.identifiers("source_stage"), try table.identifiers("target_stage"))
    for (row, (source, target)) in pairs.enumerated() {
      if let other = targets[source], other != target {
        throw WorkflowError.tableRow(
          path: path, place: table.location(ofRow: row),
          problem: "\(source) belongs to \(target) here and to \(other) before; keep one")
      }
      targets[source] = target
    }
    let own = targets.filter { result.source.stages.contains($0.key) }
    guard !own.isEmpty else {
      throw WorkflowError.unrecognised(
        path: path,
        reason: "names none of the source stages \(result.source.stages.joined(separator: ", "))")
    }
    self.targets = own
    least_cost_there = result.places.count {
      $0.least_cost_layer != nil && own[$0.source_stage] == $0.least_cost_layer
    }
    greatest_share_there = result.places.count {
      $0.best_layer != nil && own[$0.source_stage] == $0.best_layer
    }
  }
}

// MARK: For people

extension AlignmentFinding {
  var report: Report {
    let (sentences, words) = (AlignmentSentences(result), result.words)
    let tables = [
      (
        "Coupling shares (\(words.source)s × \(words.target)s, mean over splits)",
        result.couplingMatrix
      ),
      ("Where each \(words.source) lies", placeTable),
    ]
    let evidence = [
      ("Scores on held-out stimuli (mean over splits)", result.scoreMatrix()),
      (normalizedHeading, result.ceiling == nil ? nil : result.scoreMatrix("normalized")),
      (
        "HOT against its controls: difference with its 95 % interval over splits", comparisonTable
      ), ("Against nulls", nullTable),
      (
        "Single \(words.source)s, and the best pair of each, p corrected for their number",
        familyTable
      ),
      ("Intervals, 95 %", intervalTable),
      (
        "Draws of equally many units of every stage",
        result.unitDrawTable { $0.target_stage == nil }.brief.dropping(["target_stage"])
      ),
    ]
    let undefined = sentences.undefined
    return Report(
      title: "\(path): alignment by hierarchical optimal transport",
      sections: [.fields(main)] + tables.map(section)
        + (sentences.verdict + [reverse.map(sentences.directions)].compactMap(\.self))
        .map(Report.Section.paragraph)
        + evidence.compactMap { heading, table in
          table.flatMap { $0.rows.isEmpty ? nil : section(heading, $0) }
        }
        + (undefined.isEmpty ? [] : [.paragraph(undefined.joined(separator: "\n"))])
        + knownSection)
  }

  private func section(_ heading: String, _ table: ResultTable) -> Report.Section {
    .table(heading: heading, TextTable(table, result.words))
  }

  private var main: [Report.Field] {
    let sentences = AlignmentSentences(result)
    let settings = result.settings
    let splits =
      settings.splitsFile.map { "\(result.splits.count) of \($0)" }
      ?? settings.dependence.map { _ in result.splitSentence }
      ?? "\(result.splits.count) at random, training on "
      + NumberText.short(settings.trainingFraction) + " of the stimuli"
    return .fields([
      "source": result.source.summary,
      "target": result.target.summary,
      "stimuli": "\(result.common_stimuli) in common",
      "splits": splits,
      "groups of stimuli": settings.dependence?.groups,
      "permuted stimuli": settings.dependence?.usedExchange?.rawValue,
      "seed": String(settings.seed),
      "solver": settings.solver.rawValue,
      "units": settings.units,
      "outer problem": sentences.outerProblem,
      "matched units": sentences.innerProblem,
      "cost": NumberText.fixed(result.cost.mean, decimals: 4) + ", SD "
        + NumberText.fixed(result.cost.sd, decimals: 4),
      "proof": "\(result.certificate.solves) transport problems; \(sentences.worst)",
      "command": result.provenance.command,
    ])
  }

  private var placeTable: ResultTable {
    let places = result.placeTable.brief
    return known.map { places.joined(with: $0.column(of: result)) } ?? places
  }

  private var normalizedHeading: String {
    guard let ceiling = result.ceiling else { return "" }
    let left = zip(ceiling.units_below_floor, ceiling.units_unknown).reduce(0) { $0 + $1.0 + $1.1 }
    let all = ceiling.source_units.reduce(0, +)
    return "The same divided by noise ceilings; \(left) of \(all) source units have none of "
      + NumberText.short(ceiling.floor) + " or more"
  }

  /// Matched scores are not predictions, and so are left to `comparisons.csv`.
  private var comparisonTable: ResultTable {
    result.comparisonTable { $0.source_stage == "mean" && $0.isOfHOT }.brief
      .dropping(["method", "source_stage"])
  }

  private var nullTable: ResultTable {
    result.nullTable { $0.source_stage == nil }.brief
      .dropping(["source_stage", "target_stage", "p_corrected"])
  }

  /// Of every source stage its score and, among its pairs, that of the least corrected p, the first of
  /// equals by the raw one.
  private var familyTable: ResultTable {
    func grade(_ test: EvidenceResult.Test) -> (Double, Double) {
      (test.p_corrected ?? 1, test.p_value ?? 1)
    }
    var best: [EvidenceResult.Test] = []
    for test in result.evidence.nulls where test.p_corrected != nil {
      let place = best.firstIndex {
        ($0.null, $0.statistic) == (test.null, test.statistic)
          && $0.source_stage == test.source_stage
      }
      if let place {
        if grade(test) < grade(best[place]) { best[place] = test }
      } else {
        best.append(test)
      }
    }
    return result.nullTable { best.contains($0) }.brief.dropping(["draws"])
  }

  /// The score from the draws that judge these fits, and the rest of the whole from refits. Refits are
  /// poorer fits, so that their interval of the score lies too low.
  private var intervalTable: ResultTable {
    result.intervalTable { interval in
      interval.source_stage == nil
        && (interval.statistic == "score") == (interval.draws_of == "fixed-fits")
    }.brief.dropping(["source_stage", "target_stage"])
  }

  private var knownSection: [Report.Section] {
    guard let known else { return [] }
    return [
      .paragraph(
        "Of \(ReportText.count(known.targets.count, result.words.source)) with a known "
          + "\(result.words.target), the least cost is there for \(known.least_cost_there), the greatest "
          + "share for \(known.greatest_share_there).")
    ]
  }
}

extension KnownTargets {
  /// A column with the known target of every source stage.
  func column(of result: AlignmentResult) -> ResultTable {
    ResultTable(
      "known", "",
      quantities: [Quantity("known", "known", "The right {target}", .text)],
      rows: result.source.stages.map { [.text(targets[$0])] })
  }
}
