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
  /// Reads one volume, counted from 0; the reader must not stand behind it. Traps on a volume that
  /// the image does not have.
  ///
  /// - Throws: what `readVolume` throws.
  public func readScalars(volume: Int = 0) throws(ImagingError) -> ScalarImage {
    precondition((position..<volumeCount).contains(volume), "The image has the volume, ahead.")
    var values: [Double] = []
    while position < volume { try readVolume(voxels: [], into: &values) }
    try readVolume(into: &values)
    return ScalarImage(grid: grid, values: values)
  }
}
