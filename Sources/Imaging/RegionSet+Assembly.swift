extension RegionSet {
  /// Makes regions from atlases and masks.
  ///
  /// Without merges every label above 0 that has voxels is a region, in the order of images and
  /// tables; where two atlases have one name, the atlas goes before it (`streams:ventral`). With
  /// merges those are the regions, and after them the masks that no merge uses. A voxel that several
  /// members have counts once. A region that was asked for may be empty: the report says so, as it
  /// does of labels without voxels, of which no region is made.
  ///
  /// - Parameters:
  ///   - sources: atlases and masks, all on one grid.
  ///   - merges: the regions wanted.
  ///   - mask: the voxels that may belong to a region at all.
  /// - Throws: `noRegions`, `noLabelledVoxels`, `regionGridsDiffer`, `regionNamedTwice`, `malformedMerge`,
  ///   `unknownLabel`, `ambiguousLabel`.
  public static func assembled(
    from sources: [RegionSource], merges: [RegionMerge] = [], inside mask: RegionMask? = nil
  ) throws(ImagingError) -> (regions: RegionSet, report: RegionReport) {
    guard let first = sources.first else { throw .noRegions }
    try requireOneGrid(sources, mask: mask)
    let lookup = RegionLookup(labels: sources.flatMap { RegionLabel.all(of: $0, inside: mask) })
    let recipes =
      merges.isEmpty ? Self.recipes(of: lookup.labels) : try Self.recipes(of: merges, in: lookup)
    guard !recipes.isEmpty else { throw .noLabelledVoxels(sources: sources.map(\.name)) }
    let regions = recipes.map { Region(name: $0.name, voxels: $0.labels.flatMap(\.voxels)) }
    let report = RegionReport(
      regions: zip(recipes, regions).map { recipe, region in
        RegionReport.Entry(
          region: region.name, voxelCount: region.voxels.count,
          labels: recipe.labels.map(\.summary), unions: recipe.unions)
      },
      unnamedLabels: lookup.labels.filter(\.isUnnamed).map(\.summary),
      labelsLeftOut: merges.isEmpty
        ? lookup.labels.filter { !$0.isMask && $0.voxels.isEmpty }.map(\.summary) : [],
      emptyLabels: lookup.labels.filter(\.voxels.isEmpty).map(\.summary))
    return (try RegionSet(grid: first.grid, regions: regions), report)
  }

  /// How one region is made.
  private typealias Recipe = (name: String, labels: [RegionLabel], unions: [String])

  private static func recipes(of labels: [RegionLabel]) -> [Recipe] {
    let labels = labels.filter { $0.isMask || !$0.voxels.isEmpty }
    let counts = Dictionary(grouping: labels, by: \.name).mapValues(\.count)
    return labels.map { label in
      (counts[label.name] == 1 ? label.name : label.qualifiedName, [label], [])
    }
  }

  private static func recipes(
    of merges: [RegionMerge], in lookup: RegionLookup
  ) throws(ImagingError) -> [Recipe] {
    var recipes: [Recipe] = []
    for merge in merges {
      let (name, members) = try merge.resolved(isLabel: lookup.has)
      var recipe: Recipe = (name, [], [])
      for member in members {
        let found = try lookup.find(member, region: name)
        recipe.labels += found.labels
        if let union = found.union { recipe.unions.append(union) }
      }
      recipes.append(recipe)
    }
    let used = Set(recipes.flatMap(\.labels).filter(\.isMask).map(\.name))
    return recipes
      + lookup.labels.filter { $0.isMask && !used.contains($0.name) }.map { ($0.name, [$0], []) }
  }

  private static func requireOneGrid(
    _ sources: [RegionSource], mask: RegionMask?
  ) throws(ImagingError) {
    guard let first = sources.first else { return }
    let others = sources.dropFirst().map { ($0.name, $0.grid) }
    for (name, grid) in others + (mask.map { [("the mask", $0.grid)] } ?? [])
    where grid != first.grid {
      throw .regionGridsDiffer(first: first.name, second: name)
    }
  }
}
