public import ChiasmImaging
internal import ChiasmDatasets
internal import ChiasmFiles
internal import Foundation
public import ChiasmResponses
internal import ChiasmStatistics

/// A response set as it was read, with what its files say of its units.
public struct StoredResponseSet: Sendable {
  /// The folder or the file.
  public let path: String
  /// The stages, checked.
  public let responses: ResponseSet
  /// Where the units of the files lie in the brain; nil for a model.
  public let recording: Masker?
  /// For each stage the noise ceiling of every unit of its file, as a share of variance from 0 to 1,
  /// NaN where it is not known; nil for a stage without them, and for all if they were not asked for.
  /// Where repeats were averaged they are those of the means.
  public let noiseCeilings: [[Double]?]
  /// The files that were read.
  public let files: [String]
  /// Guesses that were made while reading, for the user to see.
  public let notes: [String]

  /// The store at `path`: a folder, a file of arrays, or one array of it, `FILE:NAME`.
  ///
  /// - Parameter stimuli: a table or a list that names the stimuli of a file of arrays, whatever that says.
  /// - Throws: `missing`, what is wrong with the tables or the file, and `setting` for a list that is given
  ///   with a folder.
  public static func store(
    at path: String, stimuli: String? = nil
  ) throws(WorkflowError) -> any ResponseStore {
    do {
      let place = ArrayFiles.split(path)
      if try place.name == nil && FolderTree.isFolder(path) {
        guard let stimuli else { return try folderStore(at: path) }
        throw WorkflowError.setting(
          name: "A list of stimuli",
          expected: "left out with \(path), a folder whose own files name them",
          actual: stimuli)
      }
      let content = try FileContent(path: place.path)
      let isOfFolder =
        stimuli == nil && [.numpyArray, .text].contains(content)
        && ResponseSetFolder.holding(place.path) != nil
        && !FileManager.default.fileExists(atPath: StimulusNames.table(beside: place.path))
      guard !isOfFolder, let file = try ArrayFiles.open(path) else {
        throw Self.refusal(of: path, content)
      }
      return try ToolLayouts.anyStore(file: file, list: stimuli)
    } catch {
      throw WorkflowError(error)
    }
  }

  /// Why a file is no response set, and what to give in its place.
  private static func refusal(of path: String, _ content: FileContent) -> WorkflowError {
    let remedy =
      switch (content, ResponseSetFolder.holding(path)) {
      case (_, let folder?): "give its folder, \(folder)"
      case (.nifti, _), (.freeSurferVolume, _), (.gifti, _):
        "'chiasm extract' makes a response set of recordings"
      default: "save its numbers as .npy, or as .npz with an array stimulus_id"
      }
    return .unrecognised(
      path: path,
      reason:
        "is \(content.noun), but a response set is expected: a folder with stimuli.tsv and an "
        + ".npy (stimuli × units) for each stage, or one file of arrays (.npz, .mat, .safetensors, "
        + ".csv); \(remedy)")
  }

  private static func folderStore(at path: String) throws -> any ResponseStore {
    let isOwn = FileManager.default.fileExists(atPath: path + "/" + ResponseSetFolder.stimuli)
    return try (isOwn ? nil : ToolLayouts.store(folder: path)) ?? FolderStore(path: path)
  }

  /// Reads the set at `path`, only the stages named where `stages` is not nil.
  ///
  /// - Throws: with `noiseCeilings` also for ceilings that are required and missing, are no numbers,
  ///   negative or above 1.
  public init(
    path: String, stages: [String]? = nil, noiseCeilings reading: NoiseCeilingReading = .skipped
  ) throws(WorkflowError) {
    try self.init(
      path: path, stages: stages, noiseCeilings: reading, drawing: UnitSubsample(), from: 0)
  }

  /// Reads only the units of a draw, in which the first stage has the number `first`; stages are called
  /// as `role` says, or as the files tell where it is nil.
  init(
    path: String, stages: [String]?, role: Role? = nil, stimuli: String? = nil,
    noiseCeilings reading: NoiseCeilingReading = .skipped,
    drawing subsample: UnitSubsample, from first: Int, reducing reduction: LayerReduction = .init()
  ) throws(WorkflowError) {
    do {
      let (store, entries, reductionNotes) = try Self.opened(
        Self.store(at: path, stimuli: stimuli), stages: stages, role: role, reduction)
      self.path = path
      responses = try store.read(entries) { number, shape in
        subsample.columns(of: shape.unitCount, stage: first + number)
      }.calling(stages: role ?? store.role)
      let unitCounts = responses.stages.map(\.fileUnitCount)
      recording = try store.recording(of: entries, unitCounts: unitCounts)
      let repeats = ResponseSet.rows(ofEachIn: store.stimulusIDs).map(\.count)
      let averaged = store.hasRepeats ? repeats.filter { $0 > 1 } : []
      let noise = averaged.isEmpty ? 1 : NoiseCeiling.meanInverse(ofRepeats: repeats)
      noiseCeilings = try zip(entries, unitCounts).map {
        try store.noiseCeilings(of: $0, unitCount: $1, reading)?.map {
          NoiseCeiling.share(ofSingleShowings: $0, meanInverseRepeats: noise)
        }
      }
      files =
        store.files(of: entries)
        + zip(entries, noiseCeilings).compactMap { $1 == nil ? nil : store.unitsTable(of: $0) }
      notes =
        (stages == nil ? store.notes : []) + reductionNotes + Self.notes(on: averaged, in: path)
    } catch {
      throw WorkflowError(error)
    }
  }

