internal import ChiasmFiles
internal import ChiasmResponses
internal import Foundation

/// Which stimulus was shown in which volume of which session.
struct TrialTable: Equatable, Sendable {
  /// One session, in the order of the images.
  struct Session: Equatable, Sendable {
    /// What the table calls it; nil where it has no column `session`, so that the table is the session.
    let ownName: String?
    /// The table that it stands in.
    let table: String
    /// The stimulus of every volume; nil where the volume has none (`n/a`).
    let stimulusIDs: [String?]
    /// The run of every volume, counted from 0; all 0 where the table does not tell of runs.
    let runs: [Int]

    /// The name of the session, or the path of its table.
    var name: String { ownName ?? table }
  }

  let sessions: [Session]
  /// What the user should know of the tables.
  let notes: [String]

  /// Reads one table for all sessions, or one table a session.
  ///
  /// A table has `stimulus_id`, or `stim_file` as BIDS events have it, whose file name without folder
  /// and extension then names the stimulus; or the values of `stimulusColumn` name it, whole. `session` and `trial` (from 1) say where a row belongs;
  /// without `session` a table is one session, without `trial` rows stand in the order of volumes, and
  /// so they do in events, which have an `onset` or a `stim_file`, whatever `trial` means there.
  /// `run` says which part of its session a row belongs to; trials may be counted in it.
  static func read(_ paths: [String], stimulusColumn: String? = nil) throws -> TrialTable {
    var sessions: [Session] = []
    var files: [String: String] = [:]
    var notes: [String] = []
    for path in paths {
      let rows = try rows(of: path, naming: stimulusColumn, files: &files, notes: &notes)
      for name in numericOrder(rows.map(\.session)) {
        let own = try inOrder(rows.filter { $0.session == name }, path: path)
        let runs = Dictionary(zip(distinct(own.map(\.run)), 0...)) { first, _ in first }
        sessions.append(
          Session(
            ownName: name, table: path, stimulusIDs: own.map(\.stimulusID),
            runs: own.map { runs[$0.run] ?? 0 }))
      }
    }
    return TrialTable(sessions: sessions, notes: notes)
  }

  private struct Row {
    let place: String
    /// Nil where the table does not say.
    let session: String?
    let run: String?
    /// From 1; nil where the table does not say.
    let trial: Int?
    let stimulusID: String?
  }

  /// `files` holds the stimulus files of the tables before, by the stimulus that each names.
  private static func rows(
    of path: String, naming column: String?, files: inout [String: String],
    notes: inout [String]
  ) throws -> [Row] {
    let table = try Table(path: path)
    let stimuli =
      try column.map { try table.identifiers($0).map(known) }
      ?? stimuli(of: table, files: &files)
    let sessions = try names("session", in: table)
    let runs = try names("run", in: table)
    let isEvents = table.hasColumn("onset") || table.hasColumn("stim_file")
    // Events may have columns of these names that mean something else; their rows are in order.
    if !isEvents { try table.checkSpelling(ofOptional: ["session", "run", "trial"]) }
    let trials = table.hasColumn("trial") && !isEvents ? try table.integers("trial") : nil
    if isEvents, table.hasColumn("trial"), !isRising(try table.column("trial")) {
      notes.append(
        "\(path) is a table of events: its rows are taken in their order, not in that of its column "
          + "trial.")
    }
    return stimuli.indices.map { row in
      Row(
        place: table.location(ofRow: row), session: sessions?[row], run: runs?[row],
        trial: trials?[row], stimulusID: stimuli[row])
    }
  }

  /// Names that are numbers come in numeric order, others in the order of the table.
  private static func numericOrder(_ names: [String?]) -> [String?] {
    let names = distinct(names)
    let numbers = names.compactMap { $0.flatMap(wholeNumber) }
    guard numbers.count == names.count else { return names }
    return zip(numbers, names).sorted { $0.0 < $1.0 }.map(\.1)
  }

  private static func isRising(_ texts: [String]) -> Bool {
    let numbers = texts.compactMap(wholeNumber)
    return numbers.count == texts.count && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }

