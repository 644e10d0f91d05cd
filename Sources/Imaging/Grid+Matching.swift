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
