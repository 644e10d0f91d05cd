public import ChiasmResponses

/// Regions in order on one grid. A voxel may belong to several.
public struct RegionSet: Equatable, Sendable {
  /// The voxels in space.
  public let grid: Grid
  /// The regions, in the order in which they were asked for.
  public let regions: [Region]

  /// Takes regions on a grid; traps on a voxel outside it.
  ///
  /// - Throws: `regionNamedTwice`.
  public init(grid: Grid, regions: [Region]) throws(ImagingError) {
    precondition(
      regions.allSatisfy { $0.voxels.first ?? 0 >= 0 && $0.voxels.last ?? 0 < grid.voxelCount },
      "A region lies inside its grid.")
    var seen: Set<String> = []
    for region in regions where !seen.insert(region.name).inserted {
      throw .regionNamedTwice(name: region.name)
    }
    self.grid = grid
    self.regions = regions
  }
}

/// Voxels of a grid under a name.
public struct Region: Equatable, Sendable {
  /// The name of the region.
  public let name: String
  /// Places of the voxels in the grid's storage (i fastest), ascending, each once.
  public let voxels: [Int]

  /// Takes places in any order; a repeated one counts once.
  public init(name: String, voxels: some Sequence<Int>) {
    self.name = name
    var unique: [Int] = []
    for voxel in voxels.sorted() where unique.last != voxel { unique.append(voxel) }
    self.voxels = unique
  }
}

/// What a set of regions was made from, and what was left over.
public struct RegionReport: Equatable, Sendable {
  /// A label of an atlas, or a mask.
  public struct Label: Equatable, Sendable {
    /// The name of the atlas or mask.
    public let source: String
    /// The values of its voxels; none for a mask.
    public let indices: [Int32]
    /// Its name; its number if it has none.
    public let name: String
    /// How many voxels it has inside the overall mask.
    public let voxelCount: Int
  }

  /// What one region was made from.
  public struct Entry: Equatable, Sendable {
    /// The name of the region.
    public let region: String
    /// How many voxels the region has, each counted once.
    public let voxelCount: Int
    /// The labels that it unites.
    public let labels: [Label]
    /// Members that were taken as the union of a left and a right label, as in `V1 = L_V1 + R_V1`.
    public let unions: [String]
  }

  /// One entry a region, in the order of the regions.
  public let regions: [Entry]
  /// Labels that are in an image but not in its table; they are named by their numbers.
  public let unnamedLabels: [Label]
  /// Those of `emptyLabels` of which a region would be made if they had voxels: all labels of atlases
  /// where no merges were asked for, else none.
  public let labelsLeftOut: [Label]
  /// Labels of a table, or of an image, that have no voxel (inside the overall mask).
  public let emptyLabels: [Label]
}

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
