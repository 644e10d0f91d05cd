extension StringProtocol where SubSequence == Substring {
  /// Lines that are not blank, numbered from 1.
  var numberedLines: [(number: Int, text: Substring)] {
    split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap {
      $1.allSatisfy(\.isWhitespace) ? nil : ($0 + 1, $1)
    }
  }

  /// The text without white space at its ends.
  var trimmed: Substring {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return self[first...last]
  }
}
