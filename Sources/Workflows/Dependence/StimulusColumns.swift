internal import ChiasmFiles
internal import ChiasmResults
internal import Foundation

/// Columns of a table of stimuli that say what belongs together.
enum StimulusColumns {
  /// Reads the columns that the settings name: for each a label of every stimulus.
  ///
  /// Stimuli of the table that are not in use do not matter. Where a stimulus has several rows, as those of
  /// its repeats, they must agree.
  ///
  /// - Parameters:
  ///   - source: the source, whose own table is read where none is named.
  ///   - list: the table of the names of the source's RDMs, if one was given.
  ///   - stimuli: those in use.
  /// - Returns: the columns and the table; neither where no column is named.
  /// - Throws: for a table or a column that is not there, and for a stimulus without a label.
  static func read(
    _ settings: DependenceSettings?, of source: String, list: String? = nil, stimuli: [String]
  ) throws(WorkflowError) -> (columns: [String: [String]], files: [String]) {
    guard let settings, !settings.columns.isEmpty else {
      guard let table = settings?.table else { return ([:], []) }
      throw .setting(
        name: "--stimulus-table",
        expected: "left out where neither --groups nor --exchange names a column", actual: table)
    }
    guard let path = settings.table ?? ownTable(of: source, list: list) else {
      throw .setting(
        name: "The table with the column \(settings.columns[0].name)",
        expected: "given by --stimulus-table, as \(source) has no stimuli.tsv", actual: "missing")
    }
    do {
      let table = try Table(path: path)
      var columns: [String: [String]] = [:]
      for (name, option) in settings.columns where columns[name] == nil {
        columns[name] = try labels(name, option, in: table, of: stimuli)
      }
      return (columns, [path])
    } catch {
      throw WorkflowError(error)
    }
  }

  private static func ownTable(of source: String, list: String?) -> String? {
    [source + "/" + ResponseSetFolder.stimuli, list, source + ".stimuli.tsv"].compactMap(\.self)
      .first(where: FileManager.default.fileExists)
  }

  private static func labels(
    _ column: String, _ option: String, in table: Table, of stimuli: [String]
  ) throws -> [String] {
    let names = try table.identifiers("stimulus_id")
    guard table.hasColumn(column) else {
      throw ArrayFileError.malformed(
        path: table.path,
        problem:
          "has no column '\(column)', which \(option) names; \(table.suggestion(for: column))")
    }
    let labels = try table.identifiers(column)
    var rowOf: [String: Int] = [:]
    for (row, name) in names.enumerated() {
      guard let other = rowOf[name] else {
        rowOf[name] = row
        continue
      }
      guard labels[other] == labels[row] else {
        throw WorkflowError.tableRow(
          path: table.path, place: table.location(ofRow: row),
          problem: "stimulus \(name) has the \(column) '\(labels[row])', but '\(labels[other])' in "
            + "\(table.location(ofRow: other)); a stimulus belongs to one group")
      }
    }
    let missing = stimuli.filter { rowOf[$0] == nil }
    guard missing.isEmpty else {
      throw ArrayFileError.malformed(
        path: table.path,
        problem:
          "has no row for \(ReportText.count(missing.count, "stimulus")) of both sets, such as "
          + "\(missing.prefix(3).joined(separator: ", ")); give each its \(column)")
    }
    let rows = stimuli.compactMap { rowOf[$0] }
    if let row = rows.first(where: { ["", "n/a"].contains(labels[$0]) }) {
      throw WorkflowError.tableRow(
        path: table.path, place: table.location(ofRow: row),
        problem: "stimulus \(names[row]) has no \(column); give it one, or take it out of a set")
    }
    return rows.map { labels[$0] }
  }
}
