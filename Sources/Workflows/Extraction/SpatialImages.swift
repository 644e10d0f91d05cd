internal import ChiasmImaging

/// Reads images of one volume onto the voxels of a recording, and remembers what it read.
struct SpatialImages {
  let space: RecordingSpace
  /// The files that were read.
  private(set) var paths: [String] = []
  private var remarks = ImageNotes()

  init(space: RecordingSpace) { self.space = space }

  /// What the user should know of the files.
  var notes: [String] { remarks.sentences }

  /// An image of whole numbers.
  mutating func labels(_ image: ImageArgument) throws -> LabelImage {
    let grid = space.grid
    return try read(image) { reader, reordering in
      let stored = try reader.readLabels(volume: image.volume).labels
      return LabelImage(
        grid: grid,
        labels: (0..<grid.voxelCount).map { stored[reordering.offset(of: $0)] })
    }
  }

  /// A mask.
  mutating func mask(_ image: ImageArgument) throws -> RegionMask {
    let grid = space.grid
    return try read(image) { reader, reordering in
      let stored = try reader.readMask(volume: image.volume, threshold: image.threshold).isInside
      return RegionMask(
        grid: grid,
        isInside: (0..<grid.voxelCount).map { stored[reordering.offset(of: $0)] })
    }
  }

  /// The values of some voxels.
  mutating func values(_ image: ImageArgument, at voxels: [Int]) throws -> [Double] {
    try read(image) { reader, reordering in
      try reader.readOne(volume: image.volume, voxels: voxels.map(reordering.offset))
    }
  }

  private mutating func read<Value>(
    _ image: ImageArgument, _ body: (NIfTIReader, GridReordering) throws -> Value
  ) throws -> Value {
    let reader = try NIfTIReader(path: image.path)
    let reordering = try space.accept(reader, &remarks)
    paths.append(reader.path)
    let value = try body(reader, reordering)
    for note in reader.notes { remarks.add(note, of: reader.path) }
    return value
  }
}
