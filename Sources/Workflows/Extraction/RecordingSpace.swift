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
