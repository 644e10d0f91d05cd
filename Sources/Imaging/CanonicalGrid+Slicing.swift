extension CanonicalGrid {
  /// The slice of a plane, of values by their place in the storage.
  func slice(
    _ plane: SlicePlane, at index: Int, within box: VoxelBox?, value: (Int) -> Double
  ) -> PlaneImage {
    precondition((0..<grid.shape[plane.normalAxis]).contains(index), "The grid has the slice.")
    let start = reordering.steps[plane.normalAxis] * index
    return picture(plane, within: box) { value(start + $0) }
  }

  /// The values behind each other as one, of values by their place in the storage.
  ///
  /// - Parameter voxels: the places to look at; the others have no value.
  func projection(
    _ plane: SlicePlane, by rule: ProjectionRule, within box: VoxelBox?, voxels: [Int],
    value: (Int) -> Double
  ) -> PlaneImage {
    let box = box ?? VoxelBox(whole: grid)
    let (columns, rows) = (box.ranges[plane.rightwardAxis], box.ranges[plane.upwardAxis])
    var behind = [[Double]](repeating: [], count: rows.count * columns.count)
    for voxel in voxels where contains(voxel, box) {
      let right = index(of: voxel, along: plane.rightwardAxis) - columns.lowerBound
      let down = rows.upperBound - 1 - index(of: voxel, along: plane.upwardAxis)
      behind[down * columns.count + right].append(value(voxel))
    }
    return PlaneImage(
      plane: plane, rowCount: rows.count, columnCount: columns.count,
      values: behind.map(rule.value), pixelWidth: voxelSizes[plane.rightwardAxis],
      pixelHeight: voxelSizes[plane.upwardAxis])
  }

  private func contains(_ voxel: Int, _ box: VoxelBox) -> Bool {
    (0..<3).allSatisfy { box.ranges[$0].contains(index(of: voxel, along: $0)) }
  }

  /// A picture of a plane, a pixel a voxel, from places in the storage at index 0 of the normal.
  private func picture(
    _ plane: SlicePlane, within box: VoxelBox?, value: (Int) -> Double
  ) -> PlaneImage {
    let box = box ?? VoxelBox(whole: grid)
    let (right, up) = (plane.rightwardAxis, plane.upwardAxis)
    let (columns, rows) = (box.ranges[right], box.ranges[up])
    let values = rows.reversed().flatMap { row in
      let start = reordering.origin + row * reordering.steps[up]
      return columns.map { value(start + $0 * reordering.steps[right]) }
    }
    return PlaneImage(
      plane: plane, rowCount: rows.count, columnCount: columns.count, values: values,
      pixelWidth: voxelSizes[right], pixelHeight: voxelSizes[up])
  }

  /// Millimetres, along the plane's normal, of the middle of a slice.
  func position(of plane: SlicePlane, at index: Int) -> Double {
    var middle = grid.shape.map { Double($0 - 1) / 2 }
    middle[plane.normalAxis] = Double(index)
    return grid.affine.position(middle[0], middle[1], middle[2])[plane.normalAxis]
  }
}
