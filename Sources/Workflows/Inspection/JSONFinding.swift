internal import ChiasmResults
internal import ChiasmFiles
internal import Foundation

/// Tells Chiasm's own JSON files apart.
enum JSONFinding {
  /// What only one key of each file is needed for.
  private struct Mark: Decodable {
    let format: String?
    let provenance: Provenance?
  }

  static func finding(path: String, known: String?) throws -> any Finding {
    let mark = try JSONFile.read(Mark.self, from: path)
    if mark.format?.hasPrefix("chiasm-alignment ") == true {
      return try AlignmentFinding(path: path, known: known)
    }
    if mark.format?.hasPrefix("chiasm-comparison ") == true {
      return try ComparisonFinding(path: path)
    }
    let isBesideSet = FileManager.default.fileExists(
      atPath: folder(of: path) + "/" + ResponseSetFolder.stimuli)
    if mark.provenance != nil && isBesideSet {
      return try ResponseSetFinding(path: folder(of: path), withValues: false)
    }
    throw WorkflowError.unrecognised(
      path: path,
      reason:
        "is JSON, but no alignment.json, comparison.json or the provenance.json of a response set")
  }

  private static func folder(of path: String) -> String {
    path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
  }
}
