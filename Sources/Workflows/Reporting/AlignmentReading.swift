internal import ChiasmResponses
internal import ChiasmResults
internal import ChiasmTables
internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmImaging
internal import ChiasmStatistics
internal import Foundation

/// Everything that a report says, read from the folder of an alignment and from the response set that
/// it explains. What is not there is nil; what is there and damaged is an error.
public struct AlignmentReading: Sendable {
  /// The folder of the alignment.
  let path: String
  let result: AlignmentResult
  /// The alignment the other way; nil where there is none.
  let reverse: AlignmentResult?
  /// The draws behind nulls and intervals.
  let draws: ReplicateDraws
  /// Nil when the source is not a brain.
  let maps: BrainMaps?
  let source: SourceReading
  /// How long the alignment took.
  let run: RunRecord?
  /// The right target stage of source stages; nil where the user named none.
  let known: KnownTargets?
  /// The image under brain views.
  let anatomy: ScalarImage?
  /// The figures of the report in their order; empty before they are known.
  var figures: [FigureKind] = []

  /// Reads an alignment.
  ///
  /// - Throws: `file` for a folder without `alignment.json`, or for what is damaged; `image` for maps
  ///   and anatomical images; `unrecognised` for a source that is not the one that was aligned.
  public init(_ settings: ReportSettings) throws(WorkflowError) {
    do {
      path = settings.folder
      let file = path + "/" + AlignmentResult.fileName
      let result = try Self.result(file, in: path)
      self.result = result
      reverse = try AlignmentResult.reverse(of: file)
      draws = try ReplicateDraws(path: path + "/replicates.npz")
      maps = try BrainMaps(folder: path + "/maps")
      source = try SourceReading(result, alignment: path, named: settings.source)
      let run = path + "/" + RunRecord.fileName
      self.run =
        FileManager.default.fileExists(atPath: run)
        ? try JSONFile.read(RunRecord.self, from: run) : nil
      known = try settings.known.map { try KnownTargets(path: $0, result) }
      anatomy = try settings.anatomy.map { try Self.anatomy($0) }
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension AlignmentReading {
  /// Reads the alignment; a folder or a file that is something else is told what it is.
  private static func result(_ file: String, in folder: String) throws -> AlignmentResult {
    do {
      return try AlignmentResult.read(file)
    } catch ArrayFileError.missing {
      throw PathKind.refusal(of: folder, expecting: "the folder of an alignment or of a comparison")
    }
  }

  /// An image of one volume, or a volume that is named.
  private static func anatomy(_ text: String) throws -> ScalarImage {
    let image = try ImageArgument(values: text)
    let reader = try NIfTIReader(path: image.path)
    try reader.header.requireVolume(path: image.path)
    return ScalarImage(grid: reader.grid, values: try reader.readOne(volume: image.volume))
  }

  var sourceNames: [String] { result.source.stages }
  var targetNames: [String] { result.target.stages }

  /// The place of the known target stage of every source stage.
  var knownTargets: [Int?] {
    sourceNames.map { name in (known?.targets[name]).flatMap { targetNames.firstIndex(of: $0) } }
  }
}

extension AlignmentReading {
  /// Whether the source is a recording of a brain.
  var isBrain: Bool { result.source.role == .region }

  /// ` (Figure 3)`, to be put after what a figure shows; nothing where there is none.
  func reference(_ kind: FigureKind) -> String {
    figures.firstIndex(of: kind).map { " (Figure \($0 + 1))" } ?? ""
  }

  /// What one stage of the source is called.
  var sourceNoun: String { words.source }
  /// What one stage of the target is called.
  var targetNoun: String { words.target }
  /// What one unit of the source is called.
  var unitNoun: String { result.source.role.unit }

  /// What the stages of both sides are called.
  var words: Wording { result.words }

  /// The result in sentences.
  var sentences: AlignmentSentences { AlignmentSentences(result) }

  /// `5 splits`.
  var splitCount: String { ReportText.count(result.splits.count, "split") }

  /// What a method is, in a few words.
  func meaning(of method: String) -> String {
    words(
      Quantity.method.levels.first { $0.name == method }?.meaning
        ?? "a method that \(Software.name) \(Software.version) does not know")
  }

  /// The methods in the order of result files; `isMatched` chooses those of matched pairs.
  func methods(isMatched: Bool) -> [String] {
    result.method_order.filter { ControlDescription.isMatched($0) == isMatched }
  }
}

/// The maps of an alignment on the grid of the recording.
struct BrainMaps: Sendable {
  let expectedDepth: ScalarImage
  /// The number of the best target stage, from 1; NaN outside the regions.
  let bestLayer: ScalarImage
  let heldOutScore: ScalarImage

  /// Reads the maps; nil for an alignment without, whose source is not a brain.
  ///
  /// - Throws: for a map that is missing beside others, is damaged or lies on another grid.
  init?(folder: String) throws {
    guard FileManager.default.fileExists(atPath: folder) else { return nil }
    func path(_ name: String) -> String { "\(folder)/\(name).nii.gz" }
    expectedDepth = try NIfTIReader(path: path("expected_depth")).readScalars()
    bestLayer = ScalarImage(try NIfTIReader(path: path("best_layer_dseg")).readLabels())
    heldOutScore = try NIfTIReader(path: path("heldout_score")).readScalars()
    for (name, map) in [("best_layer_dseg", bestLayer), ("heldout_score", heldOutScore)]
    where map.grid.shape != expectedDepth.grid.shape {
      throw ArrayFileError.malformed(
        path: path(name),
        problem: "has \(map.grid.shape) voxels, but expected_depth has "
          + "\(expectedDepth.grid.shape); align anew")
    }
  }
}

/// The draws of `replicates.npz`: for each kind, the values of every statistic.
struct ReplicateDraws: Sendable {
  private var values: [String: [String: [Double]]] = [:]

  /// Reads what is there; an alignment without draws has no file.
  ///
  /// - Throws: `malformed` for an archive whose arrays do not belong together.
  init(path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    let archive = try NumpyArchive(path: path)
    for kind in NullTest.Null.allCases.map(Self.arrayName) where archive.contains(kind) {
      let array = try archive.array(kind)
      let names = try archive.array(kind + "_columns").strings(name: archive.location(of: kind))
      guard array.shape.count == 2, array.shape[1] == names.count else {
        throw ArrayFileError.malformed(
          path: archive.location(of: kind),
          problem: "has shape \(array.shape), but its columns have \(names.count) names")
      }
      let numbers = try array.doubles(name: archive.location(of: kind))
      for (column, name) in names.enumerated() {
        values[kind, default: [:]][name] =
          (0..<array.shape[0]).map { numbers[$0 * names.count + column] }
      }
    }
  }

  /// The draws of a statistic of the whole alignment that are numbers.
  func draws(_ null: NullTest.Null, _ statistic: String) -> [Double] {
    (values[Self.arrayName(null)]?[statistic] ?? []).filter(\.isFinite)
  }

  private static func arrayName(_ null: NullTest.Null) -> String {
    null.rawValue.replacing("-", with: "_")
  }
}
