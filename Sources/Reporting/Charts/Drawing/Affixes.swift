/// What several names have in common at their start and at their end, so that what tells them apart can
/// be kept where there is no room for the whole: `blocks.0.attn` and `blocks.11.attn` differ in 0 and 11.
struct Affixes: Equatable {
  /// The common start; no number is cut in two.
  let start: String
  /// The common end.
  let end: String

  /// Nothing is common to fewer than two names, or where a name would have nothing left.
  init(_ names: [String]) {
    guard names.count > 1, let first = names.first else {
      (start, end) = ("", "")
      return
    }
    let start = Self.whole(first.prefix(Self.common(names.map { Array($0) })))
    let rests = names.map { Array($0.dropFirst(start.count)) }
    let count = Self.common(rests.map { $0.reversed() })
    let end = Self.whole(first.reversed().prefix(count))
    let hasRest = names.allSatisfy { $0.count > start.count + end.count }
    (self.start, self.end) = hasRest ? (start, String(end.reversed())) : ("", "")
  }

  /// What tells a name apart.
  func core(of name: String) -> String {
    String(name.dropFirst(start.count).dropLast(end.count))
  }

  /// The shortest change by which all names fit a width: none, or `…` in place of the end, the start or
  /// both; none if not even that helps.
  static func shortened(_ names: [String], width: (String) -> Double, room: Double) -> [String] {
    let names = names.map(\.oneLine)
    func fit(_ names: [String]) -> Bool { names.allSatisfy { width($0) <= room } }
    guard !fit(names) else { return names }
    let affixes = Affixes(names)
    let ways: [(start: Bool, end: Bool)] = [(false, true), (true, false), (true, true)]
    for way in ways {
      let start = way.start && !affixes.start.isEmpty
      let end = way.end && !affixes.end.isEmpty
      guard start || end else { continue }
      let changed = names.map {
        (start ? "…" + $0.dropFirst(affixes.start.count) : $0)
          .dropLast(end ? affixes.end.count : 0) + (end ? "…" : "")
      }
      if fit(changed.map { String($0) }) { return changed.map { String($0) } }
    }
    return names
  }

  private static func common(_ names: [[Character]]) -> Int {
    guard let first = names.first else { return 0 }
    return names.reduce(first.count) { count, name in
      min(count, zip(first, name).prefix { $0 == $1 }.count)
    }
  }

  /// The text without the digits at its end, which belong to what follows.
  private static func whole(_ text: some Sequence<Character>) -> String {
    var text = String(text)
    while let last = text.last, last.isNumber { text.removeLast() }
    return text
  }
}
