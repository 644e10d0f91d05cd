/// The names of the places in a page, each given once. Names that the page makes by itself hold `_`,
/// which an anchor does not.
struct PageNames {
  private var taken: Set<String> = []

  /// A word of `a-z`, digits and `-`, with a number after it where it was given before.
  mutating func unique(_ word: String) -> String {
    let letters = word.lowercased().unicodeScalars.map {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "-"
    }
    let name = letters.isEmpty ? "part" : String(letters)
    if taken.insert(name).inserted { return name }
    // One of the first `count + 1` numbers is free.
    let free = (2...).lazy.map { "\(name)-\($0)" }.first { !taken.contains($0) } ?? name
    taken.insert(free)
    return free
  }
}
