internal import ChiasmFiles
internal import ChiasmResponses

extension StimulusNaming {
  /// What was asked for, with its map read; names as they are when nil.
  ///
  /// - Throws: for a table without the columns `old` and `new`, a row without one of the names, and an
  ///   old name that comes twice.
  init(reading asked: StimulusNaming?) throws(WorkflowError) {
    self = asked ?? StimulusNaming()
    guard let path = mapFile else { return }
    do {
      let table = try Table(path: path)
      let names = zip(try table.identifiers("old"), try table.identifiers("new"))
      var rows: [String: Int] = [:]
      for (row, (old, new)) in names.enumerated() {
        func refused(_ problem: String) -> WorkflowError {
          .tableRow(path: path, place: table.location(ofRow: row), problem: problem)
        }
        guard ![old, new].contains(where: { $0.isEmpty || $0 == "n/a" }) else {
          throw refused("a name is missing; each row has an old name and the new one")
        }
        if let other = rows.updateValue(row, forKey: old) {
          throw refused(
            "the old name \(old) stands in \(table.location(ofRow: other)) already; give it one new name"
          )
        }
        map[old] = new
      }
    } catch {
      throw WorkflowError(error)
    }
  }

  /// A set with its path.
  typealias NamedSide = (path: String, names: [String])

  /// What the user should know of how two sets are joined.
  ///
  /// - Throws: where two stimuli of a set become one; for a map none of whose old names occurs, and for
  ///   one that might be meant for either set.
  func notes(source: NamedSide, target: NamedSide) throws(WorkflowError) -> [String] {
    let sides = [source, target]
    let mapNote = try mapFile.map { path throws(WorkflowError) in
      try note(onMap: path, sides.map(\.names))
    }
    for side in sides {
      do {
        _ = try keys(of: side.names)
      } catch {
        throw .responses(path: side.path, error)
      }
    }
    return [mapNote, matchNote(sides.map(\.names))].compactMap(\.self)
  }

  private func note(onMap path: String, _ sides: [[String]]) throws(WorkflowError) -> String {
    let known = sides.map { Set($0) }
    let unknown = map.keys.filter { old in !known.contains { $0.contains(old) } }.sorted()
    guard unknown.count < map.count else {
      throw .unknownStimuli(
        path: path, count: unknown.count, examples: Array(unknown.prefix(3)),
        hint: StimulusOverlap(source: unknown, target: known[0].union(known[1]).sorted()).hint)
    }
    let counts = sides.map { names in names.count { map[$0] != nil } }
    let chained = map.filter { _, new in map[new, default: new] != new }
    if let (old, new) = chained.min(by: { $0.key < $1.key }), !counts.contains(0) {
      throw .file(
        .malformed(
          path: path,
          problem:
            "\(new), the new name of \(old), is an old name too, and both sets have old names, so that it cannot "
            + "be told which set is meant; rename the stimuli in the files of that set"))
    }
    return
      "\(path) gives new names to \(ReportText.count(counts[0], "stimulus")) of the source and "
      + "\(counts[1]) of the target"
      + (unknown.isEmpty
        ? "."
        : "; of its \(map.count) old names neither has \(unknown.count), such as "
          + unknown.prefix(3).joined(separator: ", ") + ".")
  }

  private func matchNote(_ sides: [[String]]) -> String? {
    guard match != .exact else { return nil }
    let names = sides.map { $0.map { map[$0] ?? $0 } }
    let changed = names.map { $0.filter { match($0) != $0 } }
    let example = changed.joined().first.map { ": \($0) counts as \(match($0))" } ?? ""
    return "Stimuli are joined by their names without folders"
      + (match == .stem ? " and file endings" : "")
      + " (--match \(match.rawValue)), which shortens "
      + "\(changed[0].count) of the source and \(changed[1].count) of the target\(example)."
  }
}

/// The name that a joined stimulus has, by what either set or a table calls it.
struct StimulusLookup {
  /// Names of stimuli of either set, by which the source knows those of both.
  let all: Set<String>
  private let source: Set<String>
  private let naming: StimulusNaming
  private let nameOfKey: [String: String]

  init(source: [String], target: [String], naming: StimulusNaming) {
    self.source = Set(source)
    self.naming = naming
    nameOfKey = Dictionary(source.map { (naming.key(of: $0), $0) }) { first, _ in first }
    let (own, keys) = (self.source, nameOfKey)
    all = own.union(target.map { own.contains($0) ? $0 : keys[naming.key(of: $0)] ?? $0 })
  }

  /// The source's name of a stimulus; of one that it does not have, the name as it is.
  func name(_ name: String) -> String {
    source.contains(name) ? name : nameOfKey[naming.key(of: name)] ?? name
  }
}
