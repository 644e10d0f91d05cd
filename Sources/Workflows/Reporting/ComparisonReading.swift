internal import ChiasmFiles
internal import ChiasmReporting
internal import ChiasmResults
internal import ChiasmTables
internal import Foundation

/// A comparison by measures, read from its folder, with the sections that tell it.
struct ComparisonReading: Sendable {
  /// The folder of the comparison.
  let path: String
  let result: MeasuresResult
  let words: Wording

  /// Whether a folder holds a comparison.
  static func isThere(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + MeasuresResult.fileName)
  }

  /// Reads a comparison.
  ///
  /// - Throws: `file` for what is damaged; `unrecognised` for settings that only an alignment has.
  init(_ settings: ReportSettings) throws(WorkflowError) {
    path = settings.folder
    let others = [
      ("--source", settings.source), ("--known", settings.known), ("--anatomy", settings.anatomy),
    ].filter { $0.1 != nil }.map(\.0)
    guard others.isEmpty else {
      throw .unrecognised(
        path: path,
        reason: "is a comparison, which has no use for \(ReportText.list(others)); leave it out")
    }
    do {
      result = try MeasuresResult.read(path + "/" + MeasuresResult.fileName)
    } catch {
      throw WorkflowError(error)
    }
    words = Wording(result.source, result.target)
  }

  var sections: [any ReportSection] {
    [ComparisonSummary(reading: self)]
      + result.measure_order.compactMap { name in
        result.measures[name].map { MeasureSection(reading: self, name: name, measure: $0) }
      } + [ComparisonMethods(reading: self), ComparisonProvenance(reading: self)]
  }
}

/// What was compared, and which target stages the measures prefer.
struct ComparisonSummary: ReportSection {
  let reading: ComparisonReading
  let anchor = "summary"
  let heading = "Summary"

  private var result: MeasuresResult { reading.result }

  var pieces: [ReportPiece] {
    let settings = result.settings
    let isResampled = settings.permutations + settings.bootstrap > 0
    let notes =
      result.provenance.notes + result.shareNotes + result.undefinedNotes
      + (isResampled ? [settings.dependence.assumption] : [])
    return [
      .paragraph(opening),
      .table(
        "The \(reading.words.target) that each measure prefers for each \(reading.words.source)",
        result.preferredTable.wide(
          "preferences", "", row: "measure", column: "source_stage", value: "target_stage"),
        reading.words, isFolded: false),
      .table(
        "Its value, p against the best of each permutation, and how often it is preferred in draws",
        result.preferredTable.withoutEmptyColumns, reading.words),
    ] + notes.map(ReportPiece.note) + [
      .fields([
        "source": result.source.summary,
        "target": result.target.summary,
        "units": settings.units,
        "groups of stimuli": settings.dependence?.groups,
        "permuted stimuli": settings.dependence?.usedExchange?.rawValue,
        "permutations": String(settings.permutations),
        "bootstrap": "\(settings.bootstrap) samples",
        "seed": String(settings.seed),
        "command": result.provenance.command,
      ])
    ]
  }

  private var opening: String {
    let (sources, targets) = (result.source.stages, result.target.stages)
    return "\(ReportText.count(sources.count, reading.words.source)) (\(ReportText.list(sources))) "
      + "\(sources.count == 1 ? "was" : "were") compared with "
      + "\(ReportText.count(targets.count, reading.words.target)) (\(ReportText.list(targets))) on "
      + "\(ReportText.grouped(result.common_stimuli)) stimuli by "
      + "\(ReportText.count(result.measure_order.count, "measure")). Each judges a pair by itself: "
      + "none knows of the hierarchy, none holds stimuli out but ridge, and values of different "
      + "measures cannot be compared with each other."
  }
}

extension ComparisonReading {
  /// What a measure is, of responses or of the dissimilarities that were given.
  func description(of measure: String) -> MeasureDescription {
    MeasureDescription(
      measure,
      givenDissimilarities: [result.source, result.target].count { $0.input == .dissimilarities })
  }
}

/// The values of one measure, and where they stand among their draws.
struct MeasureSection: ReportSection {
  let reading: ComparisonReading
  let name: String
  let measure: MeasuresResult.Measure

  var anchor: String { name.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined() }
  var heading: String { "\(description.title) (\(name))" }

