extension Table {
  /// Writes the table, whole or not at all; lines end in LF.
  ///
  /// In CSV, values with commas, quotes or line ends are put in quotes. TSV has no quotes: an empty
  /// value becomes `n/a`, as BIDS asks, and a value with a tab or a line end is refused.
  ///
  /// - Parameter delimiter: nil lets the file's name tell, see `Delimiter.init(path:)`.
  /// - Throws: `exists`, `cannotWrite`.
  public func write(
    to path: String, delimiter: Delimiter? = nil, replacing: Bool = false
  ) throws(ArrayFileError) {
    let delimiter = delimiter ?? Delimiter(path: path)
    if delimiter == .tab { try checkForTabs(path: path) }
    try AtomicFile.write(Array(text(delimiter).utf8), to: path, replacing: replacing)
  }

  /// The text of the file.
  ///
  /// In TSV a tab or line end in a value, which `write` refuses, becomes a space.
  public func text(_ delimiter: Delimiter) -> String {
    let separator = String(UnicodeScalar(delimiter.byte))
    var text = ""
    for row in [columns] + rows {
      // A lone empty value would be an empty line, which is no row at the end of a file.
      if delimiter == .comma && row == [""] { text += "\"\"" }
      text += row.map { delimiter.encode($0) }.joined(separator: separator)
      text += "\n"
    }
    return text
  }

  private func checkForTabs(path: String) throws(ArrayFileError) {
    for (number, row) in ([columns] + rows).enumerated() {
      for (column, value) in zip(columns, row) where value.utf8.contains(where: isBreak) {
        throw .cannotWrite(
          path: path,
          reason: "a tab or line end stands in \(number == 0 ? "the header" : "row \(number)"), "
            + "column '\(column)', and TSV has no way to hold it; choose CSV")
      }
    }
  }
}

private func isBreak(_ byte: UInt8) -> Bool { byte == 9 || byte == 10 || byte == 13 }

extension Table.Delimiter {
  fileprivate func encode(_ value: String) -> String {
    switch self {
    case .tab where value.isEmpty: return missing
    case .tab:
      guard value.utf8.contains(where: isBreak) else { return value }
      return String(decoding: value.utf8.map { isBreak($0) ? 32 : $0 }, as: UTF8.self)
    case .comma:
      let needsQuotes = value.utf8.contains {
        [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0)
      }
      guard needsQuotes else { return value }
      let doubled = value.unicodeScalars.reduce(into: "") {
        $0.unicodeScalars.append($1)
        if $1 == "\"" { $0.unicodeScalars.append($1) }
      }
      return "\"\(doubled)\""
    }
  }
}
