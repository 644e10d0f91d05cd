internal import Statistics

extension ExtractionRun {
  /// The noise ceiling of every voxel of `union`, for the rows as they are written.
  func noiseCeilings(halfCorrelations: [Double]?) -> [Double]? {
    let meanInverse = NoiseCeiling.meanInverse(ofRepeats: stimuli.rows.map(\.volumeCount))
    if let ratios {
      return ratios.map {
        NoiseCeiling.share(signalToNoise: $0, meanInverseRepeats: meanInverse)
      }
    }
    guard let halves = repeated?.halves else { return nil }
    return halfCorrelations?.map {
      NoiseCeiling.share(halfCorrelation: $0, halves: halves, meanInverseRepeats: meanInverse)
    }
  }

  /// Whether noise ceilings are taken from the halves of these stimuli.
  static func usesHalves(
    _ settings: ExtractionSettings, of repeated: RepeatedStimuli
  ) -> Bool {
    settings.signalToNoise == nil && settings.reliability == .splitHalf
      && repeated.count >= RepeatedStimuli.leastCount
  }

  /// A least noise ceiling needs noise ceilings.
  static func checkCeilings(
    _ settings: ExtractionSettings, _ repeated: RepeatedStimuli
  ) throws {
    guard settings.minimumNoiseCeiling != nil, settings.signalToNoise == nil,
      !usesHalves(settings, of: repeated)
    else { return }
    let reason =
      settings.reliability == .none
      ? "without split halves"
      : "where only \(repeated.count) stimuli are shown more than once (split halves need "
        + "\(RepeatedStimuli.leastCount))"
    throw WorkflowError.setting(
      name: "The image of signal-to-noise ratios (--ncsnr)",
      expected: "given with a least noise ceiling \(reason)", actual: "absent")
  }

  static func notes(
    on repeated: RepeatedStimuli, _ settings: ExtractionSettings
  ) -> [String] {
    if usesHalves(settings, of: repeated) {
      return [
        "Noise ceilings come from split halves of the \(repeated.count) stimuli that are shown more "
          + "than once."
      ]
    }
    guard settings.signalToNoise == nil, settings.reliability == .splitHalf, repeated.count > 0
    else { return [] }
    return [
      "No noise ceilings: \(repeated.count) stimuli are shown more than once, and split halves need "
        + "\(RepeatedStimuli.leastCount)."
    ]
  }
}
