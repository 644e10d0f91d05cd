internal import ChiasmImaging
internal import ChiasmResponses

/// The images of a recording, put in order: sessions, their images, their volumes.
struct Recording: Sendable {
  /// One image, or the trials of a session in a dataset of betas.
  struct Image: Sendable {
    /// What the user wrote.
    let path: String
    /// The file that is read.
    let file: String
    let volumeCount: Int
    private let content: Content

    private enum Content {
      /// How the image stores the voxels of the recording's space.
      case nifti(GridReordering)
      case dataset(BetaDataset, BetaDataset.Layout, trials: Range<Int>)
    }
  }

  /// For each session its images, in order.
  let sessions: [[Image]]
  /// The voxels of the first image, which all others have too.
  let space: RecordingSpace
  /// What the user should know of the images.
  let notes: [String]
  /// Which images were taken for which session, a line each.
  let pairing: [String]

  /// Every image.
  var images: [Image] { sessions.flatMap { $0 } }
  /// Every file once.
  var files: [String] {
    var seen: Set<String> = []
    return images.map(\.file).filter { seen.insert($0).inserted }
  }

  /// Opens every image, checks that they share a grid, and gives each session of `trials` its images:
  /// one 4-D image a session, or 3-D images one a trial, in order; or one dataset of betas a session, or
  /// one for all. Numbers in the images' names that contradict that order are refused.
  init(_ settings: ExtractionSettings, trials: TrialTable) throws {
    let paths = settings.images
    let trialsPath = settings.trials.joined(separator: ", ")
    guard let first = paths.first else {
      throw WorkflowError.setting(name: "--image", expected: "at least one image", actual: "none")
    }
    let datasets = try paths.map { try BetaDataset($0) }
    let path = try datasets[0] == nil ? first : settings.regions.firstImage
    let space = try RecordingSpace(
      path: path, header: try NIfTIReader(path: path).header, tolerance: settings.gridTolerance)
    var notes = ImageNotes()
    var images: [Image] = []
    for (path, dataset) in zip(paths, datasets) {
      guard (dataset == nil) == (datasets[0] == nil) else {
        throw WorkflowError.setting(
          name: "--image", expected: "NIfTI images only, or HDF5 only",
          actual: "\(first) and \(path)")
      }
      images.append(
        try dataset.map { try Image($0, on: space, settings.regions, &notes) }
          ?? Image(path: path, on: space, &notes))
    }
    self.space = space
    sessions = try Self.assign(images, to: trials, trialsPath: trialsPath)
    let pairing = SessionPairing(
      images: sessions.map { $0.map(\.path) }, sessions: trials.sessions)
    try pairing.check()
    self.pairing = pairing.lines
    let all =
      images.count == 1 && sessions.count > 1 && datasets[0] != nil
      ? "\(first) holds the trials of all \(sessions.count) sessions, one session after the other in "
        + "the order of the table." : nil
    self.notes = notes.sentences + [pairing.orderNote, all].compactMap { $0 }
  }

  private static func assign(
    _ images: [Image], to trials: TrialTable, trialsPath: String
  ) throws -> [[Image]] {
    if images.count == trials.sessions.count {
      let sessions = images.map { [$0] }
      try check(sessions, trials, trialsPath: trialsPath)
      return sessions
    }
    if images.count == 1, let sessions = images[0].split(trials) { return sessions.map { [$0] } }
    guard images.allSatisfy({ $0.volumeCount == 1 }) else {
      throw WorkflowError.sessionCount(
        trials: trialsPath, sessions: trials.sessions.count, images: images.count)
    }
    var rest = images[...]
    let sessions = trials.sessions.map { session in
      let own = rest.prefix(session.stimulusIDs.count)
      rest = rest.dropFirst(own.count)
      return Array(own)
    }
    let rows = trials.sessions.reduce(0) { $0 + $1.stimulusIDs.count }
    guard rows == images.count else {
      throw WorkflowError.trialCount(
        trials: trialsPath, session: trials.sessions.map(\.name).joined(separator: ", "),
        rows: rows, recording: "the list of 3-D images", volumes: images.count)
    }
    return sessions
  }

  private static func check(
    _ sessions: [[Image]], _ trials: TrialTable, trialsPath: String
  ) throws {
    for (images, session) in zip(sessions, trials.sessions) {
      let volumes = images.reduce(0) { $0 + $1.volumeCount }
      guard volumes == session.stimulusIDs.count else {
        throw WorkflowError.trialCount(
          trials: trialsPath, session: session.name, rows: session.stimulusIDs.count,
          recording: images.first?.path ?? "", volumes: volumes)
      }
    }
  }
}

extension Recording.Image {
  /// Opens a NIfTI image.
  fileprivate init(path: String, on space: RecordingSpace, _ notes: inout ImageNotes) throws {
    let reader = try NIfTIReader(path: path)
    for note in reader.notes { notes.add(note, of: path) }
    (self.path, file, volumeCount) = (path, path, reader.volumeCount)
    content = .nifti(try space.accept(reader, &notes))
  }

  /// Takes a dataset of betas.
  fileprivate init(
    _ dataset: BetaDataset, on space: RecordingSpace, _ regions: RegionRequest,
    _ notes: inout ImageNotes
  ) throws {
    let layout = try dataset.layout(on: space) {
      try regions.overallMask.map { text in
        var images = SpatialImages(space: space)
        return (text, try images.mask(ImageArgument(mask: text)))
      }
    }
    notes.add(layout.note, of: dataset.text)
    (path, file, volumeCount) = (dataset.text, dataset.path, layout.trialCount)
    content = .dataset(dataset, layout, trials: 0..<layout.trialCount)
  }

  /// The trials of each session where one dataset holds those of all, one session after the other; nil
  /// for an image, and for another number of trials.
  fileprivate func split(_ trials: TrialTable) -> [Self]? {
    let counts = trials.sessions.map(\.stimulusIDs.count)
    guard case .dataset(let dataset, let layout, _) = content, counts.reduce(0, +) == volumeCount
    else { return nil }
    var end = 0
    return counts.map { count in
      end += count
      return Self(
        path: path, file: file, volumeCount: count,
        content: .dataset(dataset, layout, trials: end - count..<end))
    }
  }

  /// Calls `body` with the values of some voxels of the recording's space, volume after volume.
  ///
  /// Of an image memory holds one volume, of betas all that is asked for.
  ///
  /// - Parameter threads: so many may unpack betas; changes no number.
  func forEachVolume(
    at voxels: [Int], threads: Int, _ body: ([Double]) -> Void
  ) throws {
    switch content {
    case .nifti(let reordering):
      let reader = try NIfTIReader(path: path)
      let places = voxels.map(reordering.offset)
      var values: [Double] = []
      while try reader.readVolume(voxels: places, into: &values) { body(values) }
    case .dataset(let dataset, let layout, let trials):
      try dataset.forEachTrial(trials, at: voxels, layout, threads: threads, body)
    }
  }

  /// The bytes that `forEachVolume` holds at a time for each voxel, some four a trial of betas.
  var bytesPerVoxel: Int {
    if case .dataset(_, _, let trials) = content {
      trials.count * MemoryLayout<Float>.size
    } else {
      0
    }
  }
}
