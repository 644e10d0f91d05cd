public import ChiasmResults
internal import ChiasmFiles
internal import ChiasmImaging
internal import Dispatch
internal import Synchronization

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
  let stimuli: StimulusRows
  let recording: Recording
  let regions: RegionRequest.ReadRegions
  private let union: [Int]
  /// For each region where its voxels stand in `union`.
  private let columns: [[Int]]
  /// The image of signal-to-noise ratios, if there is one.
  private let ratioFiles: [String]
  /// The signal-to-noise ratio of every voxel of `union`; nil without an image of it.
  let ratios: [Double]?
  /// The stimuli whose halves are compared; nil where there are too few, or it is not asked for.
  let repeated: RepeatedStimuli?
  /// For each region the voxels, as places in `union`, on which halves are compared with wrong ones.
  private let samples: [[Int]]
  /// The places in `union` whose halves are summed: all where they give noise ceilings.
  let halved: [Int]

  /// Reads the trial tables, the headers and the regions, so that bad input fails before any work.
  public init(_ settings: ExtractionSettings) throws(WorkflowError) {
    do {
      try Self.check(settings)
      let trials = try TrialTable.read(
        settings.trials, stimulusColumn: settings.stimulusColumn)
      try Self.check(trials, settings)
      let stimuli = StimulusRows(trials, repeats: settings.repeats)
      guard !stimuli.rows.isEmpty else {
        throw ArrayFileError.malformed(
          path: settings.trials.joined(separator: ", "),
          problem: "no row names a stimulus, so there is nothing to extract")
      }
      let repeated = RepeatedStimuli(trials, stimuli)
      try Self.checkCeilings(settings, repeated)
      let recording = try Recording(settings, trials: trials)
      let regions = try settings.regions.regions(on: recording.space)
      let masker = Masker(
        image: recording.space.header, regions: regions.set.regions.map(\.voxels))
      let (union, columns) = (masker.places, masker.columns)
      var images = SpatialImages(space: recording.space)
      let ratios = try settings.signalToNoise.map {
        try images.values(ImageArgument(values: $0), at: union)
      }
      ratioFiles = images.paths
      self.ratios = ratios
      self.repeated = Self.comparesHalves(settings, of: repeated) ? repeated : nil
      let samples = columns.map(HalfAgreement.sample)
      halved = ratios == nil ? Array(union.indices) : Set(samples.joined()).sorted()
      self.samples = samples
      notes =
        trials.notes + recording.notes + regions.notes + images.notes
        + Self.notes(on: regions.report) + Self.notes(on: trials, settings)
        + Self.notes(on: repeated, trials, settings) + Self.notes(on: ratios, settings)
      (self.settings, self.trials, self.stimuli) = (settings, trials, stimuli)
      (self.recording, self.regions) = (recording, regions)
      (self.union, self.columns) = (union, columns)
      try checkRegionsHaveVoxels()
    } catch {
      throw WorkflowError(error)
    }
  }

  /// Every file that is read.
  public var inputs: [String] {
    recording.files + settings.trials + regions.files + ratioFiles
  }

  /// Which images were taken for which session, a line each.
  public var pairing: [String] { recording.pairing }

  /// A guess of the memory that a run needs, in bytes: the sums, those of the odd halves where halves
  /// are taken, and later in their place the matrix of the largest region; and betas of HDF5.
  public var memoryEstimate: Int {
    let (double, float) = (MemoryLayout<Double>.size, MemoryLayout<Float>.size)
    let sums = union.count * stimuli.rows.count * double
    let later = max(
      union.count * stimuli.rows.count * float, halved.count * (repeated?.count ?? 0) * double)
    let volumes = stimuli.rowOfVolume.map { session in
      settings.standardization == .session ? session.count { $0 != nil } : session.count
    }
    let session = settings.standardization == .none ? 0 : volumes.max() ?? 0
    let betas = recording.images.map(\.bytesPerVoxel).max() ?? 0
    return sums + later + union.count * (session * double + betas)
  }

  /// Reads every volume once.
  ///
  /// - Parameters:
  ///   - command: the command line, for the record.
  ///   - threads: with more than one, the digests of the inputs are taken beside the reading, and
  ///     several unpack the betas of HDF5; changes no number.
  ///   - paths: how the record names files.
  ///   - progress: called whenever a volume is read.
  public func run(
    command: String, threads: Int = 1, paths: RecordedPaths = .asGiven,
    progress: (Progress) -> Void = { _ in }
  ) throws(WorkflowError) -> Extraction {
    do {
      try MachineLimits.own.check(
        memoryEstimate,
        for: "Extracting \(ReportText.count(union.count, "voxel")) of "
          + ReportText.count(stimuli.rows.count, "row")
      ) { _ in "extract fewer regions at a time, or fewer voxels with --mask" }
      let provenance = BackgroundValue(threads: threads) { isWanted in
        try Provenance(
          command: command, inputs: inputs, notes: notes, paths: paths, isWanted: isWanted)
      }
      defer { provenance.abandon() }
      var accumulator = try accumulate(threads: threads, progress)
      let ceilings = noiseCeilings(accumulator)
      let verdicts = verdicts(accumulator, ceilings)
      let agreements = samples.map { agreement($0, accumulator) }
      accumulator.forgetHalves()
      let extracted = zip(regions.set.regions, columns).map { region, columns in
        Extraction.ExtractedRegion(
          name: region.name, voxels: region.voxels, verdicts: columns.map { verdicts[$0] },
          columns: columns)
      }
      for region in extracted { try check(region) }
      return Extraction(
        settings: settings, header: recording.space.header, regions: extracted,
        report: regions.report, provenance: try provenance.wait(), paths: paths,
        recording: recording, trials: trials, stimuli: stimuli, union: union,
        accumulator: accumulator, ceilings: ceilings,
        noiseCeilingSource: ratios != nil ? .ncsnr : repeated != nil ? .splitHalf : nil,
        repeated: repeated, agreements: agreements)
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension ExtractionRun {
  private func accumulate(
    threads: Int, _ progress: (Progress) -> Void
  ) throws -> VoxelAccumulator {
    var accumulator = VoxelAccumulator(
      voxelCount: union.count, rows: stimuli.rows,
      standardization: settings.standardization,
      scale: settings.scale, halving: repeated, of: halved)
    let volumeCount = recording.images.reduce(0) { $0 + $1.volumeCount }
    var volumesDone = 0
    for (session, images) in recording.sessions.enumerated() {
      let rows = stimuli.rowOfVolume[session]
      var volume = 0
      for image in images {
        try image.forEachVolume(at: union, threads: threads) { values in
          // A file may have grown since it was opened.
          guard volume < rows.count else { return }
          accumulator.add(
            values, row: rows[volume], oddPlace: repeated?.oddPlaces[session][volume])
          volume += 1
          volumesDone += 1
          progress(Progress(volumesDone: volumesDone, volumeCount: volumeCount))
        }
      }
      accumulator.endSession()
    }
    return accumulator
  }

  /// Compares the halves of the repeats with wrong ones on the voxels of a region that have data.
  private func agreement(_ sample: [Int], _ data: VoxelAccumulator) -> HalfAgreement? {
    guard let repeated else { return nil }
    let voxels = sample.filter {
      data.notFiniteSessions[$0] == 0 && data.constantSessions[$0] == 0
    }
    let shifts = HalfAgreement.shifts(stimulusCount: repeated.count)
    return data.halfCorrelations(of: voxels, shifts: shifts).flatMap(HalfAgreement.init)
  }

  private func verdicts(_ data: VoxelAccumulator, _ ceilings: [Double]?) -> [VoxelVerdict] {
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
}

/// A value that is computed on another thread while the caller does something else.
///
/// The other thread never outlives the caller: whoever starts one ends it by `wait` or `abandon`.
final class BackgroundValue<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let done = DispatchGroup()
  private let isAbandoned = Atomic(false)

  /// Starts `body` on another thread, or at once on this one when only one may be used.
  ///
  /// `body` gets a question that it asks now and then: is its value still wanted?
  init(threads: Int, _ body: @escaping @Sendable (_ isWanted: () -> Bool) throws -> Value) {
    let work: @Sendable () -> Void = {
      let outcome = Result { try body { !self.isAbandoned.load(ordering: .relaxed) } }
      self.result.withLock { $0 = outcome }
    }
    if threads > 1 { DispatchQueue.global().async(group: done, execute: work) } else { work() }
  }

  /// Waits for the value.
  func wait() throws -> Value {
    done.wait()
    guard let outcome = result.withLock({ $0 }) else {
      preconditionFailure("The result is set before the group is left.")
    }
    return try outcome.get()
  }

  /// Waits until the thread has noticed that its value is not wanted.
  func abandon() {
    isAbandoned.store(true, ordering: .relaxed)
    done.wait()
  }
}
