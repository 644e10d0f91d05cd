internal import ArrayFiles
internal import Foundation

/// Which stimulus was shown in which volume of which session.
struct TrialTable: Equatable, Sendable {
  /// One session, in the order of the images.
  struct Session: Equatable, Sendable {
    /// What the table calls it.
    let name: String
    /// The stimulus of every volume; nil where the volume has none (`n/a`).
    let stimulusIDs: [String?]
  }

  let sessions: [Session]

  /// Reads one table for all sessions, or one table a session.
  ///
  /// A table has `stimulus_id`, or `stim_file` as BIDS events have it, whose file name without folder
  /// and extension then names the stimulus. `session` and `trial` (from 1) say where a row belongs;
  /// without `session` a table is one session, without `trial` rows stand in the order of volumes.
  static func read(_ paths: [String]) throws -> TrialTable {
    var sessions: [Session] = []
    var files: [String: String] = [:]
    for path in paths {
      let rows = try rows(of: path, files: &files)
      for name in sessionOrder(rows.map(\.session)) {
        let own = rows.filter { $0.session == name }
        sessions.append(
          Session(name: name, stimulusIDs: try inOrder(own, path: path).map(\.stimulusID)))
      }
    }
    return TrialTable(sessions: sessions)
  }

  private struct Row {
    let place: String
    let session: String
    /// From 1; nil where the table does not say.
    let trial: Int?
    let stimulusID: String?
  }

  /// `files` holds the stimulus files of the tables before, by the stimulus that each names.
  private static func rows(
    of path: String, files: inout [String: String]
  ) throws -> [Row] {
    let table = try Table(path: path)
    let stimuli = try stimuli(of: table, files: &files)
    let sessions = table.hasColumn("session") ? try table.column("session") : nil
    let trials = table.hasColumn("trial") ? try table.integers("trial") : nil
    return stimuli.indices.map { row in
      Row(
        place: table.location(ofRow: row), session: sessions?[row] ?? path, trial: trials?[row],
        stimulusID: stimuli[row])
    }
  }

  /// Sessions that are numbers come in numeric order, others in the order of the table.
  private static func sessionOrder(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    let distinct = names.filter { seen.insert($0).inserted }
    let numbers = distinct.compactMap(Int.init)
    guard numbers.count == distinct.count else { return distinct }
    return zip(numbers, distinct).sorted { $0.0 < $1.0 }.map(\.1)
  }

  private static func inOrder(_ rows: [Row], path: String) throws -> [Row] {
    var placed = [Row?](repeating: nil, count: rows.count)
    for (position, row) in rows.enumerated() {
      let trial = row.trial ?? position + 1
      guard placed.indices.contains(trial - 1) else {
        throw WorkflowError.tableRow(
          path: path, place: row.place,
          problem: "trial \(trial) is outside 1 … \(rows.count), the rows of its session")
      }
      if let other = placed[trial - 1] {
        throw WorkflowError.tableRow(
          path: path, place: row.place,
          problem: "trial \(trial) of its session stands in \(other.place) already")
      }
      placed[trial - 1] = row
    }
    return placed.compactMap { $0 }
  }
}

extension TrialTable {
  private static func stimuli(
    of table: Table, files: inout [String: String]
  ) throws -> [String?] {
    if table.hasColumn("stimulus_id") || !table.hasColumn("stim_file") {
      return try table.column("stimulus_id").map(identifier)
    }
    var stimuli: [String?] = []
    for file in try table.column("stim_file").map(identifier) {
      let id = file.map { (($0 as NSString).lastPathComponent as NSString).deletingPathExtension }
      if let id, let file, let other = files.updateValue(file, forKey: id), other != file {
        throw WorkflowError.ambiguousStimulus(trials: table.path, id: id, files: [other, file])
      }
      stimuli.append(id)
    }
    return stimuli
  }

  private static func identifier(_ text: String) -> String? {
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    return trimmed.isEmpty || trimmed == "n/a" ? nil : trimmed
  }
}
