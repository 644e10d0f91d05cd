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