  private static func distinct(_ names: [String?]) -> [String?] {
    var seen: Set<String?> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension TrialTable {
  /// The rows of a session where its trials put them. Where numbers of trials come back and there are
  /// runs, trials are counted in each run.
  private static func inOrder(_ rows: [Row], path: String) throws -> [Row] {
    let runs = numericOrder(rows.map(\.run))
    let trials = rows.compactMap(\.trial)
    guard runs.count > 1, Set(trials).count < trials.count else {
      return try placed(rows, of: "session", path: path)
    }
    return try runs.flatMap { run in
      try placed(rows.filter { $0.run == run }, of: "run", path: path)
    }
  }

  private static func placed(_ rows: [Row], of part: String, path: String) throws -> [Row] {
    var placed = [Row?](repeating: nil, count: rows.count)
    for (position, row) in rows.enumerated() {
      let trial = row.trial ?? position + 1
      guard (1...rows.count).contains(trial) else {
        throw WorkflowError.tableRow(
          path: path, place: row.place,
          problem: "trial \(trial) is outside 1 … \(rows.count), the rows of its \(part)")
      }
      if let other = placed[trial - 1] {
        throw WorkflowError.tableRow(
          path: path, place: row.place,
          problem: "trial \(trial) of its \(part) stands in \(other.place) already")
      }
      placed[trial - 1] = row
    }
    return placed.compactMap { $0 }
  }

  /// The names in a column, of which `1.0` and `1` are one; nil without the column.
  private static func names(_ column: String, in table: Table) throws -> [String]? {
    guard table.hasColumn(column) else { return nil }
    var spelled: [Int: String] = [:]
    return try table.identifiers(column).enumerated().map { row, text in
      guard !text.isEmpty, text != "n/a" else {
        throw WorkflowError.tableRow(
          path: table.path, place: table.location(ofRow: row),
          problem: "the \(column) is missing; every row is a volume of one")
      }
      guard let number = wholeNumber(text) else { return text }
      let name = spelled[number] ?? (Int(text) == nil ? String(number) : text)
      spelled[number] = name
      return name
    }
  }

  private static func stimuli(
    of table: Table, files: inout [String: String]
  ) throws -> [String?] {
    if table.hasColumn("stimulus_id") { return try table.identifiers("stimulus_id").map(known) }
    guard table.hasColumn("stim_file") else { throw unnamed(table) }
    var stimuli: [String?] = []
    for file in try table.identifiers("stim_file").map(known) {
      // Windows separates folders by a backslash.
      let file = file?.replacing("\\", with: "/")
      let id = file.map { (($0 as NSString).lastPathComponent as NSString).deletingPathExtension }
      if let id, let file, let other = files.updateValue(file, forKey: id), other != file {
        throw WorkflowError.ambiguousStimulus(trials: table.path, id: id, files: [other, file])
      }
      stimuli.append(id)
    }
    return stimuli
  }

  /// The refusal of a table in which no column is known to name stimuli, with those that may.
  private static func unnamed(_ table: Table) -> ArrayFileError {
    let problem =
      table.hasColumn("onset")
      ? "is a table of events without the column stim_file, or stimulus_id, which names the stimulus "
        + "of each row"
      : "has no column 'stimulus_id'; \(table.advice(onMissing: "stimulus_id"))"
    let usable = columnsOfNames(in: table)
    return .malformed(
      path: table.path,
      problem: problem + "; --stimulus-column takes another"
        + (usable.isEmpty
          ? "" : ", as may be " + usable.prefix(3).map { "'\($0)'" }.joined(separator: " or ")))
  }

  /// The columns of texts that may name stimuli: first those of files, then those of more names.
  private static func columnsOfNames(in table: Table) -> [String] {
    let found = table.columns.enumerated().compactMap { place, column in
      let names = Set(table.rows.lazy.map { $0[place] }.compactMap(known))
      let isOfFiles = names.allSatisfy { StimulusNaming.Match.stem($0) != $0 }
      return names.count < 2 || names.allSatisfy({ Double($0) != nil })
        ? nil : (column: column, isOfFiles: isOfFiles, count: names.count)
    }
    return found.sorted { ($0.isOfFiles ? 1 : 0, $0.count) > ($1.isOfFiles ? 1 : 0, $1.count) }
      .map(\.column)
  }

  private static func known(_ id: String) -> String? { id.isEmpty || id == "n/a" ? nil : id }
}
