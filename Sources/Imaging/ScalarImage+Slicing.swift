extension ScalarImage {
  /// The slice of a plane at an index of the canonical axis that it stands on (0: leftmost, hindmost
  /// or lowest), laid out as `SlicePlane` says.
  ///
  /// The stored axes that lie closest to the head's are taken as they are: the voxels of an oblique
  /// image are drawn upright, not resampled.
  /// - Parameters:
  ///   - plane: which plane.
  ///   - index: inside the grid, or it traps.
  ///   - box: what to show of the canonical grid; nil for all.
  public func slice(_ plane: SlicePlane, at index: Int, within box: VoxelBox? = nil) -> PlaneImage {
    CanonicalGrid(of: grid).slice(plane, at: index, within: box) { values[$0] }
  }

  /// What is seen of all slices of a plane at once, by a rule for the values behind each other.
  public func projection(
    _ plane: SlicePlane, by rule: ProjectionRule = .greatest, within box: VoxelBox? = nil
  ) -> PlaneImage {
    let voxels = values.indices.filter { !values[$0].isNaN }
    return CanonicalGrid(of: grid).projection(plane, by: rule, within: box, voxels: voxels) {
      values[$0]
    }
  }
}
