extension Grid {
  /// The positions in mm of the centres of the eight corner voxels, i fastest.
  public var corners: [[Double]] {
    (0..<8).map { corner in
      let ends = (0..<3).map { corner >> $0 & 1 == 0 ? 0 : Double(shape[$0] - 1) }
      return affine.position(ends[0], ends[1], ends[2])
    }
  }

  /// Whether the other grid has the same shape and its corners lie within `tolerance` mm of ours.
  ///
  /// The distance is the largest difference of a coordinate; NaN matches nothing. Comparing corners
  /// weighs a difference in rotation by what it moves, not by its place in the matrix.
  public func matches(_ other: Grid, tolerance: Double = 1e-4) -> Bool {
    guard shape == other.shape else { return false }
    return zip(corners.joined(), other.corners.joined()).allSatisfy { abs($0 - $1) <= tolerance }
  }
}

extension Grid: CustomStringConvertible {
  /// Shape and affine, on one line.
  public var description: String {
    "\(shape.map(String.init).joined(separator: " × ")) with affine [\(affine)]"
  }
}
