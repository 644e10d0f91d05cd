internal import ChiasmFiles
internal import ChiasmResponses
internal import ChiasmStatistics

/// Reads splits from a table: `stimulus_id`, then one column a split with `train`, `test` or `n/a`.
enum SplitTable {
  /// The splits of the file for the stimuli of `pair`.
  ///
  /// Stimuli that only one of the sets has may stand in the file; they are not used.
  static func read(_ path: String, for pair: ResponsePair, known: Set<String>) throws -> [Split] {
    let table = try Table(path: path)
    let names = try table.identifiers("stimulus_id")
    let rowOf = try rowByStimulus(names, in: table)
    try checkNames(names, rowOf: rowOf, pair: pair, known: known, path: path)
    let rows = pair.stimulusIDs.map { rowOf[$0] ?? 0 }
    let columns = table.columns.filter { $0 != "stimulus_id" }
    guard !columns.isEmpty else {
      throw ArrayFileError.malformed(
        path: path, problem: "has no column beside stimulus_id; each split is a column")
    }
    guard !columns.contains("mean") else {
      throw ArrayFileError.malformed(
        path: path,
        problem: "a split is named mean, as results call the mean over splits; rename it")
    }
    return try columns.map { column in
      try split(named: column, in: table, rows: rows)
    }
  }

  private static func rowByStimulus(_ names: [String], in table: Table) throws -> [String: Int] {
    var rows: [String: Int] = [:]
    for (row, name) in names.enumerated() {
      if let other = rows.updateValue(row, forKey: name) {
        throw WorkflowError.tableRow(
          path: table.path, place: table.location(ofRow: row),
          problem: "stimulus \(name) stands in \(table.location(ofRow: other)) already")
      }
    }
    return rows
  }

  private static func checkNames(
    _ names: [String], rowOf: [String: Int], pair: ResponsePair, known: Set<String>, path: String
  ) throws {
    let unknown = names.filter { !known.contains($0) }
    guard unknown.isEmpty else {
      throw WorkflowError.unknownStimuli(
        path: path, count: unknown.count, examples: Array(unknown.prefix(3)))
    }
    let unassigned = pair.stimulusIDs.filter { rowOf[$0] == nil }
    guard unassigned.isEmpty else {
      throw WorkflowError.unassignedStimuli(
        path: path, count: unassigned.count, examples: Array(unassigned.prefix(3)))
    }
  }

  private static func split(
    named name: String, in table: Table, rows: [Int]
  ) throws -> Split {
    let roles = try table.column(name)
    var training: [Int] = []
    var heldOut: [Int] = []
    for (stimulus, row) in rows.enumerated() {
      switch roles[row] {
      case "train": training.append(stimulus)
      case "test": heldOut.append(stimulus)
      case "n/a", "": continue
      default:
        throw WorkflowError.tableRow(
          path: table.path, place: table.location(ofRow: row),
          problem: "split \(name) says '\(roles[row])', but train, test or n/a is expected")
      }
    }
    return Split(name: name, training: training, heldOut: heldOut)
  }
}
