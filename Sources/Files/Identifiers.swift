/// The number that a text holds, if it is a whole one: `10`, `+10`, ` 10 `, and `10.0` or `1e1`, as
/// programs write whole numbers that stand among others; nil for everything else, and beyond 2⁵³ for
/// one that is not written in digits alone.
public func wholeNumber(_ text: String) -> Int? {
  if let number = Int(text) { return number }
  let trimmed = text.trimmingBlanks
  if let number = Int(trimmed) { return number }
  // Double would also take hexadecimal digits and words such as infinity.
  guard trimmed.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }) else { return nil }
  guard let number = Double(trimmed), number == number.rounded(), abs(number) < 0x1p53 else {
    return nil
  }
  return Int(number)
}

extension Table {
  /// The values of a column that name things, such as stimuli, without blanks around them.
  ///
  /// - Throws: `malformed`, with the line, for a name that holds a NUL: other programs end a text
  ///   there, so that different names would be one.
  public func identifiers(_ column: String) throws(ArrayFileError) -> [String] {
    var names: [String] = []
    names.reserveCapacity(rows.count)
    for (row, text) in try self.column(column).enumerated() {
      names.append(
        try identifier(text, place: "\(location(ofRow: row)), column '\(column)'", path: path))
    }
    return names
  }
}

extension NumpyArray {
  /// The texts or whole numbers of an array that name things, without blanks around them; MATLAB keeps
  /// whole numbers as real ones.
  ///
  /// - Throws: `malformed` (with `name`, the file) for numbers that are not whole, and for a name that
  ///   holds a NUL.
  public func identifiers(name: String = "array") throws(ArrayFileError) -> [String] {
    switch elements {
    case .strings, .bytes:
      var names: [String] = []
      for (place, text) in try strings(name: name).enumerated() {
        names.append(try identifier(text, place: "element \(place)", path: name))
      }
      return names
    case .float32, .float64:
      var names: [String] = []
      for number in try doubles(name: name) {
        guard let whole = Int(exactly: number) else {
          throw .malformed(
            path: name, problem: "\(number) is no name; give text or whole numbers")
        }
        names.append(String(whole))
      }
      return names
    default: return try integers(name: name).map(String.init)
    }
  }
}

/// The names of a text that has one a line, without blanks around them; what follows the last line end
/// is no name if it is empty.
///
/// - Throws: `malformed` for a line without a name, and for a name that holds a NUL.
package func identifiers(lines text: String, path: String) throws(ArrayFileError) -> [String] {
  var lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false)
  if lines.last?.isEmpty == true { lines.removeLast() }
  var names: [String] = []
  for (row, line) in lines.enumerated() {
    let name = try identifier(
      String(decoding: line, as: UTF8.self), place: "line \(row + 1)", path: path)
    guard !name.isEmpty else {
      throw .malformed(path: path, problem: "the name of stimulus \(row + 1) is an empty line")
    }
    names.append(name)
  }
  return names
}

func identifier(
  _ text: String, place: String, path: String
) throws(ArrayFileError) -> String {
  guard !text.utf8.contains(0) else {
    let shown = text.replacing("\0", with: "\\0").prefix(80)
    throw .malformed(
      path: path, problem: "\(place): the name '\(shown)' holds a NUL character; remove it")
  }
  return text.trimmingBlanks
}

extension String {
  /// The text without white space at its start and its end.
  var trimmingBlanks: String {
    guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
    let start = drop { $0.isWhitespace }
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }
}

/// Whether `left` comes before `right` when the numbers in names count as numbers:
/// `layer2` before `layer10`, `a` before `a1`.
///
/// Runs of digits are compared by value, however long; everything else byte by byte. Names that
/// differ only in leading zeros come with the fewer zeros first, so that the order is total. Use it
/// as `names.sorted(by: naturalOrder)`.
public func naturalOrder(_ left: String, _ right: String) -> Bool {
  var a = left.utf8[...]
  var b = right.utf8[...]
  while let first = a.first, let second = b.first {
    if isDigit(first), isDigit(second) {
      let (number, other) = (takeNumber(&a), takeNumber(&b))
      if number.count != other.count { return number.count < other.count }
      if !number.elementsEqual(other) { return number.lexicographicallyPrecedes(other) }
    } else if first != second {
      return first < second
    } else {
      a.removeFirst()
      b.removeFirst()
    }
  }
  if a.isEmpty != b.isEmpty { return a.isEmpty }
  let (length, other) = (left.utf8.count, right.utf8.count)
  return length == other ? right.utf8.lexicographicallyPrecedes(left.utf8) : length < other
}

private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

/// Removes the digits at the start and returns them without leading zeros.
private func takeNumber(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
  let digits = text.prefix(while: isDigit)
  text = text[digits.endIndex...]
  return digits.drop { $0 == 48 }
}
