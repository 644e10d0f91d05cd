import ChiasmResponses

@testable import ChiasmImaging

extension ScalarImage {
  /// A slice of the image as it is drawn.
  func slice(_ plane: SlicePlane, at index: Int, within box: VoxelBox? = nil) -> PlaneImage {
    CanonicalGrid(of: grid).slice(plane, at: index, within: box) { values[$0] }
  }

  /// What is seen of all slices of a plane at once.
  func projection(
    _ plane: SlicePlane, by rule: ProjectionRule = .greatest, within box: VoxelBox? = nil
  ) -> PlaneImage {
    let voxels = values.indices.filter { !values[$0].isNaN }
    return CanonicalGrid(of: grid).projection(plane, by: rule, within: box, voxels: voxels) {
      values[$0]
    }
  }
}

extension PlaneImage {
  /// The value at a row from the top and a column from the left.
  subscript(row: Int, column: Int) -> Double { values[row * columnCount + column] }

  /// The number of pixels with a value.
  var valueCount: Int { values.count { !$0.isNaN } }
}

extension CanonicalGrid {
  /// Where the image stores a voxel of the canonical grid.
  func offset(_ x: Int, _ y: Int, _ z: Int) -> Int {
    reordering.offset(of: grid.offset(x, y, z))
  }
}
