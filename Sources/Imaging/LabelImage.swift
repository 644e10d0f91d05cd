/// An image of whole numbers, one a voxel: an atlas or a mask.
public struct LabelImage: Equatable, Sendable {
  /// The voxels in space.
  public let grid: Grid
  /// One label a voxel, i fastest. A label ≤ 0 is background.
  public let labels: [Int32]

  /// Takes one label a voxel; traps on any other count.
  public init(grid: Grid, labels: [Int32]) {
    precondition(labels.count == grid.voxelCount, "One label a voxel.")
    self.grid = grid
    self.labels = labels
  }
}
