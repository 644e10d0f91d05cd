internal import ChiasmFiles

/// The numbers in the paths of some files, which tell what the files are.
struct NumberedPaths {
  let paths: [String]
  /// Each path as texts and runs of digits by turns, a text first.
  private let parts: [[Substring]]

  init(_ paths: [String]) {
    self.paths = paths
    parts = paths.map(Self.parts)
  }

  /// The number after `ses-`, `session` and the like, the last in each path; nil unless all have one.
  var sessions: [Int]? {
    numbers { path in
      path.matches(of: #/(?i)(?:^|[^a-z])ses(?:s|sion)?[-_ ]?([0-9]+)/#).last.map { $0.output.1 }
    }
  }

  /// The number after `run-` and the like.
  var runs: [Int]? {
    numbers { path in
      path.matches(of: #/(?i)(?:^|[^a-z])run[-_ ]?([0-9]+)/#).last.map { $0.output.1 }
    }
  }

  /// The only number that varies where paths differ in nothing else; nil where there is none.
  var varying: [Int]? {
    varyingDigits.flatMap { digits in
      let numbers = digits.compactMap { Int($0) }
      return numbers.count == digits.count ? numbers : nil
    }
  }

  /// The digits of that number, as they stand in each path; it may stand there several times.
  var varyingDigits: [Substring]? {
    varyingPlaces.first.map { place in parts.map { $0[place] } }
  }

  /// The first path with … for that number.
  var pattern: String {
    var pattern = parts.first ?? []
    for place in varyingPlaces { pattern[place] = "…" }
    return pattern.joined()
  }

  /// Where the number stands among the parts.
  private var varyingPlaces: [Int] {
    guard let first = parts.first, parts.allSatisfy({ Self.texts($0) == Self.texts(first) }) else {
      return []
    }
    let places = stride(from: 1, to: first.count, by: 2).filter { place in
      parts.contains { $0[place] != first[place] }
    }
    let columns = Set(places.map { place in parts.map { $0[place] } })
    return columns.count == 1 ? places : []
  }

  /// The first two neighbours that differ in nothing but numbers and whose numbers fall.
  var firstFall: (before: String, after: String)? {
    for (place, path) in paths.enumerated().dropFirst() {
      let before = paths[place - 1]
      if Self.texts(parts[place - 1]) == Self.texts(parts[place]), naturalOrder(path, before) {
        return (before, path)
      }
    }
    return nil
  }

  private func numbers(_ digits: (String) -> Substring?) -> [Int]? {
    let numbers = paths.compactMap { digits($0).flatMap { Int($0) } }
    return numbers.count == paths.count ? numbers : nil
  }

  private static func texts(_ parts: [Substring]) -> [Substring] {
    stride(from: 0, to: parts.count, by: 2).map { parts[$0] }
  }

  private static func parts(_ path: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = path[...]
    while true {
      let isNumber = parts.count % 2 == 1
      let part = rest.prefix { ("0"..."9").contains($0) == isNumber }
      parts.append(part)
      rest = rest[part.endIndex...]
      if rest.isEmpty { return parts }
    }
  }
}
