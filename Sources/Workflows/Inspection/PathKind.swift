internal import ChiasmResults
internal import ChiasmFiles
internal import Foundation

/// What a path may be, by a first look.
enum PathKind: Equatable {
  case image, array, archive, json, text
  case alignment, comparison, responses, scheme, catalogue

  init(path: String) throws {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    // An .img may be stored as .img.gz; the reader of images looks for it.
    guard exists || Self.hasImageName(path) else { throw ArrayFileError.missing(path: path) }
    self = try isFolder.boolValue ? Self.ofFolder(path) : Self.ofFile(path)
  }

  private static func hasImageName(_ path: String) -> Bool {
    let name = path.lowercased()
    return [".nii", ".hdr", ".img"].contains { name.hasSuffix($0) || name.hasSuffix($0 + ".gz") }
  }

  private static func ofFile(_ path: String) throws -> PathKind {
    if hasImageName(path) { return .image }
    let bytes = try TextFile.beginning(of: path, count: 4096)
    let headers: [[UInt8]] = [
      [0x5C, 1, 0, 0], [0, 0, 1, 0x5C], [0x1C, 2, 0, 0], [0, 0, 2, 0x1C],
    ]
    if bytes.starts(with: [0x1F, 0x8B]) || headers.contains(where: bytes.starts) { return .image }
    if bytes.starts(with: [0x93] + Array("NUMPY".utf8)) { return .array }
    if bytes.starts(with: Array("PK".utf8)) { return .archive }
    guard !bytes.isEmpty, !bytes.contains(0) else {
      throw WorkflowError.unrecognised(
        path: path,
        reason: bytes.isEmpty
          ? "is empty"
          : "is no file that Chiasm reads; it reads NIfTI images, .npy, .npz, tables and its own JSON"
      )
    }
    return bytes.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{") ? .json : .text
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
    throw WorkflowError.unrecognised(path: path, reason: refusal(of: names))
  }

  private static func refusal(of names: [String]) -> String {
    let shown = names.filter { !$0.hasPrefix(".") }
    if shown.isEmpty { return "is an empty folder" }
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
