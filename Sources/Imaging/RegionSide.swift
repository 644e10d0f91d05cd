/// A name taken apart into hemisphere and area: `L_V1_ROI`, `lh.V1`, `V1_L`, `Left V1`, `ctx-rh-V1`.
struct RegionSide: Equatable {
  /// Whether the name is of the left hemisphere; otherwise of the right.
  let isLeft: Bool
  /// The words of the name without the hemisphere.
  let area: [Substring]

  private static let left: Set = ["l", "lh", "left"]
  private static let right: Set = ["r", "rh", "right"]

  /// Nil if not exactly one word of the name is a hemisphere.
  init?(_ name: String) {
    let words = Self.words(name)
    let marks = words.indices.filter {
      let word = words[$0].lowercased()
      return Self.left.contains(word) || Self.right.contains(word)
    }
    guard let mark = marks.first, marks.count == 1, words.count > 1 else { return nil }
    isLeft = Self.left.contains(words[mark].lowercased())
    var area = words
    area.remove(at: mark)
    if area.first == "ctx", area.count > 1 { area.removeFirst() }
    if area.last == "ROI", area.count > 1 { area.removeLast() }
    self.area = area
  }

  /// The words of a name: it is cut at blanks, underscores, dots and hyphens.
  static func words(_ name: String) -> [Substring] {
    name.split { " _.-".contains($0) }
  }
}
