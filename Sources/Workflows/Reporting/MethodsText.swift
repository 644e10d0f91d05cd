internal import ChiasmResponses
internal import ChiasmResults
internal import ChiasmTables
internal import ChiasmAlignment
internal import Foundation
internal import ChiasmReporting

/// The methods paragraph of an alignment, with the settings that were used, and what it cites.
struct MethodsText {
  private let reading: AlignmentReading
  private var result: AlignmentResult { reading.result }

  init(_ reading: AlignmentReading) { self.reading = reading }

  /// The paragraph.
  var paragraph: String {
    let parts = [
      opening, extraction, costs, outer, proof, scores, controls, hierarchy, permutations,
      intervals,
      comparisons, ceiling, software,
    ]
    return parts.compactMap(\.self).joined(separator: " ")
  }

  /// What the paragraph cites, in its order.
  var references: [String] { Citation.references(in: paragraph, result.provenance) }

  private func cite(_ works: Citation...) -> String {
    "(" + works.map(\.short).joined(separator: "; ") + ")"
  }

  private var opening: String {
    let units = result.source.units.reduce(0, +)
    let sum =
      result.source.stages.count > 1 ? "; \(ReportText.count(units, reading.unitNoun)) in all" : ""
    return "Responses of \(ReportText.count(result.source.stages.count, reading.sourceNoun)) "
      + "(\(result.source.sizes)\(sum)) "
      + "were aligned with \(ReportText.count(result.target.stages.count, reading.targetNoun)) "
      + "(\(result.target.sizes)) over \(ReportText.grouped(result.common_stimuli)) stimuli by "
      + "hierarchical optimal transport \(cite(.ShahKhosla2025))."
  }

  private var extraction: String? {
    guard let extraction = reading.source.extraction else { return nil }
    let settings = extraction.settings
    let sessions = ReportText.count(extraction.sessions.count, "session")
    let standard = Self.words(standardize: settings.standardize)
    let repeats =
      settings.repeats == "average"
      ? "averaged over the repeats of a stimulus" : "kept for every repeat"
    let dropped = extraction.regions.filter { result.source.stages.contains($0.name) }
      .reduce(0) { $0 + $1.voxels - $1.kept }
    let floor = settings.min_noise_ceiling.map {
      " or had a noise ceiling below \(NumberText.short($0))"
    }
    let scale = Self.words(scale: settings.scale)
    return
      "Responses\(result.target.role == .region ? " of the source" : "") came from \(sessions); they were \(scale)\(standard)\(repeats). Voxels that were "
      + "constant or not finite in a session\(floor ?? "") were left out "
      + "(\(ReportText.grouped(dropped)) of the regions' voxels)." + ceilings(extraction)
  }

  /// `z-scored within each session and `.
  private static func words(standardize: String) -> String {
    switch ExtractionSettings.Standardization(rawValue: standardize) {
    case .session: "z-scored within each session and "
    case .sessionAll: "z-scored within each session, over all its volumes, and "
    case .some(.none), nil: ""
    }
  }

  /// `divided by 300 and `.
  private static func words(scale: Double) -> String {
    if scale == 1 { return "" }
    let divisor = (1 / scale).rounded()
    return abs(divisor * scale - 1) < 1e-12
      ? "divided by \(NumberText.short(divisor)) and "
      : "multiplied by \(NumberText.short(scale)) and "
  }

  private func ceilings(_ extraction: ExtractionRecord) -> String {
    guard let ceiling = extraction.noise_ceiling else { return "" }
    switch ceiling.source {
    case .ncsnr:
      return " Noise ceilings were computed from noise-ceiling signal-to-noise ratios "
        + "\(cite(.Allen2022))."
    case .splitHalf:
      return " Noise ceilings were computed from split halves of the repeats of "
        + "\(ceiling.repeated_stimuli ?? 0) stimuli with the Spearman–Brown formula "
        + "\(cite(.Spearman1910, .Brown1910))."
    }
  }

  private var costs: String {
    let settings = result.settings
    let units = ReportText.units(
      pooled: settings.pooling, atMost: settings.maximumUnits,
      projected: settings.projectedUnitCount, seed: settings.seed)
    let solver =
      result.settings.solver == .sinkhorn
      ? "entropic transport \(cite(.Cuturi2013)) with uniform masses, rounded to a feasible plan"
      : "exact optimal transport with uniform masses"
    return
      "Every unit was z-scored with its mean and standard deviation over the training stimuli; units "
      + "without variance there were left out.\(units.map { " " + $0 } ?? "") For each \(reading.sourceNoun) and "
      + "\(reading.targetNoun), units were matched by \(solver), a pair of units costing 1 minus "
      + "Pearson's correlation of their responses to the training stimuli.\(partial)"
  }

  /// What was left unmatched, after a space; nothing where everything was matched.
  private var partial: String {
    let asked = result.settings.innerMass
    guard asked != .whole else { return "" }
    let exactly =
      "the rest staying unmatched \(cite(.KapoorWilliamsKhosla2026)); costs are per matched mass."
    if case .fixed(let mass) = asked {
      return " Only \(NumberText.short(mass)) of the mass of each pair was matched, \(exactly)"
    }
    return
      " The mass that was matched was chosen for each pair and split at the corner of the curve of its "
      + "training costs, \(exactly)"
  }

