extension Table {
  /// The values of a column as whole numbers; spaces around them do not count, and `1.0` is 1.
  ///
  /// - Throws: `malformed`, with the line and the value, if one is missing or no whole number.
  public func integers(_ column: String) throws(ArrayFileError) -> [Int] {
    try numbers(column, expecting: "a whole number") { wholeNumber($0) }
  }

  /// The values of a column as numbers; an empty one and `n/a` are NaN.
  ///
  /// - Throws: `malformed`, with the line and the value, if one is no number.
  public func doubles(_ column: String) throws(ArrayFileError) -> [Double] {
    try numbers(column, expecting: "a number") { text in
      text.isEmpty || text == "n/a" ? .nan : Double(text)
    }
  }

  private func numbers<Number>(
    _ column: String, expecting noun: String, _ parse: (String) -> Number?
  ) throws(ArrayFileError) -> [Number] {
    var numbers: [Number] = []
    numbers.reserveCapacity(rows.count)
    for (row, text) in try self.column(column).enumerated() {
      guard let number = parse(text) ?? parse(text.trimmingBlanks) else {
        throw .malformed(
          path: path,
          problem: "\(location(ofRow: row)): '\(text.prefix(80))' in column '\(column)' is not "
            + noun)
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Where a row is, for a message: its line in the file, or its number from 1.
  public func location(ofRow row: Int) -> String {
    row < lines.count ? "line \(lines[row])" : "row \(row + 1)"
  }
}
