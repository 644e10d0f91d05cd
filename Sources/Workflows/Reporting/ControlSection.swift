internal import ChiasmResults
internal import ChiasmTables
internal import ChiasmAlignment
internal import ChiasmReporting
internal import ChiasmStatistics

/// What other ways of choosing target stages would predict.
struct ControlSection: ReportSection {
  let reading: AlignmentReading
  let anchor = "controls"
  let heading = "Controls and nulls"

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] {
    [.figure(scores), meanings, scoreTable] + normalizedPieces + drawPieces + differencePieces
      + nullPieces
      + assumptionPieces
  }

  /// What p-values and intervals take for granted, and which draws they are without.
  private var assumptionPieces: [ReportPiece] {
    let evidence = reading.result.evidence
    let isResampled =
      !evidence.intervals.isEmpty
      || evidence.nulls.contains { $0.null == NullTest.Null.stimulusPermutation.rawValue }
    let assumption = reading.result.settings.dependence.assumption
    return ((isResampled ? [assumption] : []) + reading.sentences.undefined)
      .map(ReportPiece.note)
  }

  var scoreCaption: String {
    let interval = reading.result.evidence.interval(.fixedFits, "score")?.ends.map {
      " The 95 % interval of HOT for other held-out stimuli, the fits kept, is \(ReportText.range($0))."
    }
    return
      "Held-out scores, mean over \(reading.sourceNoun)s and \(reading.splitCount); whiskers are ± 1 SD "
      + "over splits for every method, no confidence interval.\(interval ?? "") Compare HOT with "
      + "Uniform-P and Entropy-P: averaging \(reading.targetNoun)s raises a correlation by itself. "
      + "“Matched” scores do without averaging: the correlation of matched pairs."
  }

  /// All methods, those of matched pairs last.
  var methods: [String] {
    reading.methods(isMatched: false) + reading.methods(isMatched: true)
  }

  /// What each method is.
  private var meanings: ReportPiece {
    .block(
      .fields(
        reading.methods(isMatched: false).map {
          Report.Field(name: Quantity.method.title(of: $0), value: reading.meaning(of: $0))
        }))
  }

  private var scoreTable: ReportPiece {
    .table(
      "Held-out scores: mean over \(reading.sourceNoun)s and splits, SD over splits, and mean over splits of "
        + "each \(reading.sourceNoun)", reading.result.scoreMatrix(), reading.words, isFolded: false
    )
  }

  private var normalizedPieces: [ReportPiece] {
    reading.result.ceiling == nil
      ? []
      : [
        .table(
          "The same divided by noise ceilings", reading.result.scoreMatrix("normalized"),
          reading.words)
      ]
  }

  private var drawPieces: [ReportPiece] {
    let drawing = reading.result.method_order.filter { reading.result.scores[$0]?.draws != nil }
    guard !drawing.isEmpty else { return [] }
    return [
      .table(
        "Methods that draw at random: mean and SD of their draws, and the rank of HOT among them, "
          + "(1 + draws at least as good) / (1 + draws)",
        reading.result.scoreTable {
          $0.split == "mean" && $0.stage == "mean" && drawing.contains($0.method)
        }.selecting(["method", "score", "draw_sd", "rank_of_hot"]), reading.words)
    ]
  }

  /// HOT against each other prediction.
  var comparisons: [MethodComparison] { reading.result.comparisons.filter(\.isOfHOT) }

  private var differencePieces: [ReportPiece] {
    guard comparisons.contains(where: { $0.lower != nil }) else {
      return [.note("With a single split, differences between methods have no interval.")]
    }
    return [.figure(differences), comparisonTable]
  }

  var differenceCaption: String {
    "HOT minus each other method on the same splits, with the 95 % interval of the corrected resampled t "
      + "test. It says whether a difference holds for other stimuli of this recording, not for other "
      + "people; each interval is for one comparison alone."
  }

  private var comparisonTable: ReportPiece {
    .table(
      "Every two methods on the same splits (corrected resampled t test; p two-sided, for one comparison)",
      reading.result.comparisonTable { $0.source_stage == "mean" }.dropping(["source_stage"]),
      reading.words)
  }

  private var nullPieces: [ReportPiece] {
    let tests = reading.result.evidence.nulls
    guard !tests.isEmpty else {
      return [
        .note(
          "No nulls were drawn; chiasm align --permutations 1000 tells whether the two have anything to "
            + "do with each other.")
      ]
    }
    let isPermuted = tests.contains { $0.null == NullTest.Null.stimulusPermutation.rawValue }
    let figure = nullHistograms(of: ["score"])
    return (figure.map { [.figure(ReportFigure(.nulls, caption: nullCaption, $0))] } ?? [])
      + (isPermuted
        ? []
        : [
          .note(
            "Stimuli were not permuted; chiasm align --permutations 1000 tells whether the two have "
              + "anything to do with each other.")
        ]) + [nullTable, intervalTable] + unitDrawPieces
  }

  private var unitDrawPieces: [ReportPiece] {
    guard let sentence = reading.sentences.unitDraws else { return [] }
    return [
      .paragraph(sentence),
      .table(
        "Every statistic over draws of equally many units of every stage",
        reading.result.unitDrawTable(), reading.words),
    ]
  }

  private var nullCaption: String {
    "Where the held-out score stands among draws under each null. Permuted stimuli ask whether the two "
      + "share anything about these stimuli; any common signal, a low-level one too, makes p small. "
      + "Other orders of the \(reading.targetNoun)s ask whether it matters which \(reading.targetNoun) has "
      + "which mass. p is (1 + draws at least as good) / (1 + draws)."
  }

  private var nullTable: ReportPiece {
    .table(
      "Every statistic against its null; p corrected is that of single \(reading.sourceNoun)s and pairs "
        + "corrected for their number, by the best of all of them in each draw",
      reading.result.nullTable(), reading.words)
  }

  private var intervalTable: ReportPiece {
    .table("Every statistic with its intervals", reading.result.intervalTable(), reading.words)
  }
}

