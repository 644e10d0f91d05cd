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

  /// A name with `…` in place of what it has in common with the others.
  func dropped(from name: String, start: Bool, end: Bool) -> String {
    let (isHeaded, isTailed) = (start && !self.start.isEmpty, end && !self.end.isEmpty)
    let rest = name.dropFirst(isHeaded ? self.start.count : 0)
      .dropLast(isTailed ? self.end.count : 0)
    return (isHeaded ? "…" : "") + rest + (isTailed ? "…" : "")
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

extension ChartStyle {
  /// Names that fit a room: shortened in the middle if they can be told apart then, and otherwise with
  /// `…` in place of their common end, their common start, or both.
  func shortened(_ names: [String], to room: Double, isSmall: Bool = false) -> [String] {
    let names = names.map(\.flattened)
    let size = isSmall ? smallLetters : letters
    func cut(_ names: [String]) -> [String] {
      names.map { TextMeasure.shortened($0, to: room + 1e-6, size: size) }
    }
    let count = Set(names).count
    let plain = cut(names)
    guard Set(plain).count < count else { return plain }
    let affixes = Affixes(names)
    let ways: [(start: Bool, end: Bool)] = [
      (false, true), (true, false), (true, true),
    ]
    for way in ways {
      let changed = cut(names.map { affixes.dropped(from: $0, start: way.start, end: way.end) })
      if Set(changed).count == count { return changed }
    }
    return plain
  }
}
