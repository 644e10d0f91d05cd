/// The voxels of an image in space: how many along i, j and k, and where they lie.
public struct Grid: Equatable, Sendable {
  /// Voxels along i, j and k.
  public let shape: [Int]
  /// From voxel indices to millimetres.
  public let affine: Affine

  /// Takes three positive counts and an affine; traps on any other shape.
  public init(shape: [Int], affine: Affine) {
    precondition(shape.count == 3 && shape.allSatisfy { $0 > 0 }, "A grid has three dimensions.")
    self.shape = shape
    self.affine = affine
  }

  /// The number of voxels.
  public var voxelCount: Int { shape[0] * shape[1] * shape[2] }

  /// The place of voxel (i, j, k) in an image's storage: i fastest.
  public func offset(_ i: Int, _ j: Int, _ k: Int) -> Int { i + shape[0] * (j + shape[1] * k) }

  /// The voxel (i, j, k) at a place in an image's storage.
  public func indices(at offset: Int) -> (i: Int, j: Int, k: Int) {
    let plane = shape[0] * shape[1]
    return (offset % shape[0], offset % plane / shape[0], offset / plane)
  }
}
