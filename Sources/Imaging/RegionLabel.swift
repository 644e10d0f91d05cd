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
