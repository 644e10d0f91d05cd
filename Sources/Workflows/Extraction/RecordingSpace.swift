internal import ChiasmResponses
internal import ChiasmImaging
internal import ChiasmReporting

/// The voxels of a recording, with the image that defines them.
struct RecordingSpace: Sendable {
  /// The image.
  let path: String
  /// Its header, whose grid and codes results take over.
  let header: NIfTIHeader
  /// How far, in mm, the corners of another image may lie from these.
  let tolerance: Double

  /// Takes the space of an image.
  ///
  /// - Throws: `ImagingError.flatAffine`; `WorkflowError.setting` for a tolerance of half a voxel or
  ///   more, with which a voxel could be its neighbour.
  init(path: String, header: NIfTIHeader, tolerance: Double) throws {
    try header.requireVolume(path: path)
    let half = (header.affine.voxelSizes.min() ?? 0) / 2
    guard tolerance < half || tolerance <= Grid.tolerance else {
      throw WorkflowError.setting(
        name: "The grid tolerance",
        expected: "below \(NumberText.short(half)), half the least voxel size of \(path)",
        actual: NumberText.short(tolerance))
    }
    (self.path, self.header, self.tolerance) = (path, header, tolerance)
  }

  var grid: Grid { header.grid }

  /// How another image stores these voxels, and what the user should know of that; throws where it
  /// does not have them.
  func accept(_ image: NIfTIReader, _ notes: inout ImageNotes) throws -> GridReordering {
    try image.header.requireVolume(path: image.path)
    let reordering = try grid.reordering(
      of: image.grid, at: image.path, ownPath: path, tolerance: tolerance)
    if image.header.affineSource == .voxelSizes {
      notes.add(
        "its qform and sform have code 0, so where its voxels lie is a guess from their sizes: x "
          + "runs left and 0 is the middle of the image", of: image.path)
    }
    if !reordering.isIdentity {
      notes.add(
        "it is stored as \(image.grid.affine.orientation) and \(path) as "
          + "\(grid.affine.orientation); its voxels are put in order, nothing is resampled",
        of: image.path)
    }
    if reordering.difference > grid.rounding {
      notes.add(
        "its grid lies up to \(NumberText.short(reordering.difference, digits: 2)) mm from that of "
          + "\(path) and is taken as the same, within --grid-tolerance "
          + NumberText.short(tolerance), of: image.path)
    }
    return reordering
  }
}

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
      LabelImage(
        grid: grid, labels: reordering.ordered(try reader.readLabels(volume: image.volume).labels))
    }
  }

  /// A mask.
  mutating func mask(_ image: ImageArgument) throws -> RegionMask {
    let grid = space.grid
    return try read(image) { reader, reordering in
      let stored = try reader.readMask(volume: image.volume, threshold: image.threshold)
      return RegionMask(grid: grid, isInside: reordering.ordered(stored.isInside))
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

/// What the user should know of images, with one sentence for all of which the same is true.
struct ImageNotes {
  private var paths: [String: [String]] = [:]
  private var clauses: [String] = []

  /// Adds what is true of an image: a clause that follows its path and a colon.
  mutating func add(_ clause: String, of path: String) {
    if paths[clause] == nil { clauses.append(clause) }
    paths[clause, default: []].append(path)
  }

  /// A sentence each, in the order of the images.
  var sentences: [String] {
    clauses.map { clause in
      let paths = paths[clause] ?? []
      let others = paths.count - 1
      let rest = others == 0 ? "" : others == 1 ? " and 1 more image" : " and \(others) more images"
      return "\(paths.first ?? "")\(rest): \(clause)."
    }
  }
}
