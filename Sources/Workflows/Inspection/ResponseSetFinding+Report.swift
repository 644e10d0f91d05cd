internal import ChiasmResults
internal import ChiasmReporting

extension ResponseSetFinding {
  var report: Report {
    var sections: [Report.Section] = [
      .fields(main), .table(heading: "Stages (\(stages.count))", stageTable),
    ]
    if !problems.isEmpty {
      let list = problems.map { "  " + $0 }.joined(separator: "\n")
      sections.append(.paragraph("'chiasm align' would refuse this set:\n" + list))
    }
    if !notes.isEmpty { sections.append(.paragraph(notes.joined(separator: "\n"))) }
    return Report(title: "\(path): response set of a \(system)", sections: sections)
  }

  private var main: [Report.Field] {
    let settings = extraction?.settings
    return .fields([
      "format": format,
      "stimuli": "\(stimuli), the first \(first_stimuli.joined(separator: ", "))",
      "repeats": repeats,
      "extracted from": extraction.map(images),
      "scale": settings.map { NumberText.short($0.scale) },
      "standardized": settings.map(\.standardize),
      "noise ceilings": extraction?.noise_ceiling.map(\.text),
      "least noise ceiling": settings?.min_noise_ceiling.map { NumberText.short($0) },
      "command": extraction?.provenance.command,
    ])
  }

  /// The names of the recordings; their folders stand in the command.
  private func images(_ extraction: ExtractionRecord) -> String {
    let files = extraction.sessions.flatMap(\.images)
      .map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let shown = files.count > 8 ? files.prefix(7) + ["\(files.count - 7) more"] : files
    return shown.joined(separator: ", ")
  }

  private var repeats: String? {
    guard let stimuli_by_repeats else { return nil }
    let counts = stimuli_by_repeats.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }
    let text =
      counts.count == 1
      ? "\(counts[0].key) of every stimulus"
      : counts.map { "\($0.key) of \($0.value) stimuli" }.joined(separator: ", ")
    return text + (repeats_kept ? ", a row for each" : ", averaged")
  }

  private var stageTable: TextTable {
    let hasRecord = extraction != nil
    let hasValues = stages.contains { $0.values != nil }
    let titles =
      ["stage", "rows", "units", "type"] + (hasRecord ? ["voxels", "dropped"] : [])
      + (hasValues ? ["minimum", "maximum", "mean", "NaN"] : [])
    return TextTable(
      titles,
      rows: stages.map { stage in
        [stage.name, number(stage.rows), units(stage), stage.datatype ?? "n/a"]
          + (hasRecord ? dropped(stage) : []) + (hasValues ? values(stage) : [])
      })
  }

  /// The units, and the axes that they lie along where these are several.
  private func units(_ stage: Stage) -> String {
    number(stage.units) + (stage.axes.map { " (\(NumberText.shape($0)))" } ?? "")
  }

  private func number(_ value: Int?) -> String { value.map(String.init) ?? "n/a" }

  /// The voxels of the region, and those of them that were dropped, with the causes.
  private func dropped(_ stage: Stage) -> [String] {
    guard let region = extraction?.regions.first(where: { $0.name == stage.name }) else {
      return ["n/a", "n/a"]
    }
    let causes = region.dropped.filter { $0.value > 0 }.sorted { $0.key < $1.key }
      .map { "\($0.value) \($0.key)" }
    return [String(region.voxels), causes.isEmpty ? "0" : causes.joined(separator: ", ")]
  }

  private func values(_ stage: Stage) -> [String] {
    guard let values = stage.values else { return Array(repeating: "n/a", count: 4) }
    return [values.minimum, values.maximum, values.mean].map { NumberText.short($0) }
      + [String(values.nanCount)]
  }
}

extension ExtractionRecord.NoiseCeiling {
  fileprivate var text: String {
    switch source {
    case .ncsnr: "from signal-to-noise ratios"
    case .splitHalf: "from split halves of \(repeated_stimuli ?? 0) stimuli"
    }
  }
}
