internal import Imaging

extension ExtractionRun {
  /// Sessions that show few and different stimuli lose, when standardised, what distinguishes these.
  static func notes(on trials: TrialTable, _ settings: ExtractionSettings) -> [String] {
    let shown = trials.sessions.map { Set($0.stimulusIDs.compactMap { $0 }) }
    let fewest = shown.map(\.count).min() ?? 0
    guard settings.standardization == .session, Set(shown).count > 1, fewest < 100 else {
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
    return unions + unnamed
  }
}