extension ControlSection {
  var scores: ReportFigure {
    let rows = methods.compactMap { name -> IntervalChart.Row? in
      guard let method = reading.result.scores[name] else { return nil }
      let draws = method.draws
      return IntervalChart.Row(
        Quantity.method.title(of: name), value: method.mean,
        interval: method.mean.flatMap { mean in
          method.sd.map { ChartInterval(low: mean - $0, high: mean + $0) }
        },
        reference: draws?.mean.flatMap { mean in
          draws?.sd.map { IntervalChart.Reference(mean: mean, deviation: $0) }
        }, note: reading.meaning(of: name))
    }
    return ReportFigure(
      .controls, caption: scoreCaption,
      IntervalChart(
        ChartHeading(name: FigureKind.controls.rawValue, title: "HOT and its controls"), rows: rows,
        valueName: "Held-out score, r; mean ± SD over splits",
        referenceName: "random draws"))
  }

  var differences: ReportFigure {
    let rows = comparisons.map { comparison in
      IntervalChart.Row(
        "HOT − " + Quantity.method.title(of: comparison.other_method), value: comparison.difference,
        interval: comparison.lower.flatMap { low in
          comparison.upper.map { ChartInterval(low: low, high: $0) }
        }, note: ReportText.pNote(comparison.p_value, unknown: "it takes two splits with scores"))
    }
    return ReportFigure(
      .differences, caption: differenceCaption,
      IntervalChart(
        ChartHeading(
          name: FigureKind.differences.rawValue, title: "HOT compared with its controls"),
        rows: rows, valueName: "Difference of held-out scores; 95 % interval"))
  }

  /// The draws of statistics under every null that has some, with HOT among them.
  func nullHistograms(of statistics: [String]) -> HistogramChart? {
    reading.nullHistograms(of: statistics, kind: .nulls, title: "The score among its nulls")
  }
}

extension AlignmentReading {
  /// The draws of statistics under every null that has some; nil if none has.
  func nullHistograms(
    of statistics: [String], kind: FigureKind, title: String
  ) -> HistogramChart? {
    let panels = NullTest.Null.allCases.flatMap { null in
      statistics.compactMap { statistic -> HistogramChart.Panel? in
        let values = draws.draws(null, statistic)
        guard !values.isEmpty, let test = result.evidence.test(null, statistic) else { return nil }
        let (short, long) =
          switch null {
          case .stimulusPermutation: ("stimuli", "Permuted stimuli")
          case .layerPermutation: ("orders", "Other orders of \(targetNoun)s")
          case .randomMaps: ("maps", "Random maps")
          }
        return HistogramChart.Panel(
          statistics.count > 1 ? "\(ReportText.shortStatistic(statistic)), \(short)" : long,
          values: values, observed: test.observed,
          note: statistics.count > 1 && test.p_value == nil
            ? "no p" : ReportText.pNote(test.p_value, unknown: test.reasonForNoP))
      }
    }
    guard !panels.isEmpty else { return nil }
    return HistogramChart(
      ChartHeading(name: kind.rawValue, title: title), panels: panels,
      valueName: statistics.count > 1
        ? "Value" : Quantity.statistic.title(of: statistics[0]).capitalizedFirst,
      observedName: "HOT", isShared: statistics.count == 1)
  }
}

extension EvidenceResult.Test {
  /// Why there is no p: other orders are no evidence by themselves.
  fileprivate var reasonForNoP: String {
    observed == nil
      ? "HOT has no value" : draws == 0 ? "no draw has a value" : "it takes --permutations"
  }
}
