internal import ChiasmFiles
internal import ChiasmImaging
internal import ChiasmReporting

/// A table of text: one with a header line, or a label table in another form.
struct TableFinding: Finding {
  let kind: String
  /// Nil for a label table that has no header line.
  let columns: [String]?
  let rows: Int
  /// What seems to separate the values where the name of the file says otherwise, a clause.
  let note: String?
  private let path: String

  /// Reads a table with a header line, or else labels.
  init(path: String) throws {
    self.path = path
    let name = path.lowercased()
    let hasHeader = name.hasSuffix(".tsv") || name.hasSuffix(".csv")
    let labels = try? LabelTable.read(path: path)
    if let labels, !hasHeader {
      (kind, columns, rows, note) = ("label_table", nil, labels.entries.count, nil)
      return
    }
    let table = try Table(path: path)
    guard hasHeader || table.columns.count > 1 else {
      let content = try FileContent(path: path)
      throw WorkflowError.unrecognised(
        path: path,
        reason: "is \(content.noun), but neither a table with tabs or commas nor a label table")
    }
    let isLabelTable = labels != nil && table.hasColumn("index") && table.hasColumn("name")
    (kind, columns, rows) = (
      isLabelTable ? "label_table" : "table", table.columns, table.rows.count
    )
    note = table.separatorProblem
  }

  private enum CodingKeys: CodingKey { case kind, columns, rows, note }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    if let columns { try container.encode(columns, forKey: .columns) }
    try container.encode(rows, forKey: .rows)
    if let note { try container.encode(note, forKey: .note) }
  }

  var report: Report {
    Report(
      title: "\(path): \(kind == "table" ? "table" : "label table")",
      sections: [.fields(["columns": columns?.joined(separator: ", "), "rows": String(rows)])]
        + (note.map { [.paragraph("Note: \($0).")] } ?? []))
  }
}
