internal import ChiasmResults
internal import ChiasmAlignment
internal import ChiasmReporting
internal import ChiasmStatistics

/// What was aligned, and what came out in a few numbers.
struct SummarySection: ReportSection {
  let reading: AlignmentReading
  let anchor = "summary"
  let heading = "Summary"

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] {
    [
      .paragraph(
        ([opening] + [score, controls, directions].compactMap(\.self)
          + reading.sentences.verdict + [order, known].compactMap(\.self))
          .joined(separator: " "))
    ]
      + [fields] + reading.result.provenance.notes.map(ReportPiece.note)
  }

  private var result: AlignmentResult { reading.result }

  private var opening: String {
    let (sources, targets) = (reading.sourceNames, reading.targetNames)
    let units = result.source.units.reduce(0, +)
    return "\(ReportText.count(sources.count, reading.sourceNoun)) "
      + "(\(ReportText.list(sources)); \(ReportText.count(units, reading.unitNoun))) "
      + "\(sources.count == 1 ? "was" : "were") aligned with "
      + "\(ReportText.count(targets.count, reading.targetNoun)) (\(ReportText.list(targets))) on "
      + "\(ReportText.grouped(result.common_stimuli)) stimuli, "
      + "in \(reading.splitCount) into training and held-out stimuli."
  }

  private var score: String? {
    guard let hot = result.scores["hot"], let mean = hot.mean else { return nil }
    let interval = reading.result.evidence.interval(.fixedFits, "score")?.ends.map {
      ", 95 % interval \(ReportText.range($0)) for other stimuli of the same kind, the fits kept"
    }
    let normalized = hot.normalized?.mean.map {
      " Divided by the noise ceilings it is \(ReportText.number($0))."
    }
    return
      "The coupling\(reading.reference(.coupling)) predicts held-out responses with a mean correlation of "
      + "\(ReportText.number(mean)) (SD over splits \(ReportText.number(hot.sd))"
      + "\(interval ?? ""))." + (normalized ?? "")
  }

  private var directions: String? { reading.reverse.map(reading.sentences.directions) }

  private var controls: String? {
    let parts = [
      "perm-p": "with the couplings of the \(reading.sourceNoun)s shuffled",
      "uniform-p": "with all \(reading.targetNoun)s alike",
    ]
    .sorted { $0.key < $1.key }
    .compactMap { name, words in
      (result.scores[name]?.mean ?? nil).map { "\(ReportText.number($0)) \(words)" }
    }
    return parts.isEmpty
      ? nil : "It would be \(parts.joined(separator: " and "))\(reading.reference(.controls))."
  }

  private var order: String? {
    guard let spearman = result.hierarchy.spearman else { return nil }
    let p = reading.orderPValues("spearman")
    return
      "Spearman's ρ between the order of the \(reading.sourceNoun)s and their expected depths is "
      + ReportText.number(spearman, decimals: 2) + reading.reference(.depth)
      + (p.map {
        " (p = \(ReportText.p($0.stimuli)) against permuted stimuli, \(ReportText.p($0.orders)) against "
          + "other orders of the \(reading.targetNoun)s)."
      } ?? ".")
  }

  private var known: String? {
    guard let known = reading.known else { return nil }
    let hits = known.greatest_share_there
    let count = ReportText.count(known.targets.count, reading.sourceNoun)
    return "Of \(count) with a known answer, \(hits) "
      + "\(hits == 1 ? "has its" : "have their") greatest share there."
  }

  private var fields: ReportPiece {
    .fields([
      "source": result.source.summary,
      "target": result.target.summary,
      "stimuli": "\(result.common_stimuli) in common",
      "cost": "\(ReportText.number(result.cost.mean, decimals: 4)), SD "
        + ReportText.number(result.cost.sd, decimals: 4),
      "score": result.scores["hot"].map {
        "\(ReportText.number($0.mean, decimals: 4)), SD \(ReportText.number($0.sd, decimals: 4))"
      },
      "p of the score": reading.result.evidence.test(.stimulusPermutation, "score").map {
        "\(ReportText.p($0.p_value)) (\($0.draws) permutations of stimuli)"
      },
      "outer problem": reading.sentences.outerProblem,
      "seed": String(result.settings.seed),
      "command": result.provenance.command,
    ])
  }
}
