internal import ChiasmDatasets
internal import ChiasmFiles
internal import ChiasmResults
internal import Foundation

/// What a path may be, by a first look.
enum PathKind: Equatable {
  case image, arrays, json, text
  case alignment, comparison, responses, scheme, catalogue, page

  init(path: String) throws {
    do {
      let place = ArrayFiles.split(path)
      self = try FolderTree.isFolder(place.path) ? Self.ofFolder(path) : Self.ofFile(place.path)
    } catch ArrayFileError.missing where Self.hasImageName(path) {
      // An .img may be stored as .img.gz; the reader of images looks for it.
      self = .image
    }
  }

  private static func hasImageName(_ path: String) -> Bool {
    let name = path.lowercased()
    return [".nii", ".hdr", ".img"].contains { name.hasSuffix($0) || name.hasSuffix($0 + ".gz") }
  }

  private static func ofFile(_ path: String) throws -> PathKind {
    if hasImageName(path) { return .image }
    let content = try FileContent(path: path)
    switch content {
    case .nifti, .gzip: return .image
    // A pickle is refused with what makes a file of arrays of it.
    case .numpyArray, .zip, .hdf5, .safetensors, .matlab, .pickle: return .arrays
    case .json: return .json
    // Label tables of FSL and SPM are XML; text may be in another encoding than UTF-8.
    case .text, .markup: return .text
    case .unknown where try isTextWithoutNUL(path): return .text
    case .empty: throw WorkflowError.unrecognised(path: path, reason: "is empty")
    default:
      throw WorkflowError.unrecognised(
        path: path,
        reason:
          "is \(content.noun), which Chiasm does not read; inspect takes NIfTI images, files of arrays "
          + "(.npy, .npz, .h5, .mat, .nc, .safetensors), tables and JSON of Chiasm")
    }
  }

  private static func isTextWithoutNUL(_ path: String) throws -> Bool {
    try !TextFile.beginning(of: path, count: 4096).contains(0)
  }

  private static func ofFolder(_ path: String) throws -> PathKind {
    let names = try FolderTree.listing(of: path)
    if names.contains(AlignmentResult.fileName) { return .alignment }
    if names.contains(MeasuresResult.fileName) { return .comparison }
    if names.contains(ResponseSetFolder.stimuli) { return .responses }
    if names.contains("regions.tsv") && names.contains("README.md") { return .scheme }
    let isCatalogue = names.contains {
      FileManager.default.fileExists(atPath: "\(path)/\($0)/regions.tsv")
    }
    if isCatalogue { return .catalogue }
    if names.contains(PageFinding.fileName) { return .page }
    if try ToolLayouts.recognises(folder: path) { return .responses }
    throw WorkflowError.unrecognised(path: path, reason: refusal(of: names))
  }

  private static func refusal(of names: [String]) -> String {
    let shown = names.filter { !$0.hasPrefix(".") }
    if shown.isEmpty { return "is an empty folder" }
    if shown.contains("truth.tsv") && shown.contains("recordings") {
      return "is what 'chiasm simulate' wrote; its README.txt says how to go on"
    }
    if shown.contains(where: { $0.hasSuffix(".npy") }) {
      return "holds matrices but no stimuli.tsv, which names the stimulus of every row"
    }
    if shown.contains(ResponseSetFolder.description) {
      return "is a BIDS dataset, but no response set; inspect its images and tables one by one"
    }
    let examples = shown.prefix(3).joined(separator: ", ") + (shown.count > 3 ? ", …" : "")
    return
      "is a folder of \(shown.count == 1 ? "1 entry" : "\(shown.count) entries") (\(examples)), "
      + "but no response set, alignment, comparison or region scheme; inspect one of its entries"
  }
}

extension PathKind {
  /// Refuses a path that is something else than was asked for, and says what it is.
  ///
  /// - Parameter expected: what was asked for, with its article.
  /// - Returns: why the path cannot be read as that, or at all.
  static func refusal(of path: String, expecting expected: String) -> WorkflowError {
    do {
      return refusal(path, expected, try PathKind(path: path).clause(path))
    } catch WorkflowError.unrecognised(let path, let reason) {
      return refusal(path, expected, reason)
    } catch {
      return WorkflowError(error)
    }
  }

  private static func refusal(
    _ path: String, _ expected: String, _ clause: String
  ) -> WorkflowError {
    .file(.unreadable(path: path, reason: "\(expected) is expected here, and it \(clause)"))
  }

  /// What the path is and what takes it.
  private func clause(_ path: String) throws -> String {
    switch self {
    case .alignment: "is an alignment, which 'chiasm report' and 'chiasm inspect' show"
    case .comparison:
      "is a comparison by 'chiasm compare', which 'chiasm report' and 'chiasm inspect' show"
    case .responses: "is a response set, which 'chiasm align' takes and 'chiasm inspect' shows"
    case .scheme: "is a region scheme, which 'chiasm atlas show' shows"
    case .catalogue: "is a folder of region schemes, which 'chiasm atlas list' shows"
    case .page: "is a report of 'chiasm report'; open its \(PageFinding.fileName) in a browser"
    case .image: "is a NIfTI image"
    case .json where path.split(separator: "/").last.map(String.init) == MeasuresResult.fileName:
      try PathKind.comparison.clause(path)
    case .arrays, .json, .text: "is \(try FileContent(path: ArrayFiles.split(path).path).noun)"
    }
  }
}
