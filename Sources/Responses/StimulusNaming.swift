/// How the names of stimuli are compared when two sets are joined.
///
/// Each name gets the new one that a map has for it, and of this what `match` takes. Names that are then
/// equal are one stimulus; it keeps the name that the source has for it.
public struct StimulusNaming: Codable, Equatable, Sendable {
  /// What of a name is compared.
  public enum Match: String, Codable, CaseIterable, Sendable {
    /// All of it.
    case exact
    /// What follows the last folder: `cat.png` of `train/cat.png`.
    case basename
    /// The same without the last file ending, a dot and up to five letters and digits, a letter among
    /// them: `cat` of `train/cat.png`, but `a.1` of `a.1`.
    case stem

    /// What is compared of a name.
    public func callAsFunction(_ name: String) -> String {
      switch self {
      case .exact: name
      case .basename: Self.basename(name)
      case .stem: Self.withoutEnding(Self.basename(name))
      }
    }

    /// What follows the last folder of a name, of either kind of slash.
    static func basename(_ name: String) -> String {
      name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name
    }

    /// A name without its last file ending.
    static func withoutEnding(_ name: String) -> String {
      guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
      let ending = name[name.index(after: dot)...]
      let isEnding =
        (1...5).contains(ending.count) && ending.allSatisfy { $0.isLetter || $0.isNumber }
        && ending.contains(where: \.isLetter)
      return isEnding ? String(name[..<dot]) : name
    }
  }

  /// What of a name is compared.
  public var match: Match
  /// A table with the columns `old` and `new`, as the user gave it; nil for none.
  public var mapFile: String?
  /// The new names by the old ones. Not coded: a result names the table.
  public var map: [String: String]

  /// Names as they are, unless told otherwise.
  public init(match: Match = .exact, mapFile: String? = nil, map: [String: String] = [:]) {
    (self.match, self.mapFile, self.map) = (match, mapFile, map)
  }

  /// Reads `{"match": …, "map": …}`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      match: try values.decode(Match.self, forKey: .match),
      mapFile: try values.decodeIfPresent(String.self, forKey: .mapFile))
  }

  /// Writes what the user said; no map is null.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(match, forKey: .match)
    try values.encode(mapFile, forKey: .mapFile)
  }

  private enum CodingKeys: String, CodingKey {
    case match
    case mapFile = "map"
  }

  /// What a name is joined by.
  public func key(of name: String) -> String { match(map[name] ?? name) }

  /// What the stimuli of one set are joined by, in their order.
  ///
  /// - Throws: `mergedStimuli` where two of them become one.
  public func keys(of names: [String]) throws(ResponseError) -> [String] {
    let keys = names.map(key)
    var (first, merged) = ([String: Int](minimumCapacity: keys.count), [(Int, Int)]())
    for (row, key) in keys.enumerated() {
      if let other = first[key] { merged.append((other, row)) } else { first[key] = row }
    }
    guard let (one, other) = merged.first else { return keys }
    throw .mergedStimuli(names: [names[one], names[other]], into: keys[one], count: merged.count)
  }
}
