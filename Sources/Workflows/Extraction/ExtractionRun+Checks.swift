internal import ChiasmResponses
internal import ChiasmFiles
internal import ChiasmImaging
internal import ChiasmStatistics

extension ExtractionRun {
  static func check(_ settings: ExtractionSettings) throws {
    if !settings.scale.isFinite || settings.scale == 0 {
      throw WorkflowError.setting(
        name: "The scale", expected: "a number other than 0", actual: "\(settings.scale)")
    }
    if !(settings.gridTolerance >= 0 && settings.gridTolerance.isFinite) {
      throw WorkflowError.setting(
        name: "The grid tolerance", expected: "a number of mm from 0",
        actual: "\(settings.gridTolerance)")
    }
    guard let least = settings.minimumNoiseCeiling else { return }
    if !(0...1).contains(least) {
      throw WorkflowError.setting(
        name: "The least noise ceiling", expected: "a share from 0 to 1", actual: "\(least)")
    }
  }

  /// One volume has no standard deviation.
  static func check(_ trials: TrialTable, _ settings: ExtractionSettings) throws {
    guard settings.standardization != .none else { return }
    let usesAll = settings.standardization == .sessionAll
    for session in trials.sessions {
      guard session.stimulusIDs.count(where: { usesAll || $0 != nil }) == 1 else { continue }
      throw ArrayFileError.malformed(
        path: session.table,
        problem:
          "session \(session.name) has one volume\(usesAll ? "" : " with a stimulus"), which "
          + "cannot be standardised; take --standardize none" + (usesAll ? "" : " or session-all"))
    }
  }

  func checkRegionsHaveVoxels() throws {
    for region in regions.set.regions where region.voxels.isEmpty {
      throw WorkflowError.emptyRegion(
        name: region.name, voxels: 0, dropped: "no voxel has its label or lies in its mask")
    }
  }

  func check(_ region: Extraction.ExtractedRegion) throws {
    let missing = region.count(.notFinite) + region.count(.constant)
    if settings.missing == .error, missing > 0,
      let first = region.verdicts.firstIndex(where: { $0 == .notFinite || $0 == .constant })
    {
      let (i, j, k) = recording.space.grid.indices(at: region.voxels[first])
      throw WorkflowError.missingData(
        region: region.name, voxels: missing, example: "such as voxel \(i) \(j) \(k)")
    }
    guard region.count(.kept) == 0 else { return }
    throw WorkflowError.emptyRegion(
      name: region.name, voxels: region.voxels.count, dropped: region.causes.joined(separator: ", ")
    )
  }
}

extension ExtractionRun {
  /// The noise ceiling of every voxel of `union`, for the rows as they are written.
  func noiseCeilings(_ data: VoxelAccumulator) -> [Double]? {
    let meanInverse = NoiseCeiling.meanInverse(ofRepeats: stimuli.rows.map(\.volumeCount))
    if let ratios {
      return ratios.map {
        NoiseCeiling.share(signalToNoise: $0, meanInverseRepeats: meanInverse)
      }
    }
    guard let halves = repeated?.halves else { return nil }
    return data.halfCorrelations(of: halved)?.first?.map {
      NoiseCeiling.share(halfCorrelation: $0, halves: halves, meanInverseRepeats: meanInverse)
    }
  }

  /// Whether the halves of these stimuli are compared: for noise ceilings, or beside those of an image
  /// as a check of the trial table.
  static func comparesHalves(
    _ settings: ExtractionSettings, of repeated: RepeatedStimuli
  ) -> Bool {
    settings.reliability == .splitHalf && repeated.count >= RepeatedStimuli.leastCount
  }

  /// A least noise ceiling needs noise ceilings.
  static func checkCeilings(
    _ settings: ExtractionSettings, _ repeated: RepeatedStimuli
  ) throws {
    guard settings.minimumNoiseCeiling != nil, settings.signalToNoise == nil,
      !comparesHalves(settings, of: repeated)
    else { return }
    let reason =
      settings.reliability == .none
      ? "without split halves"
      : "where repeats of only \(ReportText.count(repeated.count, "stimulus")) are in more than one session or run (split "
        + "halves need \(RepeatedStimuli.leastCount))"
    throw WorkflowError.setting(
      name: "The image of signal-to-noise ratios (--ncsnr)",
      expected: "given with a least noise ceiling \(reason)", actual: "absent")
  }

  static func notes(
    on repeated: RepeatedStimuli, _ trials: TrialTable, _ settings: ExtractionSettings
  ) -> [String] {
    guard settings.signalToNoise == nil, settings.reliability == .splitHalf else { return [] }
    if comparesHalves(settings, of: repeated) { return [repeated.halvesNote] }
    if repeated.count + repeated.withinOneBlock == 0 { return [] }
    if repeated.count > 0 {
      return [
        "No noise ceilings: only \(ReportText.count(repeated.count, "stimulus")) with repeats in more than "
          + "one session or run, and "
          + "split halves need \(RepeatedStimuli.leastCount)."
      ]
    }
    let hasRuns = trials.sessions.contains { session in session.runs.contains { $0 > 0 } }
    return [
      "No noise ceilings: the repeats of each stimulus "
        + (repeated.areNeighbours ? "are neighbouring volumes of" : "lie within")
        + " one \(hasRuns ? "run" : "session"), whose noise they share"
        + (hasRuns ? "." : "; a column run in the trial table tells of runs.")
    ]
  }

  /// An infinite ratio is no perfect recording.
  static func notes(on ratios: [Double]?, _ settings: ExtractionSettings) -> [String] {
    let infinite = ratios?.count(where: \.isInfinite) ?? 0
    guard infinite > 0, let image = settings.signalToNoise else { return [] }
    return [
      "\(image) is infinite at \(ReportText.count(infinite, "voxel")) of the regions, whose "
        + "noise ceilings are therefore not known."
    ]
  }

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
      "Label \($0.name) of \($0.source) has no name in its table (\(ReportText.count($0.voxelCount, "voxel")))."
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
      return
        "No region is made of \(ReportText.count(names.count, "label")) of \(sources[first]) without voxels "
        + "(\(names.prefix(5).joined(separator: ", "))\(rest))."
    }
    return asked + leftOut
  }
}

extension RepeatedStimuli {
  /// `across sessions`, `across runs`, or how many are halved in which way.
  var acrossWhat: String {
    if acrossRuns == 0 { return "across sessions" }
    if acrossSessions == 0 { return "across runs" }
    return "across sessions (\(acrossSessions)) or runs (\(acrossRuns))"
  }

  /// Where noise ceilings come from.
  fileprivate var halvesNote: String {
    let left =
      withinOneBlock == 0
      ? "" : "; \(withinOneBlock) more have all their repeats in one and are not used for it"
    return
      "Noise ceilings come from split halves, \(acrossWhat), of \(ReportText.count(count, "stimulus"))\(left)."
  }
}
