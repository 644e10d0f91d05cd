/// The element type of an `.npy` file: the parts of its `descr`, such as `<f4`.
public struct NumpyType: Equatable, Sendable {
  /// The kinds that are read.
  public enum Kind: Character, Sendable {
    /// A binary floating-point number of 2, 4 or 8 bytes.
    case float = "f"
    /// A signed integer of 1, 2, 4 or 8 bytes.
    case signed = "i"
    /// An unsigned integer of 1, 2, 4 or 8 bytes.
    case unsigned = "u"
    /// A truth value of one byte.
    case bool = "b"
    /// Text of a fixed width, four bytes a character.
    case text = "U"
    /// Bytes of a fixed width.
    case bytes = "S"
  }

  /// What the bytes mean.
  public let kind: Kind
  /// How many bytes an element takes.
  public let byteCount: Int
  /// Whether the highest byte comes first.
  public let isBigEndian: Bool

  /// Reads a `descr`. The problem, for a message, comes back if it names no type that is read.
  static func parse(_ text: String) -> Result<NumpyType, Problem> {
    var rest = text[...]
    var order: Character = "|"
    if let first = rest.first, "<>=|".contains(first) {
      order = first
      rest.removeFirst()
    }
    guard let letter = rest.popFirst(), let kind = Kind(rawValue: letter),
      rest.utf8.allSatisfy({ (48...57).contains($0) }), let size = Int(rest),
      kind.holds(size)
    else { return .failure(Problem(clause: refusal(of: text))) }
    let (byteCount, overflow) = size.multipliedReportingOverflow(by: kind == .text ? 4 : 1)
    guard !overflow else { return .failure(Problem(clause: refusal(of: text))) }
    return .success(
      NumpyType(kind: kind, byteCount: byteCount, isBigEndian: order == ">"))
  }

  struct Problem: Error { let clause: String }

  private static func refusal(of text: String) -> String {
    let letter = text.first { !"<>=|".contains($0) }
    let meaning =
      switch letter {
      case "O": "Python objects (a pickle), which could run code"
      case "c": "complex numbers"
      case "V": "structured or raw records"
      case "M", "m": "dates or durations"
      default: "elements of type '\(text.prefix(40))'"
      }
    return "holds \(meaning), which are not read; save numbers or text of a fixed width"
  }
}

extension NumpyType.Kind {
  /// Whether an element of `size` (bytes, for text characters) is read.
  fileprivate func holds(_ size: Int) -> Bool {
    switch self {
    case .float: [2, 4, 8].contains(size)
    case .signed, .unsigned: [1, 2, 4, 8].contains(size)
    case .bool: size == 1
    case .text, .bytes: true
    }
  }
}

extension NumpyType: CustomStringConvertible {
  /// The type as NumPy names it: `float16`, `int32`, `bool`, `U12`, `S3`.
  public var description: String {
    switch kind {
    case .float: "float\(byteCount * 8)"
    case .signed: "int\(byteCount * 8)"
    case .unsigned: "uint\(byteCount * 8)"
    case .bool: "bool"
    case .text: "U\(byteCount / 4)"
    case .bytes: "S\(byteCount)"
    }
  }
}
