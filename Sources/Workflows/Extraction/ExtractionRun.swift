internal import ArrayFiles
internal import Imaging
internal import Statistics

/// The use case `extract`: recordings, regions and trials in, the responses of a brain out.
public struct ExtractionRun: Sendable {
  /// How far a run is, for a progress line.
  public struct Progress: Equatable, Sendable {
    /// Volumes read.
    public let volumesDone: Int
    /// Volumes in all.
    public let volumeCount: Int
  }

  /// What is to be extracted.
  public let settings: ExtractionSettings
  /// What the user should know before the work starts.
  public let notes: [String]
  private let trials: TrialTable
  private let stimuli: StimulusRows
  private let recording: Recording
  private let regions: RegionRequest.Answer
  private let union: [Int]

  /// Reads the trial tables, the headers and the regions, so that bad input fails before any work.
  public init(_ settings: ExtractionSettings) throws(WorkflowError) {
    do {
      try Self.check(settings)
      let trialsPath = settings.trials.joined(separator: ", ")
      trials = try TrialTable.read(settings.trials)
      stimuli = StimulusRows(trials, repeats: settings.repeats == .keep ? .keep : .average)
      recording = try Recording(images: settings.images, trials: trials, trialsPath: trialsPath)
      regions = try settings.regions.regions(
        on: recording.grid, of: recording.images[0].path)
      union = regions.regions.voxels
      notes = Self.notes(on: regions.report)
      self.settings = settings
      try checkRegionsHaveVoxels()
    } catch {
      throw WorkflowError(error)
    }
  }

  /// A guess of the memory that a run needs, in bytes: the sums and the matrix of the largest region.
  public var memoryEstimate: Int {
    let perVoxel = stimuli.rows.count * (MemoryLayout<Double>.size + MemoryLayout<Float>.size)
    let session =
      settings.standardization == .session
      ? (stimuli.rowOfVolume.map(\.count).max() ?? 0) * MemoryLayout<Double>.size : 0
    return union.count * (perVoxel + session)
  }

  /// Reads every volume once.
  public func run(
    command: String, progress: (Progress) -> Void = { _ in }
  ) throws(WorkflowError) -> Extraction {
    do {
      let accumulator = try accumulate(progress)
      let ceilings = try noiseCeilings()
      let verdicts = verdicts(accumulator, ceilings: ceilings)
      let extracted = regions.regions.regions.map { region in
        Extraction.ExtractedRegion(
          name: region.name, voxels: region.voxels,
          verdicts: Extraction.places(of: region.voxels, in: union).map { verdicts[$0] })
      }
      for region in extracted { try check(region) }
      return Extraction(
        settings: settings, header: recording.header, grid: recording.grid, regions: extracted,
        report: regions.report, provenance: try provenance(command), recording: recording,
        trials: trials, stimuli: stimuli, union: union, accumulator: accumulator,
        ceilings: ceilings)
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension ExtractionRun {
  private func accumulate(_ progress: (Progress) -> Void) throws -> VoxelAccumulator {
    var accumulator = VoxelAccumulator(
      voxelCount: union.count, rows: stimuli.rows,
      standardization: settings.standardization == .session ? .session : .none,
      scale: settings.scale)
    let volumeCount = recording.images.reduce(0) { $0 + $1.volumeCount }
    var volumesDone = 0
    var values: [Double] = []
    for (session, images) in recording.sessions.enumerated() {
      var rows = stimuli.rowOfVolume[session].makeIterator()
      for image in images {
        let reader = try NIfTIReader(path: image.path)
        while let row = rows.next(), try reader.readVolume(voxels: union, into: &values) {
          accumulator.add(values, row: row)
          volumesDone += 1
          progress(Progress(volumesDone: volumesDone, volumeCount: volumeCount))
          if reader.position == reader.volumeCount { break }
        }
      }
      accumulator.endSession()
    }
    return accumulator
  }

  /// The noise ceiling of every voxel of any region; nil without a signal-to-noise image.
  private func noiseCeilings() throws -> [Double]? {
    guard let path = settings.signalToNoise else { return nil }
    let reader = try NIfTIReader(path: path)
    try Grid.requireMatch(
      reader.grid, of: path, recording.grid, of: recording.images[0].path)
    guard reader.volumeCount == 1 else {
      throw ImagingError.notOneVolume(path: path, actual: reader.volumeCount)
    }
    var ratios: [Double] = []
    try reader.readVolume(voxels: union, into: &ratios)
    let meanInverse = NoiseCeiling.meanInverse(ofRepeats: stimuli.rows.map(\.volumeCount))
    return ratios.map {
      NoiseCeiling.share(signalToNoise: $0, meanInverseRepeats: meanInverse)
    }
  }

  private func verdicts(_ data: VoxelAccumulator, ceilings: [Double]?) -> [VoxelVerdict] {
    union.indices.map { voxel in
      if data.notFiniteSessions[voxel] > 0 { return .notFinite }
      if data.constantSessions[voxel] > 0 { return .constant }
      guard let least = settings.minimumNoiseCeiling, let ceiling = ceilings?[voxel] else {
        return .kept
      }
      if ceiling.isNaN { return .noNoiseCeiling }
      return ceiling < least ? .lowNoiseCeiling : .kept
    }
  }

  private func provenance(_ command: String) throws -> Provenance {
    try Provenance(
      command: command,
      inputs: settings.images + settings.trials + regions.files
        + [settings.signalToNoise].compactMap { $0 }, notes: notes)
  }
}

extension ExtractionRun {
  private static func check(_ settings: ExtractionSettings) throws {
    if !settings.scale.isFinite || settings.scale == 0 {
      throw WorkflowError.setting(
        name: "The scale", expected: "a number other than 0", actual: "\(settings.scale)")
    }
    guard let least = settings.minimumNoiseCeiling else { return }
    if !(0...1).contains(least) {
      throw WorkflowError.setting(
        name: "The least noise ceiling", expected: "a share from 0 to 1", actual: "\(least)")
    }
    if settings.signalToNoise == nil {
      throw WorkflowError.setting(
        name: "The image of signal-to-noise ratios (--ncsnr)",
        expected: "given with a least noise ceiling", actual: "absent")
    }
  }

  private func checkRegionsHaveVoxels() throws {
    for region in regions.regions.regions where region.voxels.isEmpty {
      throw WorkflowError.emptyRegion(
        name: region.name, voxels: 0, dropped: "none of its labels is in the images")
    }
  }

  private func check(_ region: Extraction.ExtractedRegion) throws {
    let missing = region.count(.notFinite) + region.count(.constant)
    if settings.missing == .error, missing > 0,
      let first = region.verdicts.firstIndex(where: { $0 == .notFinite || $0 == .constant })
    {
      let (i, j, k) = recording.grid.indices(at: region.voxels[first])
      throw WorkflowError.missingData(
        region: region.name, voxels: missing, example: "such as voxel \(i) \(j) \(k)")
    }
    guard region.count(.kept) == 0 else { return }
    let causes = VoxelVerdict.allCases.filter { $0 != .kept && region.count($0) > 0 }
      .map { "\(region.count($0)) \($0.phrase)" }
    throw WorkflowError.emptyRegion(
      name: region.name, voxels: region.voxels.count, dropped: causes.joined(separator: ", "))
  }

  private static func notes(on report: RegionReport) -> [String] {
    let unions = report.regions.flatMap { region in
      region.unions.map { "Region \(region.region) takes \($0)." }
    }
    let unnamed = report.unnamedLabels.map {
      "Label \($0.name) of \($0.source) has no name in its table (\($0.voxelCount) voxels)."
    }
    return unions + unnamed
  }
}
