internal import ChiasmReporting

extension ComparisonFinding {
  var report: Report {
    Report(
      title: "\(path): comparison by measures",
      sections: [.fields(main)] + record.preferences + record.measure_order.compactMap(values))
  }

  private var main: [Report.Field] {
    let settings = record.settings
    return .fields([
      "source": record.source.summary,
      "target": record.target.summary,
      "stimuli": "\(record.common_stimuli) in common, all of them used",
      "units": settings.max_units.map { "at most \($0) a stage" },
      "permutations": String(settings.permutations),
      "bootstrap": "\(settings.bootstrap) samples",
      "seed": String(settings.seed),
      "command": record.provenance.command,
    ])
  }

  private func values(_ name: String) -> Report.Section? {
    guard let measure = record.measures[name] else { return nil }
    let rows = zip(record.source.stages, measure.values).map { stage, row in
      [stage] + row.map { NumberText.fixed($0, decimals: 3) }
    }
    return .table(
      heading: "\(name) (\(measure.is_distance ? "smaller" : "greater") is more alike)",
      TextTable(["stage"] + record.target.stages, rows: rows))
  }
}

extension ComparisonRecord {
  /// A row a measure, a column a source stage: the target stage that is most alike and, after a
  /// bootstrap, how often it is; below it what that cannot say, and which draws have no value.
  var preferences: [Report.Section] {
    let notes = shareNotes + undefinedNotes
    return [preferenceTable]
      + (notes.isEmpty ? [] : [.paragraph(notes.joined(separator: "\n"))])
  }

  /// What a share of bootstrap samples is worth.
  private var shareNotes: [String] {
    settings.bootstrap == 0
      ? []
      : [
        "How often a layer is preferred says little by itself: of unrelated data the widest layer was",
        "preferred in .69 of the bootstrap samples of a simulation. "
          + (settings.permutations > 0
            ? "In brackets: in how many permutations." : "--permutations gives its null."),
      ]
  }

  private var undefinedNotes: [String] {
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

  private var preferenceTable: Report.Section {
    let rows = measure_order.compactMap { name in
      measures[name].map { measure in
        [name] + source.stages.indices.map { preference(measure, stage: $0) }
      }
    }
    return .table(
      heading: "The target stage that each measure prefers for each source stage"
        + (settings.bootstrap > 0 ? ", and in how many of the bootstrap samples" : ""),
      TextTable(["measure"] + source.stages, rows: rows))
  }

  private func preference(_ measure: MeasureRecord, stage: Int) -> String {
    guard let name = measure.preferred[stage] else { return "n/a" }
    let place = target.stages.firstIndex(of: name)
    func percent(_ share: Double) -> String { NumberText.fixed(100 * share, decimals: 0) + " %" }
    guard let place, let share = measure.bootstrap?.preferred_share[stage][place] else {
      return name
    }
    let null = measure.null?.preferred_share?[stage][place]
    return name + " " + percent(share) + (null.map { " (\(percent($0)))" } ?? "")
  }
}

extension AlignmentRecord.Side {
  /// The path and what is there, in a line.
  var summary: String {
    "\(path), \(stages.count) stages, \(units.reduce(0, +)) units, \(stimuli) stimuli"
  }
}
