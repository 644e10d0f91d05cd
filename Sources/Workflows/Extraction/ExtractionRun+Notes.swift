internal import ChiasmImaging

extension ExtractionRun {
  /// Sessions that show few and different stimuli lose, when standardised, what distinguishes these.
  static func notes(on trials: TrialTable, _ settings: ExtractionSettings) -> [String] {
    let shown = trials.sessions.map { Set($0.stimulusIDs.compactMap { $0 }) }
    let fewest = shown.map(\.count).min() ?? 0
    guard settings.standardization != .none, Set(shown).count > 1, fewest < 100 else {
      return []
    }
    return [
      "Sessions show different stimuli, as few as \(fewest); standardising each session removes the "
        + "mean difference between the stimuli of different sessions."
    ]
  }

  static func notes(on report: RegionReport) -> [String] {
    let unions = report.regions.flatMap { region in
      region.unions.map { "Region \(region.region) takes \($0)." }
    }
    let unnamed = report.unnamedLabels.map {
      "Label \($0.name) of \($0.source) has no name in its table (\($0.voxelCount) voxels)."
    }
    return unions + unnamed + notesOnEmptyLabels(report)
  }

  /// A label that a region asks for is named; those of which no region is made are counted, since a
  /// table may be that of all atlases of a program.
  private static func notesOnEmptyLabels(_ report: RegionReport) -> [String] {
    let asked = report.regions.flatMap { region in
      region.labels.filter { $0.voxelCount == 0 && region.voxelCount > 0 }.map {
        "Region \(region.region): its label \($0.name) of \($0.source) has no voxels."
      }
    }
    let sources = report.labelsLeftOut.map(\.source)
    let leftOut = sources.indices.filter { sources.firstIndex(of: sources[$0]) == $0 }.map {
      first in
      let names = report.labelsLeftOut.filter { $0.source == sources[first] }.map(\.name)
      let rest = names.count > 5 ? ", …" : ""
      return "No region is made of \(names.count) labels of \(sources[first]) without voxels "
        + "(\(names.prefix(5).joined(separator: ", "))\(rest))."
    }
    return asked + leftOut
  }
}