  private var outer: String {
    let (sources, targets) = (reading.sourceNoun + "s", reading.targetNoun + "s")
    let cost =
      "The costs of these plans were the costs of a second transport problem, between \(sources) "
      + "and \(targets), "
    let asked = result.settings.outer
    let weights =
      switch asked.stageWeights {
      case .units: "\(sources) weighed by their numbers of units"
      case .reliability: "\(sources) weighed by their mean noise ceilings"
      case .uniform: "\(sources) of equal mass"
      }
    switch asked.kind {
    case .unbalanced:
      return cost + "with \(weights) and a Kullback–Leibler penalty of "
        + "\(NumberText.short(asked.penalty)) on the departure of the \(targets) from equal mass "
        + "\(cite(.Chizat2018))."
    case .partial:
      return cost
        + "with \(weights), in which only \(NumberText.short(asked.mass)) of the mass was moved, "
        + "exactly \(cite(.Caffarelli2010))."
    case .automatic:
      return cost
        + "with \(weights) and a Kullback–Leibler penalty on the departure of the \(targets) from "
        + "equal mass \(cite(.Chizat2018)), which 3-fold cross-validation on the training stimuli chose in "
        + "each split: the most balanced one within one standard error of the best."
    case .balanced: return cost + "solved exactly with \(weights) and \(targets) of equal mass."
    }
  }

  private var proof: String {
    "Every solution was certified by its duality gap (largest "
      + "\(NumberText.scientific(result.certificate.worst_gap)))."
  }

  private var scores: String {
    let settings = result.settings
    let splits =
      settings.dependence != nil
      ? result.splitSentence + " (seed \(settings.seed))"
      : settings.splitsFile == nil
        ? "\(ReportText.count(result.splits.count, "random split")), each training on "
          + "\(NumberText.short((settings.trainingFraction ?? .nan) * 100)) % of the stimuli (seed \(settings.seed))"
        : "\(ReportText.count(result.splits.count, "split")) given beforehand (seed of all else "
          + "\(settings.seed))"
    return
      "Scores are Pearson correlations, over held-out stimuli, of every \(reading.unitNoun) with its "
      + "prediction from the \(reading.targetNoun)s, averaged over \(reading.unitNoun)s, then "
      + "\(reading.sourceNoun)s, then \(splits)."
  }

  private var controls: String? {
    let names = reading.methods(isMatched: false).filter { $0 != "hot" }
    guard !names.isEmpty else { return nil }
    let parts = names.map { name in
      let draws = result.scores[name]?.draws.map { ", \(ReportText.count($0.count, "draw"))" } ?? ""
      return "\(Quantity.method.title(of: name)) (\(reading.meaning(of: name))\(draws))"
    }
    return "The score was compared with \(parts.joined(separator: "; "))."
  }

  private var hierarchy: String? {
    guard result.source.stages.count > 1, result.target.stages.count > 1 else { return nil }
    return
      "The order of the hierarchy was measured by Spearman's ρ \(cite(.Spearman1904)) and Kendall's τ-b "
      + "\(cite(.Kendall1945)) between the order of the \(reading.sourceNoun)s and their expected depths, "
      + "and by the mass within one step of the diagonal."
  }

  private var permutations: String? {
    let parts = NullTest.Null.allCases.compactMap { null -> String? in
      let draws = result.evidence.nulls.filter { $0.null == null.rawValue }.map(\.draws).max()
      guard let draws else { return nil }
      let words =
        switch null {
        case .stimulusPermutation:
          "\(result.settings.dependence.orders) with everything fitted anew"
        case .layerPermutation: "other orders of the \(reading.targetNoun)s with the fits kept"
        case .randomMaps:
          "random places of the \(reading.sourceNoun)s' costs among the \(reading.targetNoun)s with "
            + "only the coupling fitted anew"
        }
      return "\(ReportText.grouped(draws)) \(words)"
    }
    guard !parts.isEmpty else { return nil }
    let isCorrected = result.evidence.nulls.contains { $0.p_corrected != nil }
    return
      "p-values compare with \(parts.joined(separator: ", and with ")); p = (1 + draws at least as good) "
      + "/ (1 + draws) \(cite(.PhipsonSmyth2010))."
      + (isCorrected
        ? " Those of single \(reading.sourceNoun)s and pairs were also corrected for their number by the best "
          + "of them in each draw \(cite(.WestfallYoung1993))." : "")
  }

  private var intervals: String? {
    let intervals = result.evidence.intervals
    func draws(_ method: IntervalEstimate.Method) -> Int? {
      intervals.filter { $0.draws_of == method.rawValue }.map { $0.draws + $0.undefined }.max()
    }
    let parts = [
      draws(.fixedFits).map {
        "of scores come from \(ReportText.count($0, "draw")) of held-out stimuli"
          + "\(result.settings.dependence.drawing) with the fits kept"
          + (result.splits.count > 1 ? ", their variance raised for the overlap of splits" : "")
      },
      draws(.refits).map {
        "of shares, depths and order from \(ReportText.count($0, "sample")) of stimuli"
          + "\(result.settings.dependence.drawing) with everything fitted anew"
      },
    ].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    return
      "95 % intervals \(parts.joined(separator: ", and ")) (BCa where it is "
      + "defined, else percentiles; \(Citation.DiCiccioEfron1996.short))."
  }

  private var comparisons: String? {
    guard result.comparisons.contains(where: { $0.p_value != nil }) else { return nil }
    return "Methods were compared on the same splits by the corrected resampled t test "
      + "\(cite(.NadeauBengio2003))."
  }

  private var ceiling: String? {
    result.ceiling.map {
      "Normalised scores are divided by the square root of each \(reading.unitNoun)'s noise ceiling; "
        + "\(reading.unitNoun)s with a ceiling below \(NumberText.short($0.floor)) were left out of them."
        + ($0.target_units == nil
          ? ""
          : " Correlations of matched pairs are also divided by the square root of the target unit's.")
    }
  }

  private var software: String {
    "Computations were done with \(result.provenance.software) \(result.provenance.version)."
  }
}
