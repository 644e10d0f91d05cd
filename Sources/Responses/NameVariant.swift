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
    NameVariant(difference: "folders", without: withoutFolders),
  ]

  /// Each of them, then all at once.
  private static let all =
    one + [
      NameVariant(difference: "folders, a file's ending, case or leading zeros") {
        withoutZeros(withoutEnding(withoutFolders($0)).lowercased())
      }
    ]

  /// What keeps most of some names apart from others: a clause with an example; nil where none are near.
  static func hint(_ names: [String], _ others: [String]) -> String? {
    var best: (clause: String, count: Int)?
    for variant in all {
      let known = Dictionary(others.map { (variant.without($0), $0) }) { first, _ in first }
      let pairs = names.lazy.compactMap { name in known[variant.without(name)].map { (name, $0) } }
      let count = pairs.count
      guard let example = pairs.first, count > best?.count ?? 0 else { continue }
      best = (
        "\(count) of them \(count == 1 ? "differs" : "differ") only in \(variant.difference), as \(example.0) and \(example.1) do: "
          + "write them alike", count
      )
    }
    return best?.clause
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
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    let ending = name[name.index(after: dot)...]
    let isEnding =
      (1...5).contains(ending.count) && ending.allSatisfy { $0.isLetter || $0.isNumber }
      && (ending.contains(where: \.isLetter) || ending == "0")
    return isEnding ? String(name[..<dot]) : name
  }

  private static func withoutFolders(_ name: String) -> String {
    name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name
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
