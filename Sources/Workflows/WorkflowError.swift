public import ChiasmAlignment
public import ChiasmFiles
public import ChiasmImaging
public import ChiasmTransport
public import ChiasmReporting
public import ChiasmResponses

/// Why a use case could not be carried out. `description` is one sentence: what, where, what to do.
public enum WorkflowError: Error, Sendable {
  /// A file that is not there, not readable or not what it should be; or an output that cannot be.
  case file(ArrayFileError)
  /// An image or a region.
  case image(ImagingError)
  /// Responses of the set at `path` that do not belong together.
  case responses(path: String, ResponseError)
  /// An alignment that cannot be made or proven.
  case alignment(AlignmentError)
  /// A measure that has no value; `stages` are those that it was about to judge.
  case measure(stages: [String], AlignmentError)
  /// Costs at `path`, or their masses, between which nothing can be transported.
  case transport(path: String, TransportError)
  /// A figure that cannot become a file.
  case drawing(ReportingError)
  /// A row of a table that makes no sense; `place` says which.
  case tableRow(path: String, place: String, problem: String)
  /// A trial table and the recordings differ in their number of sessions.
  case sessionCount(trials: String, sessions: Int, images: Int)
  /// A session of the trial table has other rows than its recording has volumes.
  case trialCount(trials: String, session: String, rows: Int, recording: String, volumes: Int)
  /// An image is paired with rows that have another number than its name; `rows` says which.
  case contradictoryPairing(image: String, rows: String, imageNumber: Int, rowsNumber: Int)
  /// Two different stimulus files would get one `stimulus_id`.
  case ambiguousStimulus(trials: String, id: String, files: [String])
  /// A region of which no voxel is left, with what became of them.
  case emptyRegion(name: String, voxels: Int, dropped: String)
  /// Voxels without data where `--missing error` was asked for.
  case missingData(region: String, voxels: Int, example: String)
  /// Stimuli of a table that neither response set knows.
  /// `hint` says what keeps some of them apart from those that are known.
  case unknownStimuli(path: String, count: Int, examples: [String], hint: String?)
  /// Stimuli of both response sets that a table does not name.
  case unassignedStimuli(path: String, count: Int, examples: [String])
  /// A column of labels of the stimuli that cannot be used as it is asked for; `problem` goes on a sentence
  /// that begins with the column.
  case grouping(column: String, problem: String)
  /// Work that takes more bytes of memory than the machine has, or gives this process.
  case memory(work: String, needed: Int, available: Int, remedy: String)
  /// A setting outside its range.
  case setting(name: String, expected: String, actual: String)
  /// A folder or file that is none of the things that can be looked into.
  case unrecognised(path: String, reason: String)
}

