/// The voxels of a grid that are inside something. `NIfTIReader.readMask` tells what an image means.
public struct RegionMask: Equatable, Sendable {
  /// The voxels in space.
  public let grid: Grid
  /// Whether each voxel is inside, i fastest.
  public let isInside: [Bool]

  /// Takes one answer a voxel; traps on any other count.
  public init(grid: Grid, isInside: [Bool]) {
    precondition(isInside.count == grid.voxelCount, "One answer a voxel.")
    self.grid = grid
    self.isInside = isInside
  }

  /// Places of the voxels inside, ascending.
  public var voxels: [Int] { isInside.indices.filter { isInside[$0] } }
}
