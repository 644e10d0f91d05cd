internal import ChiasmFiles
internal import Foundation
internal import ChiasmImaging

/// The maps of an alignment on the grid of the recording.
struct BrainMaps: Sendable {
  let expectedDepth: ScalarImage
  /// The number of the best target stage, from 1; NaN outside the regions.
  let bestLayer: ScalarImage
  let heldOutScore: ScalarImage

  /// Reads the maps; nil for an alignment without, whose source is not a brain.
  ///
  /// - Throws: for a map that is missing beside others, is damaged or lies on another grid.
  init?(folder: String) throws {
    guard FileManager.default.fileExists(atPath: folder) else { return nil }
    func path(_ name: String) -> String { "\(folder)/\(name).nii.gz" }
    expectedDepth = try NIfTIReader(path: path("expected_depth")).readScalars()
    bestLayer = ScalarImage(try NIfTIReader(path: path("best_layer_dseg")).readLabels())
    heldOutScore = try NIfTIReader(path: path("heldout_score")).readScalars()
    for (name, map) in [("best_layer_dseg", bestLayer), ("heldout_score", heldOutScore)]
    where map.grid.shape != expectedDepth.grid.shape {
      throw ArrayFileError.malformed(
        path: path(name),
        problem: "has \(map.grid.shape) voxels, but expected_depth has "
          + "\(expectedDepth.grid.shape); align anew")
    }
  }
}
