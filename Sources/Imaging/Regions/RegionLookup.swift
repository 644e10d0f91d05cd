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

/// A label of one of the images that regions are made from, with its voxels.
struct RegionLabel {
  /// The name of the atlas or mask.
  let source: String
  /// The name of the label; its number if it has no name.
  let name: String
  /// The values of its voxels with their places, ascending. Several when the table names several
  /// values alike; the value of a mask is nil.
  let parts: [(index: Int32?, voxels: [Int])]
  /// Whether it is in the image but not in the table.
  var isUnnamed = false

  /// Whether it is a mask.
  var isMask: Bool { parts.contains { $0.index == nil } }

  /// Places of its voxels.
  var voxels: [Int] { parts.flatMap(\.voxels) }

  /// The name with the atlas before it, which no other label has.
  var qualifiedName: String { isMask ? name : source + ":" + name }

  /// What the report says of it.
  var summary: RegionReport.Label {
    RegionReport.Label(
      source: source, indices: parts.compactMap(\.index), name: name, voxelCount: voxels.count)
  }

  /// The label with one of its values only, or nil if it does not have it.
  func narrowed(to index: Int32) -> RegionLabel? {
    guard let part = parts.first(where: { $0.index == index }) else { return nil }
    return RegionLabel(
      source: source, name: parts.count == 1 ? name : String(index), parts: [part],
      isUnnamed: isUnnamed)
  }

  /// The labels of a source in the order of its table, then those without a name by number.
  static func all(of source: RegionSource, inside mask: RegionMask?) -> [RegionLabel] {
    switch source {
    case .mask(let name, let region):
      let voxels = region.voxels.filter { mask?.isInside[$0] ?? true }
      return [RegionLabel(source: name, name: name, parts: [(nil, voxels)])]
    case .atlas(let name, let image, let table):
      return labels(of: voxels(of: image, inside: mask), table: table, source: name)
    }
  }

  private static func labels(
    of places: [Int32: [Int]], table: LabelTable?, source: String
  ) -> [RegionLabel] {
    let entries = table?.foreground ?? []
    let named = Dictionary(grouping: entries, by: \.name)
    var seen: Set<String> = []
    let inTable = entries.filter { seen.insert($0.name).inserted }.map { entry in
      let parts = (named[entry.name] ?? []).map { (Int32?.some($0.index), places[$0.index] ?? []) }
      return RegionLabel(source: source, name: entry.name, parts: parts)
    }
    let unnamed = places.keys.filter { table?.name(of: $0) == nil }.sorted().map { index in
      RegionLabel(
        source: source, name: String(index), parts: [(index, places[index] ?? [])],
        isUnnamed: table != nil)
    }
    return inTable + unnamed
  }

  /// Places of the voxels of every label above 0. A label that the mask leaves nothing of is kept.
  private static func voxels(
    of image: LabelImage, inside mask: RegionMask?
  ) -> [Int32: [Int]] {
    var places: [Int32: [Int]] = [:]
    for (offset, label) in image.labels.enumerated() where label > 0 {
      if mask?.isInside[offset] ?? true {
        places[label, default: []].append(offset)
      } else if places[label] == nil {
        places[label] = []
      }
    }
    return places
  }
}

/// A name taken apart into hemisphere and area: `L_V1_ROI`, `lh.V1`, `V1_L`, `Left V1`, `ctx-rh-V1`.
struct RegionSide: Equatable {
  /// Whether the name is of the left hemisphere; otherwise of the right.
  let isLeft: Bool
  /// The words of the name without the hemisphere.
  let area: [Substring]

  private static let left: Set = ["l", "lh", "left"]
  private static let right: Set = ["r", "rh", "right"]

  /// Nil if not exactly one word of the name is a hemisphere.
  init?(_ name: String) {
    let words = Self.words(name)
    let marks = words.indices.filter {
      let word = words[$0].lowercased()
      return Self.left.contains(word) || Self.right.contains(word)
    }
    guard let mark = marks.first, marks.count == 1, words.count > 1 else { return nil }
    isLeft = Self.left.contains(words[mark].lowercased())
    var area = words
    area.remove(at: mark)
    if area.first == "ctx", area.count > 1 { area.removeFirst() }
    if area.last == "ROI", area.count > 1 { area.removeLast() }
    self.area = area
  }

  /// The words of a name: it is cut at blanks, underscores, dots and hyphens.
  static func words(_ name: String) -> [Substring] {
    name.split { " _.-".contains($0) }
  }
}
