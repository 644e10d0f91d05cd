internal import ChiasmResults
internal import ChiasmTables
internal import ChiasmAlignment
internal import ChiasmReporting
internal import ChiasmStatistics

/// How well each target stage predicts each source stage.
struct LayerSection: ReportSection {
  let reading: AlignmentReading
  let anchor = "layers"
  var heading: String { "Each \(reading.targetNoun) by itself" }

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] { [.figure(figure), table, scoreTable] }

  var caption: String {
    let (source, target, unit) = (reading.sourceNoun, reading.targetNoun, reading.unitNoun)
    let ceiling =
      reading.scoreCeilings.contains { $0 != nil }
      ? " Dashed: the score that the noise of the recording allows, the mean square root of the "
        + "\(unit)s' noise ceilings." : ""
    return
      "Held-out score of each \(source) predicted from one \(target) alone: the mean correlation of "
      + "its \(unit)s with their prediction. Lines are means over \(reading.splitCount), bands ± 1 SD "
      + "over them; splits of the same stimuli overlap, so that a band is no confidence interval. The "
      + "mark is the \(target) with the greatest score.\(ceiling) A wider \(target) can predict better "
      + "by its width alone."
  }

  private var table: ReportPiece {
    let result = reading.result
    let places = result.placeTable.selecting([
      "source_stage", "best_score_layer", "best_layer", "least_cost_layer",
    ])
    let ceilings = ResultTable(
      "ceilings", "",
      quantities: [
        Quantity(
          "score_ceiling", "score allowed by noise",
          "The mean square root of the units' noise ceilings", .fixed(3))
      ], rows: reading.scoreCeilings.map { [.number($0)] })
    let table = places.joined(with: ceilings)
    return .table(
      "The preferred \(reading.targetNoun) of each \(reading.sourceNoun) by score, share and cost",
      reading.known.map { table.joined(with: $0.column(of: result)) } ?? table, reading.words)
  }

  private var scoreTable: ReportPiece {
    .table(
      "The held-out score of every \(reading.targetNoun) by itself, mean over splits",
      reading.result.couplingTable { $0.split == "mean" }.wide(
        "layer_scores", "", row: "source_stage", column: "target_stage", value: "score"),
      reading.words)
  }
}

extension LayerSection {
  private var figure: ReportFigure {
    let (ceilings, coupling) = (reading.scoreCeilings, reading.result.coupling)
    let panels = reading.result.places.enumerated().map { source, place in
      ProfileChart.Panel(
        place.source_stage,
        points: zip(coupling.score[source], coupling.score_sd[source]).map(Self.point),
        level: ceilings[source],
        marked: place.best_score_layer.flatMap { reading.targetNames.firstIndex(of: $0) })
    }
    return ReportFigure(
      .layers, caption: caption,
      ProfileChart(
        ChartHeading(
          name: FigureKind.layers.rawValue,
          title: "Held-out score of each \(reading.targetNoun) by \(reading.sourceNoun)"),
        categories: reading.targetNames, panels: panels,
        categoryName: reading.targetNoun.capitalizedFirst, valueName: "Held-out score, r",
        levelName: "allowed by noise", markName: "greatest score"))
  }

  private static func point(_ mean: Double?, _ sd: Double?) -> ProfileChart.Value {
    let band = mean.flatMap { mean in
      sd.map { ChartInterval(low: mean - $0, high: mean + $0) }
    }
    return ProfileChart.Value(mean, band: band)
  }
}

extension AlignmentReading {
  /// For each source stage the greatest score that its noise allows: the mean over its units of the
  /// square root of the noise ceiling; nil where no ceiling is known.
  var scoreCeilings: [Double?] {
    source.ceilings.map { ceilings in
      let known = (ceilings ?? []).filter { !$0.isNaN }
      return known.isEmpty ? nil : Spread(known.map { $0.squareRoot() }).mean
    }
  }
}
