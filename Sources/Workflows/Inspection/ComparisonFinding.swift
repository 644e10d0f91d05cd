internal import ChiasmReporting
internal import ChiasmResponses
internal import ChiasmResults
internal import ChiasmTables

/// A finished comparison by measures.
struct ComparisonFinding: Finding {
  let path: String
  let result: MeasuresResult

  init(path: String) throws {
    self.path = path
    result = try MeasuresResult.read(path)
  }

  /// The keys of `comparison.json`.
  func encode(to encoder: any Encoder) throws { try result.encode(to: encoder) }

  var report: Report {
    Report(
      title: "\(path): comparison by measures",
      sections: [.fields(main)] + result.preferences + result.measure_order.compactMap(values))
  }

  private var main: [Report.Field] {
    let settings = result.settings
    return .fields([
      "source": result.source.summary,
      "target": result.target.summary,
      "stimuli": "\(result.common_stimuli) in common, all of them used",
      "units": settings.units,
      "groups of stimuli": settings.dependence?.groups,
      "permuted stimuli": settings.dependence?.usedExchange?.rawValue,
      "permutations": String(settings.permutations),
      "bootstrap": ReportText.count(settings.bootstrap, "sample"),
      "seed": String(settings.seed),
      "command": result.provenance.command,
    ])
  }

  private func values(_ name: String) -> Report.Section? {
    result.measures[name].map { measure in
      .table(
        heading: "\(name) (\(measure.is_distance ? "smaller" : "greater") is more alike)",
        TextTable(
          result.valueTable(of: name).wide(
            name, "", row: "source_stage", column: "target_stage", value: "value"),
          Wording(result.source, result.target)))
    }
  }
}

extension MeasuresResult {
  /// A row a measure, a column a source stage: the target stage that is most alike and, after a
  /// bootstrap, how often it is; below it what that cannot say, and which draws have no value.
  var preferences: [Report.Section] {
    let shares = shareNotes.map { sentence in
      sentence + (settings.permutations > 0 ? " In brackets: in how many permutations." : "")
    }
    let notes = shares + undefinedNotes
    return [preferenceTable]
      + (notes.isEmpty ? [] : [.paragraph(notes.joined(separator: "\n"))])
  }

  /// What a share of bootstrap samples is worth; nothing without samples.
  var shareNotes: [String] {
    settings.bootstrap == 0
      ? []
      : [
        "How often a stage is preferred says little by itself: of unrelated data the widest was\n"
          + "preferred in .69 of the bootstrap samples of a simulation."
          + (settings.permutations > 0 ? "" : " --permutations gives its null.")
      ]
  }

  /// Which draws have no value, a sentence each.
  var undefinedNotes: [String] {
    let pairs = source.stages.count * target.stages.count
    return measure_order.flatMap { name -> [String] in
      let kinds = [
        ("bootstrap samples", measures[name]?.bootstrap?.undefined, settings.bootstrap),
        ("permutations", measures[name]?.null?.undefined, settings.permutations),
      ]
      return kinds.compactMap { kind, undefined, count in
        (undefined ?? 0) == 0
          ? nil
          : "\(name): \(undefined ?? 0) of the \(count * pairs) values of \(kind) are undefined (too few "
            + "different\nstimuli, or a stage without a unit that varies) and left out."
      }
    }
  }

  /// A source stage at the head of a column, with its side where the target has a stage of that name.
  private func heading(_ stage: String) -> String {
    (target.stages.contains(stage) ? "source " : "") + stage
  }

  private var preferenceTable: Report.Section {
    let (preferred, words) = (preferredTable, Wording(source, target))
    let shares = ["bootstrap_share", "null_share"].map { name in
      preferred.selecting([name]).rows.map { row -> String? in
        if case .number(let share) = row[0], !share.isNaN {
          return NumberText.fixed(100 * share, decimals: 0) + " %"
        }
        return nil
      }
    }
    let cells = preferred.selecting(["target_stage"]).rows.enumerated().map { place, row in
      guard let name = row[0].exactText else { return "n/a" }
      return name + (shares[0][place].map { " \($0)" } ?? "")
        + (shares[0][place] == nil ? "" : shares[1][place].map { " (\($0))" } ?? "")
    }
    let rows = measure_order.enumerated().map { number, name in
      [name] + cells.dropFirst(number * source.stages.count).prefix(source.stages.count)
    }
    return .table(
      heading: "The \(words.target) that each measure prefers for each \(words.source)"
        + (settings.bootstrap > 0 ? ", and in how many of the bootstrap samples" : ""),
      TextTable(["measure"] + source.stages.map(heading), rows: rows))
  }
}

extension AlignmentResult.Side {
  /// The path and what is there, in a line.
  var summary: String {
    let count = ReportText.count(stages.count, input == nil ? role.singular : "RDM")
    let units = input == nil ? ", " + ReportText.count(units.reduce(0, +), role.unit) : ""
    return "\(path), \(count)\(units), \(ReportText.count(stimuli, "stimulus"))"
  }
}
