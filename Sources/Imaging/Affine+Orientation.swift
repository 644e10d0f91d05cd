extension Affine {
  /// Along which axis of the head each of i, j and k runs most, and which way.
  ///
  /// Of all rotations the one nearest to the affine without its voxel sizes is looked at (see
  /// `nearestRotation`). The voxel axis that lies closest to an axis of the head takes it, then the
  /// next one, of what is left: the rule of nibabel's `io_orientation`. Of equals, to 1e-12, the
  /// first voxel axis comes first and takes the first axis of the head. An axis of no length has no
  /// direction, and none has one where a number is not finite.
  public var axisDirections: [AxisDirection?] {
    var columns = nearestRotation
    let strengths = columns.map { ($0 * $0).max() }
    let order = strengths.indices.sorted {
      let difference = strengths[$0] - strengths[$1]
      return abs(difference) > Self.tie ? difference > 0 : $0 < $1
    }
    var directions: [AxisDirection?] = [nil, nil, nil]
    for voxelAxis in order {
      let column = columns[voxelAxis]
      guard let axis = Self.strongest(column) else { continue }
      directions[voxelAxis] = AxisDirection(axis: axis, isForward: column[axis] > 0)
      for other in columns.indices { columns[other][axis] = 0 }
    }
    return directions
  }

  /// The ends of the head that i, j and k point to, as three letters of R/L, A/P, S/I: "RAS", "LPI" …
  ///
  /// See `axisDirections`; an axis without a direction makes that letter "?".
  public var orientation: String { axisDirections.map { $0?.letter ?? "?" }.joined() }

  private static let tie = 1e-12

  /// The axis of the greatest part, the first of equals; nil if every part is nothing.
  private static func strongest(_ column: SIMD3<Double>) -> Int? {
    let parts = (0..<3).map { abs(column[$0]) }
    let greatest = parts.max() ?? 0
    return greatest > 1e-8 ? parts.firstIndex { $0 >= greatest - tie } : nil
  }
}