  /// Some stages of a store, its layers reduced, with what is said of that; those of a brain stay as they
  /// are.
  static func opened(
    _ store: any ResponseStore, stages: [String]?, role: Role? = nil, _ reduction: LayerReduction
  ) throws -> (store: any ResponseStore, entries: [StageEntry], notes: [String]) {
    let entries = try store.entries(named: stages)
    if reduction.isNone { return (store, entries, []) }
    guard store.role != .region && role != .region else {
      return (
        store, entries,
        ["\(store.path): its units are voxels, and are neither pooled nor projected."]
      )
    }
    let reduced = ReducedStore(store, reduction)
    return (reduced, entries, try reduced.notes(on: entries))
  }

  /// - Parameter repeats: of each stimulus that has more than one.
  private static func notes(on repeats: [Int], in path: String) -> [String] {
    guard let least = repeats.min(), let greatest = repeats.max() else { return [] }
    let each = least == greatest ? "\(least)" : "\(least) to \(greatest)"
    return [
      "\(path): the \(repeats.reduce(0, +)) repeats of \(ReportText.count(repeats.count, "stimulus")) (\(each) of each) are "
        + "averaged before use."
    ]
  }
}

extension ResponseStore {
  /// The entries of some stages, in the order in which they are named; all when nil.
  func entries(named names: [String]?) throws(WorkflowError) -> [StageEntry] {
    var chosen: [StageEntry] = []
    for name in names ?? [] {
      guard let entry = entries.first(where: { $0.name == name }) else {
        throw .responses(
          path: path, .unknownStage(name: name, available: entries.map(\.name)))
      }
      chosen.append(entry)
    }
    return names == nil ? entries : chosen
  }

  /// Reads stages; what does not belong together is refused with the path.
  fileprivate func read(
    _ entries: [StageEntry], columns: (Int, StageShape) -> [Int]?
  ) throws -> ResponseSet {
    do {
      return try responses(of: entries, columns: columns)
    } catch let error as ResponseError {
      throw WorkflowError.responses(path: path, error)
    }
  }
}

/// Some units of every stage, drawn at random (`--max-units`).
struct UnitSubsample: Sendable {
  private let limit: Int?
  private let seed: UInt64

  /// All units.
  init() { (limit, seed) = (nil, 0) }

  /// A draw of at most `limit` units a stage, of all when nil.
  ///
  /// - Throws: `setting` when nothing would be left.
  init(atMost limit: Int?, seed: UInt64) throws(WorkflowError) {
    if let limit, limit < 1 {
      throw .setting(
        name: "The greatest number of units", expected: "at least 1", actual: "\(limit)")
    }
    self.limit = limit
    self.seed = seed
  }

  /// The columns that are drawn of a stage with so many units, ascending; nil for all. Each stage,
  /// counted from the first of the source to the last of the target, is a stream of the seed.
  func columns(of unitCount: Int, stage number: Int) -> [Int]? {
    guard let limit, unitCount > limit else { return nil }
    var generator = SeededGenerator(seed: seed, stream: 0x5A3D_0000 + UInt64(number))
    return generator.permutation(of: unitCount).prefix(limit).sorted()
  }

  /// The pair with the units that are drawn; of a pair that was read with this draw, all.
  func callAsFunction(_ pair: ResponsePair) -> ResponsePair { pair.mapStages(drawn) }

  /// The same, where only one side may have units.
  func callAsFunction(_ pair: ComparedPair) -> ComparedPair { pair.mapResponses(drawn) }

  private func drawn(_ stage: Stage, number: Int) -> Stage {
    columns(of: stage.unitCount, stage: number).map(stage.selectingUnits) ?? stage
  }
}

/// Units of a stage that are not used because they do not vary.
struct LeftOutUnits {
  let stage: String
  let unitCount: Int
  /// How many: a number a split, or one.
  let counts: [Int]

  /// What the user is told of all stages; nil where nothing is left out. A name that both sides have
  /// comes with its side.
  static func sentence(
    source: [LeftOutUnits], target: [LeftOutUnits], stimuli: String
  ) -> String? {
    func clauses(_ stages: [LeftOutUnits], _ side: String, others: [LeftOutUnits]) -> [String] {
      stages.compactMap { stage in
        guard let least = stage.counts.min(), let most = stage.counts.max(), most > 0 else {
          return nil
        }
        let count = least == most ? "\(most)" : "\(least) to \(most)"
        return "\(count) of \(stage.unitCount) in \(stage.stage)"
          + (others.contains { $0.stage == stage.stage } ? " of the \(side)" : "")
      }
    }
    let parts =
      clauses(source, "source", others: target) + clauses(target, "target", others: source)
    return parts.isEmpty
      ? nil
      : "Units that do not vary over the \(stimuli) are left out: "
        + parts.joined(separator: ", ") + "."
  }
}

extension ResponsePair {
  /// Joins two sets as they were read; a failure names both.
  init(
    joining source: StoredResponseSet, _ target: StoredResponseSet, naming: StimulusNaming,
    minimumCommon: Int
  ) throws(WorkflowError) {
    do {
      try self.init(
        source: source.responses, target: target.responses, naming: naming,
        minimumCommon: minimumCommon)
    } catch {
      throw .responses(path: "\(source.path) and \(target.path)", error)
    }
  }
}

extension StimulusOverlap {
  /// What the user should know of stimuli that are left out.
  var notes: [String] {
    let isWhole = common.count == max(sourceCount, targetCount)
    return isWhole ? [] : ["Only common stimuli are used: \(self)."]
  }
}
