/// A way in which the names of one stimulus may differ between two programs.
package struct NameVariant: Sendable {
  /// What the names differ in.
  let difference: String
  /// The name without it.
  let without: @Sendable (String) -> String

  private static let one = [
    NameVariant(difference: "upper and lower case") { $0.lowercased() },
    NameVariant(difference: "leading zeros", without: withoutZeros),
    NameVariant(difference: "a file's ending", without: withoutEnding),
    NameVariant(difference: "folders", without: StimulusNaming.Match.basename),
  ]

  /// Each of them, then all at once.
  private static let all =
    one + [
      NameVariant(difference: "folders, a file's ending, case or leading zeros") {
        withoutZeros(withoutEnding(StimulusNaming.Match.basename($0)).lowercased())
      }
    ]

  /// What keeps most of two sets' other names apart, and what would join them: a clause with an example;
  /// nil where none are near.
  static func hint(_ source: [String], _ target: [String]) -> String? {
    let (inSource, inTarget) = (Set(source), Set(target))
    let names = source.filter { !inTarget.contains($0) }
    let others = target.filter { !inSource.contains($0) }
    guard !names.isEmpty, !others.isEmpty else { return nil }
    var best: (clause: String, count: Int)?
    for variant in all {
      let known = Dictionary(others.map { (variant.without($0), $0) }) { first, _ in first }
      let pairs = names.lazy.compactMap { name in known[variant.without(name)].map { (name, $0) } }
      let count = pairs.count
      guard let example = pairs.first, count > best?.count ?? 0 else { continue }
      best = (
        "\(count) of them \(count == 1 ? "differs" : "differ") only in \(variant.difference), "
          + "as \(example.0) and \(example.1) do", count
      )
    }
    return best.map { clause, count in
      let match = match(joining: source.count - names.count + count, of: source, target)
      return clause
        + (match.map { ": --match \($0.rawValue) joins them" }
          ?? ": write them alike, or give their names in a --stimulus-map")
    }
  }

  /// The first way to compare names that joins so many of two sets; nil where none does, or where it
  /// makes two stimuli of a set one.
  private static func match(
    joining count: Int, of source: [String], _ target: [String]
  ) -> StimulusNaming.Match? {
    StimulusNaming.Match.allCases.first { match in
      let naming = StimulusNaming(match: match)
      guard let keys = try? (naming.keys(of: source), naming.keys(of: target)) else { return false }
      return Set(keys.0).intersection(keys.1).count >= count
    }
  }

  /// `img_001` as `img_1`, and `000` as `0`.
  private static func withoutZeros(_ name: String) -> String {
    var result = ""
    var isInNumber = false
    for (place, letter) in zip(name.indices, name) {
      let next = name.index(after: place)
      let isLeadingZero =
        letter == "0" && !isInNumber && next < name.endIndex && ("0"..."9").contains(name[next])
      if !isLeadingZero {
        result.append(letter)
        isInNumber = ("0"..."9").contains(letter)
      }
    }
    return result
  }

  /// `cat.png` as `cat`, and `12.0` as `12`.
  private static func withoutEnding(_ name: String) -> String {
    name.hasSuffix(".0") && name.count > 2
      ? String(name.dropLast(2)) : StimulusNaming.Match.withoutEnding(name)
  }
}

extension NameVariant {
  /// ` (did you mean V1?)` where one of some names is the same as `name` in one of these ways; else
  /// nothing.
  package static func question(_ name: String, among names: [String]) -> String {
    for variant in all {
      if let near = names.first(where: { variant.without($0) == variant.without(name) }) {
        return " (did you mean \(near)?)"
      }
    }
    return ""
  }
}
