internal import Imaging

/// The voxels of a recording, with the image that defines them.
struct RecordingSpace: Sendable {
  /// The image.
  let path: String
  /// Its header, whose grid and codes results take over.
  let header: NIfTIHeader

  var grid: Grid { header.grid }

  /// How another image stores these voxels; throws where it does not have them.
  func reordering(of image: NIfTIReader) throws -> GridReordering {
    try grid.reordering(of: image.grid, at: image.path, ownPath: path)
  }

  /// What the user is told of an image that stores the voxels in another order.
  func note(on image: NIfTIReader) -> String {
    "\(image.path) is stored as \(image.grid.affine.orientation) and \(path) as "
      + "\(grid.affine.orientation): its voxels are put in order; nothing is resampled."
  }
}
