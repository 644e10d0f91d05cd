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
    [.figure(scores), meanings, scoreTable] + drawPieces + differencePieces + nullPieces
      + assumptionPieces
  }

  /// What p-values and intervals take for granted, and which draws they are without.
  private var assumptionPieces: [ReportPiece] {
    guard let evidence = reading.record.evidence else { return [] }
    let isResampled =
      !evidence.intervals.isEmpty
      || evidence.nulls.contains { $0.null == NullTest.Null.stimulusPermutation.rawValue }
    return ((isResampled ? [ReportText.exchangeability] : []) + evidence.undefinedNotes)
      .map(ReportPiece.note)
  }

  var scoreCaption: String {
    let interval = reading.interval(.fixedFits, "score")?.ends.map {
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
          Report.Field(name: ReportText.method($0), value: ReportText.meaning($0))
        }))
  }

  private var scoreTable: ReportPiece {
    let hasNormalized = reading.record.scores.values.contains { $0.normalized != nil }
    let rows = methods.compactMap { name -> [String]? in
      guard let method = reading.record.scores[name] else { return nil }
      return [
        ReportText.method(name), ReportText.number(method.mean, decimals: 4),
        ReportText.number(method.sd, decimals: 4),
      ] + (hasNormalized ? [ReportText.number(method.normalized?.mean, decimals: 4)] : [])
        + method.stages.map { ReportText.number($0, decimals: 4) }
    }
    return .table(
      "Held-out scores: mean over \(reading.sourceNoun)s and splits, SD over splits"
        + (hasNormalized ? ", mean divided by noise ceilings" : "")
        + ", and mean over splits of each \(reading.sourceNoun)",
      ["method", "mean", "SD"] + (hasNormalized ? ["normalised"] : []) + reading.sourceNames, rows,
      isFolded: false)
  }

  private var drawPieces: [ReportPiece] {
    let rows = methods.compactMap { name -> [String]? in
      guard let draws = reading.record.scores[name]?.draws else { return nil }
      return [
        ReportText.method(name), String(draws.count), ReportText.number(draws.mean, decimals: 4),
        ReportText.number(draws.sd, decimals: 4), ReportText.p(draws.rank_of_hot),
      ]
    }
    guard !rows.isEmpty else { return [] }
    return [
      .table(
        "Methods that draw at random: mean and SD of their draws, and the rank of HOT among them, "
          + "(1 + draws at least as good) / (1 + draws)",
        ["method", "draws", "mean", "SD of draws", "rank of HOT"], rows)
    ]
  }

  /// HOT against each other method, both of matched pairs or both not.
  var comparisons: [MethodComparison] {
    let order = reading.methods(isMatched: false)
    func place(_ comparison: MethodComparison) -> Int {
      order.firstIndex(of: comparison.other_method) ?? order.count
    }
    return (reading.record.comparisons ?? []).filter {
      $0.method == "hot" && !$0.other_method.hasSuffix("-matched")
    }
    .sorted { place($0) < place($1) }
  }

  private var differencePieces: [ReportPiece] {
    guard reading.record.comparisons != nil else {
      return [.note("This alignment was made before methods were compared; align anew to see it.")]
    }
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
      ["method", "other method", "difference", "95 % low", "95 % high", "t", "df", "p"],
      (reading.record.comparisons ?? []).map {
        [ReportText.method($0.method), ReportText.method($0.other_method)]
          + [$0.difference, $0.lower, $0.upper].map { ReportText.number($0, decimals: 4) }
          + [
            ReportText.number($0.t, decimals: 2), String($0.degrees_of_freedom),
            ReportText.p($0.p_value),
          ]
      })
  }

  private var nullPieces: [ReportPiece] {
    let tests = reading.record.evidence?.nulls ?? []
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
        ]) + [nullTable(tests)]
  }

  private var nullCaption: String {
    "Where the held-out score stands among draws under each null. Permuted stimuli ask whether the two "
      + "share anything about these stimuli; any common signal, a low-level one too, makes p small. "
      + "Other orders of the \(reading.targetNoun)s ask whether it matters which \(reading.targetNoun) has "
      + "which mass. p is (1 + draws at least as good) / (1 + draws)."
  }

  private func nullTable(_ tests: [EvidenceRecord.Test]) -> ReportPiece {
    .table(
      "Every statistic against its null; p corrected is that of single \(reading.sourceNoun)s and pairs "
        + "corrected for their number, by the best of all of them in each draw",
      [
        "null", "statistic", "of", "observed", "null mean", "null SD", "effect in SD", "p",
        "p corrected", "draws", "undefined",
      ],
      tests.map { test in
        [
          test.null, ReportText.statistic(test.statistic),
          [test.source_stage, test.target_stage].compactMap(\.self).joined(separator: " – "),
        ]
          + [test.observed, test.null_mean, test.null_sd].map { ReportText.number($0, decimals: 4) }
          + [
            ReportText.number(test.effect, decimals: 2), ReportText.p(test.p_value),
            ReportText.p(test.p_corrected), String(test.draws), String(test.undefined),
          ]
      })
  }
}
