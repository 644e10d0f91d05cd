/// Names at even distances along a horizontal line: beside each other if they fit, upright if not, and
/// only some of them if they would still lie on each other.
struct CategoryAxis {
  /// The whole names.
  let names: [String]
  /// What is written of them.
  let shown: [String]
  let isUpright: Bool
  /// From one written name to the next: 1 if all are written.
  let stride: Int
  /// What the names take below the line, in points.
  let height: Double

  /// - Parameters:
  ///   - step: the distance between names in points.
  ///   - room: what upright names may take at most; longer ones are shortened.
  init(_ names: [String], step: Double, room: Double, style: ChartStyle) {
    self.names = names
    let widest = style.width(names, isSmall: true)
    let line = style.smallLetters * 1.15
    if widest + style.smallLetters * 0.5 <= step || names.count <= 1 && widest < 3 * step {
      (isUpright, stride, height) = (false, 1, line)
    } else if let stride = Self.stride(of: names, widest: widest, step: step, style: style) {
      (isUpright, self.stride, height) = (false, stride, line)
    } else {
      isUpright = true
      stride = Self.even(atLeast: line / max(step, 1e-9))
      height = min(widest, max(room, style.smallLetters * 2))
    }
    let room = isUpright ? height : .infinity
    shown = style.shortened(names, to: room, isSmall: true)
  }

  /// Numbers may be left out, since who reads 2, 4, 6 knows what lies between.
  private static func stride(
    of names: [String], widest: Double, step: Double, style: ChartStyle
  ) -> Int? {
    guard names.allSatisfy({ Int($0) != nil }) else { return nil }
    return even(atLeast: (widest + style.smallLetters * 0.5) / max(step, 1e-9))
  }

  /// The least of 1, 2, 5, 10 … that is no less.
  private static func even(atLeast least: Double) -> Int {
    let tens = sequence(first: 1) { $0 * 10 }.prefix(9)
    return tens.flatMap { [$0, 2 * $0, 5 * $0] }.first { Double($0) >= least } ?? .max
  }
}

extension Sheet {
  /// Writes what the values are, upright at the left edge, and what the categories are, below their
  /// names.
  ///
  /// - Parameter above: how far the upright words may reach over the area.
  mutating func write(
    values: String, categories: String, below axis: CategoryAxis, around area: Frame,
    above: Double
  ) {
    write(
      values, at: Point(frame.x + style.smallLetters * 0.5, area.center.y),
      room: area.height + above, .note(style, .middle, isUpright: true))
    write(
      categories, at: Point(area.center.x, area.maxY + axis.height + style.line),
      room: frame.width, .note(style, .middle))
  }

  /// Writes names below a line.
  ///
  /// - Parameter places: the x of each name.
  mutating func categories(_ axis: CategoryAxis, at places: [Double], below y: Double) {
    let size = style.smallLetters
    for (index, place) in places.enumerated() where index % axis.stride == 0 {
      if axis.isUpright {
        write(
          axis.shown[index], of: axis.names[index], at: Point(place, y + size * 0.4),
          room: axis.height, .note(style, .end, isUpright: true))
      } else {
        write(
          axis.shown[index], of: axis.names[index], at: Point(place, y + size * 0.9),
          .note(style, .middle))
      }
    }
  }
}

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

/// Places along a line that must not be too close to each other.
enum Spacing {
  /// Ascending places moved as little as needed to lie a distance apart between two ends; closer
  /// together, and even, where there is no room for that.
  static func apart(
    _ places: [Double], by distance: Double, from low: Double, to high: Double
  ) -> [Double] {
    guard places.count > 1 else { return places }
    let distance = min(distance, (high - low) / Double(places.count - 1))
    // Groups of touching places, each at the mean of where its members want to be.
    var groups: [(wish: Double, count: Int)] = []
    func start(_ group: (wish: Double, count: Int)) -> Double {
      let length = distance * Double(group.count - 1)
      return min(max(group.wish - length / 2, low), high - length)
    }
    for place in places {
      groups.append((place, 1))
      while groups.count > 1 {
        let (above, below) = (groups[groups.count - 2], groups[groups.count - 1])
        guard start(above) + distance * Double(above.count) > start(below) else { break }
        let count = above.count + below.count
        groups.removeLast(2)
        let wish = above.wish * Double(above.count) + below.wish * Double(below.count)
        groups.append((wish / Double(count), count))
      }
    }
    return groups.flatMap { group in
      (0..<group.count).map { start(group) + distance * Double($0) }
    }
  }
}
