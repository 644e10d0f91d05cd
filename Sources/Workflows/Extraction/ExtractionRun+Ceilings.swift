internal import ChiasmStatistics

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
      : "where only \(repeated.count) stimuli are shown in more than one session or run (split "
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
        "No noise ceilings: \(repeated.count) stimuli are shown in more than one session or run, and "
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
      "\(image) is infinite at \(infinite) \(infinite == 1 ? "voxel" : "voxels") of the regions, whose "
        + "noise ceilings are therefore not known."
    ]
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
    return "Noise ceilings come from split halves, \(acrossWhat), of \(count) stimuli\(left)."
  }
}
