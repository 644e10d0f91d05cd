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

  /// The voxels that belong to some region, ascending, each once.
  public var voxels: [Int] { Region(name: "", voxels: regions.flatMap(\.voxels)).voxels }
}
