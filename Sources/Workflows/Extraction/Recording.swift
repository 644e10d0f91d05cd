internal import ChiasmImaging
internal import ChiasmResponses

/// The images of a recording, put in order: sessions, their images, their volumes.
struct Recording: Sendable {
  /// One file.
  struct Image: Equatable, Sendable {
    let path: String
    let volumeCount: Int
    /// How the image stores the voxels of the recording's space.
    let reordering: GridReordering
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

  /// Opens every image, checks that they share a grid, and gives each session of `trials` its images:
  /// one 4-D image a session, or 3-D images one a trial, in order. Numbers in the images' names that
  /// contradict that order are refused.
  ///
  /// - Parameter tolerance: how far, in mm, the corners of their grids may lie apart.
  init(
    images paths: [String], trials: TrialTable, trialsPath: String,
    tolerance: Double = Grid.tolerance
  ) throws {
    guard let first = paths.first else {
      throw WorkflowError.setting(name: "--image", expected: "at least one image", actual: "none")
    }
    let space = try RecordingSpace(
      path: first, header: try NIfTIReader(path: first).header, tolerance: tolerance)
    var notes = ImageNotes()
    let images = try paths.map { path in
      let reader = try NIfTIReader(path: path)
      for note in reader.notes { notes.add(note, of: path) }
      return Image(
        path: path, volumeCount: reader.volumeCount,
        reordering: try space.accept(reader, &notes))
    }
    self.space = space
    sessions = try Self.assign(images, to: trials, trialsPath: trialsPath)
    let pairing = SessionPairing(
      images: sessions.map { $0.map(\.path) }, sessions: trials.sessions)
    try pairing.check()
    self.pairing = pairing.lines
    self.notes = notes.sentences + [pairing.orderNote].compactMap { $0 }
  }

  private static func assign(
    _ images: [Image], to trials: TrialTable, trialsPath: String
  ) throws -> [[Image]] {
    if images.count == trials.sessions.count {
      let sessions = images.map { [$0] }
      try check(sessions, trials, trialsPath: trialsPath)
      return sessions
    }
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
