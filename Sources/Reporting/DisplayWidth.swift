extension String {
  /// How many columns of a terminal the text takes: a wide character takes two, a mark that is drawn
  /// over the character before it none.
  ///
  /// Reference: Unicode Standard Annex 11, "East Asian Width".
  public var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// The words in lines of at most `width` columns, as they are where the text is no wider; a longer word
  /// has a line of its own.
  public func wrapped(to width: Int) -> [String] {
    guard displayWidth > width else { return [self] }
    return split(separator: " ").reduce(into: []) { lines, word in
      if let last = lines.last, last.displayWidth + 1 + String(word).displayWidth <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
  }

  /// The text with spaces after it, or before it, that make it `width` columns wide.
  func padded(to width: Int, atStart: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - displayWidth))
    return atStart ? spaces + self : self + spaces
  }

  /// The text with every control character but a line end replaced, so that no file can steer the
  /// terminal that it is shown on.
  var printable: String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control && scalar != "\n"
      scalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return String(scalars)
  }
}

extension Character {
  fileprivate var displayWidth: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return scalar.isWide || unicodeScalars.contains("\u{FE0F}") ? 2 : 1
    }
  }
}

extension Unicode.Scalar {
  /// The blocks of East Asian scripts and of pictographs.
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
