/// An image of one number a voxel: a map, or an anatomical image to show it on.
public struct ScalarImage: Equatable, Sendable {
  /// The voxels in space.
  public let grid: Grid
  /// One value a voxel, i fastest; NaN where there is none.
  public let values: [Double]

  /// Takes one value a voxel; traps on any other count.
  public init(grid: Grid, values: [Double]) {
    precondition(values.count == grid.voxelCount, "One value a voxel.")
    self.grid = grid
    self.values = values
  }

  /// Labels as numbers; background (≤ 0) is NaN.
  public init(_ labels: LabelImage) {
    self.init(grid: labels.grid, values: labels.labels.map { $0 > 0 ? Double($0) : .nan })
  }
}

extension NIfTIReader {
  /// Reads one volume.
  ///
  /// - Parameter volume: as with `readOne`, but the first where the image has several and none is
  ///   named.
  /// - Throws: what `readOne` throws.
  public func readScalars(volume: Int = 0) throws(ImagingError) -> ScalarImage {
    ScalarImage(grid: grid, values: try readOne(volume: volume))
  }
}
