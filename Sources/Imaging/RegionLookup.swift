/// Finds the labels that a member of a merge means.
struct RegionLookup {
  /// All labels, in the order of their images and tables.
  let labels: [RegionLabel]

  /// Whether some label, or a left and a right one together, answer to a text.
  func has(_ member: String) -> Bool { !matches(member).isEmpty }

  /// The labels of a member, and how they were united if the member is no single label.
  ///
  /// In this order: a label of that name (with or without its atlas); a label of that number; a left
  /// and a right label of that area. One name in a left and a right atlas is both together.
  ///
  /// - Throws: `unknownLabel`, or `ambiguousLabel` if more than one reading is left.
  func find(
    _ member: String, region: String
  ) throws(ImagingError) -> (labels: [RegionLabel], union: String?) {
    let found = matches(member)
    guard let first = found.first else {
      throw .unknownLabel(label: member, region: region, candidates: candidates(for: member))
    }
    if found.count == 1 { return ([first], nil) }
    guard found.count == 2, Self.areSides(first, found[1]) else {
      throw .ambiguousLabel(
        label: member, region: region, candidates: found.map(\.qualifiedName))
    }
    let names = first.name == found[1].name ? found.map(\.qualifiedName) : found.map(\.name)
    return (found, "\(member) = " + names.joined(separator: " + "))
  }

  private func matches(_ member: String) -> [RegionLabel] {
    let exact = labels.filter { $0.name == member || $0.qualifiedName == member }
    if !exact.isEmpty { return exact }
    let (scope, text) = scoped(member)
    if let index = Int32(text) {
      let numbered = scope.compactMap { $0.narrowed(to: index) }
      if !numbered.isEmpty { return numbered }
    }
    let words = RegionSide.words(text)
    let sided = scope.filter { RegionSide($0.name)?.area == words }
    let sides = Set(sided.compactMap { RegionSide($0.name)?.isLeft })
    return sides.count == 2 ? sided : []
  }

  /// The labels of the atlas that a member names before a colon, and what follows the colon.
  private func scoped(_ member: String) -> ([RegionLabel], String) {
    for source in Set(labels.map(\.source)) where member.hasPrefix(source + ":") {
      return (labels.filter { $0.source == source }, String(member.dropFirst(source.count + 1)))
    }
    return (labels, member)
  }

  /// Whether two labels are one area left and right: by their names, or by those of their atlases.
  private static func areSides(_ first: RegionLabel, _ second: RegionLabel) -> Bool {
    let names =
      first.name == second.name ? (first.source, second.source) : (first.name, second.name)
    guard let one = RegionSide(names.0), let other = RegionSide(names.1) else { return false }
    return one.area == other.area && one.isLeft != other.isLeft
  }

  /// Names that hold the member or that it holds, in any case of letters; else all names.
  private func candidates(for member: String) -> [String] {
    let wanted = member.lowercased()
    var seen: Set<String> = []
    let names = labels.map(\.name).filter { seen.insert($0).inserted }
    let close = names.filter {
      let name = $0.lowercased()
      return name.contains(wanted) || wanted.contains(name)
    }
    let offered = close.isEmpty ? names : close
    let rest = offered.count - 20
    return rest > 0 ? offered.prefix(20) + ["\(rest) more"] : offered
  }
}
