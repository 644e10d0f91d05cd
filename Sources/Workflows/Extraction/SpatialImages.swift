internal import Imaging

/// Reads images of one volume onto the voxels of a recording, and remembers what it read.
struct SpatialImages {
  let space: RecordingSpace
  /// The files that were read.
  private(set) var paths: [String] = []
  /// What the user should know of them.
  private(set) var notes: [String] = []

  init(space: RecordingSpace) { self.space = space }

  /// An image of whole numbers.
  mutating func labels(_ path: String) throws -> LabelImage {
    let reader = try NIfTIReader(path: path)
    let reordering = try accept(reader)
    let stored = try reader.readLabels().labels
    return LabelImage(
      grid: space.grid,
      labels: (0..<space.grid.voxelCount).map { stored[reordering.offset(of: $0)] })
  }

  /// A mask; inside is what is finite and not 0.
  mutating func mask(_ path: String) throws -> RegionMask {
    let voxels = Array(0..<space.grid.voxelCount)
    return RegionMask(grid: space.grid, values: try values(path, at: voxels))
  }

  /// The values of some voxels.
  mutating func values(_ path: String, at voxels: [Int]) throws -> [Double] {
    let reader = try NIfTIReader(path: path)
    let reordering = try accept(reader)
    guard reader.volumeCount == 1 else {
      throw ImagingError.notOneVolume(path: path, actual: reader.volumeCount)
    }
    var values: [Double] = []
    try reader.readVolume(voxels: voxels.map(reordering.offset), into: &values)
    return values
  }

  private mutating func accept(_ reader: NIfTIReader) throws -> GridReordering {
    let reordering = try space.reordering(of: reader)
    paths.append(reader.path)
    if !reordering.isIdentity { notes.append(space.note(on: reader)) }
    return reordering
  }
}
