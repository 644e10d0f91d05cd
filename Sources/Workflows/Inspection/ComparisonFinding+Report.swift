internal import Reporting

extension ComparisonFinding {
  var report: Report {
    Report(
      title: "\(path): comparison by measures",
      sections: [.fields(main), record.preferences] + record.measure_order.compactMap(values))
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
  /// bootstrap, how often it is.
  var preferences: Report.Section {
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
    let share = place.flatMap { measure.bootstrap?.preferred_share[stage][$0] }
    return name + (share.map { " " + NumberText.fixed(100 * $0, decimals: 0) + " %" } ?? "")
  }
}

extension AlignmentRecord.Side {
  /// The path and what is there, in a line.
  var summary: String {
    "\(path), \(stages.count) stages, \(units.reduce(0, +)) units, \(stimuli) stimuli"
  }
}