  private var result: MeasuresResult { reading.result }
  private var description: MeasureDescription { reading.description(of: name) }

  var pieces: [ReportPiece] {
    [.figure(values)] + (draws.map { [.figure($0)] } ?? [])
      + [
        .table(
          "Every pair",
          result.valueTable(of: name).dropping(["measure", "is_distance"])
            .withoutEmptyColumns, reading.words)
      ]
  }

  private var direction: String { measure.is_distance ? "smaller" : "greater" }

  private func interval(_ source: Int, _ target: Int) -> ChartInterval? {
    guard let bootstrap = measure.bootstrap, let low = bootstrap.low[source][target],
      let high = bootstrap.high[source][target]
    else { return nil }
    return ChartInterval(low: low, high: high)
  }

  private func isPreferred(_ source: Int, _ target: Int) -> Bool {
    measure.preferred[source] == result.target.stages[target]
  }

  private var values: ReportFigure {
    let cells = result.source.stages.indices.map { source in
      result.target.stages.indices.map { target in
        MatrixChart.Cell(
          measure.values[source][target], isOutlined: isPreferred(source, target),
          note: note(source, target))
      }
    }
    return ReportFigure(
      .values, measure: name,
      caption:
        "\(description.formula.capitalizedFirst): \(direction) is more alike. Outlines mark the "
        + "\(reading.words.target) that is preferred for each \(reading.words.source). "
        + description.caution,
      MatrixChart(
        ChartHeading(name: FigureKind.values.name(of: name), title: "Values of \(name)"),
        rows: result.source.stages, columns: result.target.stages, cells: cells, valueName: name,
        decimals: 3, outlineName: "preferred", isFromZero: false,
        isSmallBetter: measure.is_distance))
  }

  private func note(_ source: Int, _ target: Int) -> String? {
    let parts = [
      interval(source, target).map {
        "95 % interval \(ReportText.number($0.low)) to \(ReportText.number($0.high))"
      }, measure.null?.p[source][target].map { "p = \(ReportText.p($0))" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Nil without any draws.
  private var draws: ReportFigure? {
    let (samples, permutations) = (result.settings.bootstrap, result.settings.permutations)
    guard measure.bootstrap != nil || measure.null != nil else { return nil }
    let panels = result.source.stages.enumerated().map { source, name in
      ProfileChart.Panel(
        name,
        points: result.target.stages.indices.map { target in
          ProfileChart.Value(
            measure.values[source][target], band: interval(source, target),
            reference: null(source, target),
            note: measure.null?.p[source][target].map { "p = \(ReportText.p($0))" })
        }, marked: result.target.stages.indices.first { isPreferred(source, $0) })
    }
    let band =
      measure.bootstrap == nil
      ? ""
      : " Coloured bands: 95 % intervals, percentiles over \(ReportText.grouped(samples)) bootstrap "
        + "samples of stimuli, which may lie beside the value where samples of fewer different stimuli "
        + "lift it."
    let permuted =
      measure.null == nil
      ? ""
      : " Grey: mean ± 1 SD over \(ReportText.grouped(permutations)) permutations of the target's stimuli, "
        + "that is, of \(reading.words.target)s that share nothing with the \(reading.words.source) but "
        + (result.target.input == nil ? "their width." : "the values of their dissimilarities.")
    return ReportFigure(
      .valueDraws, measure: name,
      caption: "The same values over the \(reading.words.target)s; the ring is the one preferred."
        + band + permuted,
      ProfileChart(
        ChartHeading(
          name: FigureKind.valueDraws.name(of: name), title: "Values of \(name) among their draws"),
        categories: result.target.stages, panels: panels,
        categoryName: reading.words.target.capitalizedFirst, valueName: name,
        markName: "preferred", referenceName: "permuted stimuli"))
  }

  private func null(_ source: Int, _ target: Int) -> ChartInterval? {
    guard let mean = measure.null?.mean[source][target],
      let deviation = measure.null?.sd[source][target]
    else { return nil }
    return ChartInterval(low: mean - deviation, high: mean + deviation)
  }
}

extension ResultTable {
  /// The table without the columns in which there is nothing.
  fileprivate var withoutEmptyColumns: ResultTable {
    selecting(
      quantities.indices.filter { column in
        rows.contains { !$0[column].isMissing }
      }.map { quantities[$0].name })
  }
}
