public import ChiasmImaging

/// Where the units of a brain lie: what maps are written back with.
public struct RecordedUnits: Sendable {
  /// The image of the regions, whose grid and codes maps take over.
  public let image: NIfTIHeader
  /// The voxels in space.
  public let grid: Grid
  /// For each stage, the place in the image's storage of every unit, in the order of its columns.
  public let voxels: [[Int]]
}
