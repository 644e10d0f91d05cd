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

extension Grid {
  /// The positions in mm of the centres of the eight corner voxels, i fastest.
  public var corners: [[Double]] {
    (0..<8).map { corner in
      let ends = (0..<3).map { corner >> $0 & 1 == 0 ? 0 : Double(shape[$0] - 1) }
      return affine.position(ends[0], ends[1], ends[2])
    }
  }

  /// How far apart, in mm, the corners of two grids may lie that are taken as one: 0.001. Programs
  /// that write one affine in two ways differ by less, and no voxel is as small.
  public static let tolerance = 1e-3

  /// The largest difference of a coordinate between our corners and those of a grid of the same
  /// shape, in mm; nil for another shape, NaN where a number is not finite.
  ///
  /// Comparing corners weighs a difference in rotation by what it moves, not by its place in the
  /// matrix.
  public func difference(from other: Grid) -> Double? {
    guard shape == other.shape else { return nil }
    return zip(corners.joined(), other.corners.joined()).reduce(0) { greatest, pair in
      let difference = abs(pair.0 - pair.1)
      return difference <= greatest || greatest.isNaN ? greatest : difference
    }
  }

  /// Whether the other grid has the same shape and its corners lie within `tolerance` mm of ours.
  ///
  /// See `difference`; NaN matches nothing.
  public func matches(_ other: Grid, tolerance: Double = Self.tolerance) -> Bool {
    difference(from: other).map { $0 <= tolerance } ?? false
  }

  /// What the float32 numbers of a NIfTI header leave open in the place of a corner, in mm: four ulp
  /// of the coordinate that lies farthest out.
  public var rounding: Double {
    4 * Double(Float(corners.joined().reduce(0) { max($0, abs($1)) }).ulp)
  }
}

extension Grid: CustomStringConvertible {
  /// Shape and affine, on one line.
  public var description: String {
    "\(shape.map(String.init).joined(separator: " × ")) with affine [\(affine)]"
  }
}
