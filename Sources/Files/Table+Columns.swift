extension Table {
  /// What else seems to stand between the values, where the header is one name that holds a separator;
  /// a clause.
  public var separatorProblem: String? {
    guard columns.count == 1, let header = columns.first else { return nil }
    let others = [
      (",", "commas", "rename it to .csv, or save it with tabs"),
      ("\t", "tabs", "rename it to .tsv, or save it with commas"),
      (";", "semicolons", "save it with tabs as .tsv or with commas as .csv"),
      ("  ", "spaces", "save it with tabs as .tsv or with commas as .csv"),
    ]
    return others.first { header.contains($0.0) }.map { _, name, remedy in
      "its values seem to be separated by \(name), which its name does not tell; \(remedy)"
    }
  }

  /// Throws if a column that need not be there is there under another spelling: then it would be passed
  /// over without a word.
  ///
  /// - Throws: `malformed`, with the column.
  public func checkSpelling(ofOptional names: [String]) throws(ArrayFileError) {
    for name in names where !hasColumn(name) {
      guard let other = columns.first(where: { Self.folded($0) == Self.folded(name) }) else {
        continue
      }
      throw .malformed(
        path: path, problem: "column '\(other)' is not read as '\(name)'; rename it to '\(name)'")
    }
  }

  /// What to do about a column that is not there; a clause.
  public func advice(onMissing name: String) -> String {
    separatorProblem ?? nearest(to: name).map { "did you mean '\($0)'? Rename it to '\(name)'" }
      ?? columnList
  }

  /// What may be meant by the name of a column that a user gave and that is not there; a clause.
  public func suggestion(for name: String) -> String {
    separatorProblem ?? nearest(to: name).map { "did you mean '\($0)'? Name that one" }
      ?? columnList
  }

  private var columnList: String {
    let shown = columns.prefix(Self.mostColumnsShown).map { "'\($0.prefix(80))'" }
    let rest = columns.count - shown.count
    return "its columns, which the first line names, are " + shown.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }

  private static let mostColumnsShown = 12

  /// The column that is the most like a name: the same but for case, blanks and signs, or a part of it,
  /// or two letters from it; nil where none is near.
  private func nearest(to name: String) -> String? {
    let wanted = Self.folded(name)
    let ranked = columns.compactMap { column -> (column: String, rank: Int)? in
      let own = Self.folded(column)
      if own == wanted { return (column, 0) }
      guard own.count > 3 else { return nil }
      let distance = Self.editDistance(own, wanted)
      if distance <= 2 { return (column, distance) }
      return wanted.hasPrefix(own) || own.hasPrefix(wanted) ? (column, 3) : nil
    }
    return ranked.min { $0.rank < $1.rank }?.column
  }

  /// The letters and digits of a name, in lower case.
  private static func folded(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// How many letters must be put in, left out or exchanged to make one text of the other (Levenshtein).
  private static func editDistance(_ first: String, _ second: String) -> Int {
    var row = Array(0...second.count)
    for (place, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = place + 1
      for (column, other) in second.enumerated() {
        let exchanged = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(exchanged, row[column] + 1, diagonal + 1)
      }
    }
    return row[second.count]
  }
}
