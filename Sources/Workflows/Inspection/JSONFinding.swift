internal import ChiasmResults
internal import ChiasmFiles
internal import ChiasmReporting
internal import Foundation

/// Tells JSON files apart: Chiasm's own, and those that BIDS puts beside tables and images.
enum JSONFinding {
  /// What only one key of each file is needed for.
  private struct Mark: Decodable {
    let format: String?
    let provenance: Provenance?
  }

  static func finding(path: String, known: String?) throws -> any Finding {
    let object = try object(path)
    let mark = try? JSONFile.read(Mark.self, from: path)
    if mark?.format?.hasPrefix("chiasm-alignment ") == true {
      return try AlignmentFinding(path: path, known: known)
    }
    if mark?.format?.hasPrefix("chiasm-comparison ") == true {
      return try ComparisonFinding(path: path)
    }
    if mark?.provenance != nil, let folder = ResponseSetFolder.holding(path) {
      return try ResponseSetFinding(path: folder, withValues: false)
    }
    if let finding = DescriptionFinding(object, path: path) { return finding }
    let keys = object.keys.sorted()
    let shown = keys.prefix(5).joined(separator: ", ") + (keys.count > 5 ? ", …" : "")
    throw WorkflowError.unrecognised(
      path: path,
      reason:
        "is JSON (\(keys.isEmpty ? "without a key" : "with the keys \(shown)")), but neither a result "
        + "of Chiasm nor a description of a table, an image or a dataset")
  }

  private static func object(_ path: String) throws -> [String: Any] {
    let text = try TextFile.read(path)
    let value: Any
    do {
      value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    } catch {
      throw WorkflowError.unrecognised(
        path: path, reason: "begins like JSON, but is none that can be read; it may be cut short")
    }
    guard let object = value as? [String: Any] else {
      throw WorkflowError.unrecognised(
        path: path, reason: "is a list in JSON, and Chiasm reads no JSON of that kind")
    }
    return object
  }
}

/// A JSON file that describes something else: the columns of a table, an image, a dataset, a run.
struct DescriptionFinding: Finding {
  struct Entry: Encodable {
    let name: String
    let text: String
  }

  let kind: String
  let entries: [Entry]
  private let path: String
  private let title: String

  /// Takes a file by its keys; nil where they tell nothing.
  init?(_ object: [String: Any], path: String) {
    let dictionaryKeys: Set = ["LongName", "Description", "Levels", "Units", "TermURL"]
    let columns = object.compactMapValues { $0 as? [String: Any] }
    let described = columns.filter { !dictionaryKeys.isDisjoint(with: $0.value.keys) }
    let keys = Set(object.keys)
    if !described.isEmpty {
      kind = "data_dictionary"
      title = "data dictionary, which says what the columns of a table mean"
    } else if keys.isSuperset(of: ["elapsed_seconds", "threads"]) {
      (kind, title) = ("run_record", "what a run of Chiasm took")
    } else if keys.contains("BIDSVersion") {
      (kind, title) = ("dataset_description", "description of a BIDS dataset")
    } else if keys.isSuperset(of: ["software", "command", "inputs"]) {
      (kind, title) = ("provenance", "how a result of Chiasm was made")
    } else if Self.imageKeys.contains(where: keys.contains) {
      (kind, title) = ("sidecar", "description of an image beside it")
    } else {
      return nil
    }
    let shown = described.isEmpty ? object : described
    self.path = path
    entries = shown.sorted { $0.key < $1.key }.map { name, value in
      let entry = value as? [String: Any]
      return Entry(
        name: name, text: Self.text(entry?["Description"] ?? entry?["LongName"] ?? value))
    }
  }

  /// What BIDS and Chiasm say of images.
  private static let imageKeys = [
    "RepetitionTime", "TaskName", "MagneticFieldStrength", "Volumes", "Units",
  ]

  private static func text(_ value: Any) -> String {
    switch value {
    case let text as String: text
    case let number as NSNumber: "\(number)"
    case let list as [Any]:
      list.prefix(5).map(text).joined(separator: ", ") + (list.count > 5 ? ", …" : "")
    case is NSNull: "n/a"
    default: "…"
    }
  }

  private enum CodingKeys: CodingKey { case kind, entries }

  var report: Report {
    Report(
      title: "\(path): \(title)",
      sections: [.fields(entries.map { Report.Field(name: $0.name, value: $0.text) })])
  }
}
