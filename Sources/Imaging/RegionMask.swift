/// The voxels of a grid that are inside something.
public struct RegionMask: Equatable, Sendable {
  /// The voxels in space.
  public let grid: Grid
  /// Whether each voxel is inside, i fastest.
  public let isInside: [Bool]

  /// Takes one value a voxel: finite and non-zero is inside. Traps on any other count.
  public init(grid: Grid, values: some Sequence<some BinaryFloatingPoint>) {
    self.init(grid: grid, isInside: values.map { $0.isFinite && !$0.isZero })
  }

  /// Takes one value a voxel: non-zero is inside, a negative one too. Traps on any other count.
  public init(grid: Grid, values: some Sequence<some BinaryInteger>) {
    self.init(grid: grid, isInside: values.map { $0 != 0 })
  }

  private init(grid: Grid, isInside: [Bool]) {
    precondition(isInside.count == grid.voxelCount, "One value a voxel.")
    self.grid = grid
    self.isInside = isInside
  }

  /// Places of the voxels inside, ascending.
  public var voxels: [Int] { isInside.indices.filter { isInside[$0] } }
}
