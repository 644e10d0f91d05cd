internal import ChiasmResults
internal import ChiasmFiles
internal import ChiasmImaging
internal import Foundation

/// What is to be reported, as the user said it.
public struct ReportSettings: Sendable {
  /// The folder that `align` or `compare` wrote, or the `alignment.json` or `comparison.json` in it.
  public var alignment: String
  /// The response set of the source; nil looks where the alignment read it.
  public var source: String?
  /// An image on which brain views are drawn.
  public var anatomy: String?
  /// A table that says which target stage is the right one, with the columns `source_stage` and
  /// `target_stage`.
  public var known: String?

  /// Reports a result with what stands in its own folder.
  public init(alignment: String) { self.alignment = alignment }
}

extension ReportSettings {
  /// The folder of the result, without slashes at its end.
  public var folder: String {
    var path = alignment
    for file in [AlignmentResult.fileName, MeasuresResult.fileName] {
      if path.hasSuffix("/" + file) { path.removeLast(file.count) }
      if path == file { path = "." }
    }
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    return path
  }
}

/// What the response set that was aligned says of its units: where they lie, their noise ceilings and
/// what was left out before.
struct SourceReading: Sendable {
  /// Where the set was found; nil when it was not.
  var path: String?
  /// Why it is not used.
  var absence: String?
  /// How it was extracted; nil for a set that was made in another way.
  var extraction: ExtractionRecord?
  /// How many stimuli come how often.
  var repeats: [Int: Int] = [:]
  /// For each source stage the noise ceilings of its units, NaN where they are not known.
  var ceilings: [[Double]?]
  /// Where the units lie; nil for a model.
  var recording: Masker?

  /// Looks for the set that a record names.
  ///
  /// - Parameters:
  ///   - alignment: the folder of the alignment, from which the record names the set.
  ///   - named: where the user says it is.
  /// - Throws: `unrecognised` if a named set is another one; what is wrong with its files.
  init(_ result: AlignmentResult, alignment: String, named: String?) throws {
    ceilings = Array(repeating: nil, count: result.source.stages.count)
    if let named {
      _ = try FolderTree.isFolder(ArrayFiles.split(named).path)
      if let difference = try Self.difference(named, result) {
        throw WorkflowError.unrecognised(
          path: named, reason: "is not the set that was aligned: \(difference)")
      }
    }
    let found =
      try named
      ?? Self.candidates(result.source.path, alignment: alignment)
      .first { try Self.difference($0, result) == nil }
    guard let found else {
      absence =
        result.source.path.isEmpty
        ? "The response set of the source was given as values by a program."
        : "The response set of the source, \(result.source.path), was not found as it was aligned; "
          + "--source tells where it is now."
      return
    }
    path = found
    try read(found, result)
  }

  private mutating func read(_ path: String, _ result: AlignmentResult) throws {
    // A file of arrays tells nothing of its units.
    guard try FolderTree.isFolder(ArrayFiles.split(path).path) else { return }
    let sidecars = try ResponseSetFinding.Sidecars(path: path)
    extraction = sidecars.extraction
    repeats = Dictionary((sidecars.repeats ?? []).map { ($0, 1) }, uniquingKeysWith: +)
    let listing = try StoredResponseSet.store(at: path)
    let entries = try listing.entries(named: result.source.stages)
    ceilings = try zip(entries, result.source.units).map {
      try listing.noiseCeilings(of: $0, unitCount: $1, .whereGiven)
    }
    recording = try listing.recording(of: entries, unitCounts: result.source.units)
  }

  /// The path from the alignment, from the current folder, and what it leads down to from every folder
  /// above, where the alignment may have been moved to.
  private static func candidates(_ path: String, alignment: String) -> [String] {
    if path.hasPrefix("/") || path.hasPrefix("~") {
      return existing([RecordedPaths.expandingHome(path)])
    }
    var down = path[...]
    while down.hasPrefix("../") { down = down.dropFirst(3) }
    var folder = URL(filePath: alignment).standardizedFileURL
    var candidates = [alignment + "/" + path, path]
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      candidates.append(folder.appending(path: String(down)).path)
    }
    return existing(candidates)
  }

  private static func existing(_ paths: [String]) -> [String] {
    paths.filter { FileManager.default.fileExists(atPath: ArrayFiles.split($0).path) }
  }

  /// How a set differs from the one that was aligned; nil if it is that. Its list of stimuli and its
  /// list of stages tell: matrices may be large.
  private static func difference(_ path: String, _ result: AlignmentResult) throws -> String? {
    let tables = [ResponseSetFolder.stimuli, ResponseSetFolder.stages]
    var known = 0
    for input in result.provenance.inputs {
      let isTable = tables.contains { input.path == result.source.path + "/" + $0 }
      guard isTable, let name = input.path.split(separator: "/").last else { continue }
      known += 1
      let file = path + "/" + name
      guard FileManager.default.fileExists(atPath: file) else { return "it has no \(name)" }
      guard try FileDigest.sha256(path: file) == input.sha256 else { return "its \(name) differs" }
    }
    return try known > 0 || !FolderTree.isFolder(ArrayFiles.split(path).path)
      ? nil : "the alignment says of no table that it was read"
  }
}