extension WorkflowError: CustomStringConvertible {
  /// One sentence for the user.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .image(let error): error.description
    case .responses(let path, let error): "\(path): \(error)"
    case .alignment(let error): error.description
    case .measure(let stages, let error):
      (stages.isEmpty ? "" : stages.joined(separator: " and ") + ": ") + "\(error)"
    case .transport(let path, let error): "\(path): \(error)"
    case .drawing(let error): error.description
    case .tableRow(let path, let place, let problem): "\(path), \(place): \(problem)."
    case .sessionCount(let trials, let sessions, let images):
      "\(trials) names \(ReportText.count(sessions, "session")), but there "
        + "\(images == 1 ? "is" : "are") \(ReportText.count(images, "image")); "
        + "give one 4-D image a session, in the order of the sessions, or one 3-D image a trial."
    case .trialCount(let trials, let session, let rows, let recording, let volumes):
      "\(trials) has \(ReportText.count(rows, "row"))"
        + (session == trials ? "" : " for session \(session)")
        + ", but \(recording) has \(ReportText.count(volumes, "volume")); there must be one row a volume"
        + (rows < volumes
          ? ", which is the response to one trial: of a time series (BOLD) estimate one a trial first, "
            + "with GLMsingle or a GLM with one regressor a trial."
          : ".")
    case .contradictoryPairing(let image, let rows, let imageNumber, let rowsNumber):
      "\(image) is paired with \(rows), but the number in its name is \(imageNumber), not "
        + "\(rowsNumber); give images in the order of the sessions (ls -v sorts by number)."
    case .ambiguousStimulus(let trials, let id, let files):
      "\(trials): \(files.joined(separator: " and ")) would both be stimulus \(id); "
        + "give the trials a stimulus_id column, or take --stimulus-column stim_file for whole names."
    case .emptyRegion(let name, let voxels, let dropped):
      "Region \(name) has no voxel left of \(voxels) (\(dropped)); "
        + "leave it out or relax what drops its voxels."
    case .missingData(let region, let voxels, let example):
      "Region \(region) has \(ReportText.count(voxels, "voxel")) without data in a session, constant or not "
        + "finite (\(example)); --missing drop leaves them out."
    case .unknownStimuli(let path, let count, let examples, let hint):
      "\(path) names \(ReportText.count(count, "stimulus")) of neither response set, such as "
        + examples.joined(separator: ", ") + (hint.map { "; \($0)" } ?? "")
        + "; remove them or correct their names."
    case .unassignedStimuli(let path, let count, let examples):
      "\(path) does not name \(ReportText.count(count, "stimulus")) of both response sets, such as "
        + "\(examples.joined(separator: ", ")); add them, with n/a where a split leaves them out."
    case .grouping(let column, let problem): "Column '\(column)' of the stimuli \(problem)."
    case .memory(let work, let needed, let available, let remedy):
      "\(work) takes some \(ReportText.grouped(needed)) bytes of memory, but there are "
        + "\(ReportText.grouped(available)); \(remedy)."
    case .setting(let name, let expected, let actual):
      "\(name) is \(actual), but must be \(expected)."
    case .unrecognised(let path, let reason): "\(path): \(reason)."
    }
  }
}

extension WorkflowError {
  /// The same failure of an output with its path as the user knows it.
  public func naming(_ rename: (String) -> String) -> WorkflowError {
    switch self {
    case .file(.cannotWrite(let path, let reason)), .image(.cannotWrite(let path, let reason)):
      .file(.cannotWrite(path: rename(path), reason: reason))
    default: self
    }
  }

  /// What kind of failure this is, for an exit status.
  public enum Category: Sendable {
    /// Data that are there but wrong.
    case badData
    /// An input that is not there or cannot be read.
    case inputMissing
    /// An output that cannot be written.
    case cannotWrite
    /// A setting that makes no sense.
    case usage
    /// A fault of Chiasm.
    case fault
  }

  /// The kind of this failure.
  public var category: Category {
    switch self {
    case .file(.missing), .file(.unreadable), .image(.missing), .image(.unreadable),
      .image(.unreadableTable), .drawing(.noFont):
      .inputMissing
    case .file(.exists), .file(.cannotWrite), .image(.exists), .image(.cannotWrite): .cannotWrite
    case .setting, .memory, .measure(_, .settingOutOfRange), .measure(_, .needsResponses),
      .image(.malformedMask), .image(.malformedMerge),
      .image(.malformedImage), .image(.noRegions), .drawing(.tooManyPixels):
      .usage
    case .alignment(.notCertified), .measure(_, .measureNotCertified), .drawing(.notDrawn): .fault
    default: .badData
    }
  }
}

extension WorkflowError {
  /// Puts an error of a lower module under the case that holds it.
  init(_ error: any Error) {
    switch error {
    case let error as WorkflowError: self = error
    case let error as ArrayFileError: self = .file(error)
    case let error as ImagingError: self = .image(error)
    case let error as AlignmentError: self = .alignment(error)
    case let error as ResponseError: self = .responses(path: "responses", error)
    default: self = .unrecognised(path: "internal", reason: "\(error)")
    }
  }
}
