extension Affine {
  /// From millimetres back to voxel indices; nil if the voxels have no volume or a number is not
  /// finite.
  public var inverse: Affine? {
    let (a, b, c) = (columns[0], columns[1], columns[2])
    let normals = [Self.cross(b, c), Self.cross(c, a), Self.cross(a, b)]
    let volume = (a * normals[0]).sum()
    // Relative to a brick of the same edges, so that the voxel sizes do not matter.
    let brick = voxelSizes.reduce(1, *)
    guard isFinite, abs(volume) > 1e-12 * brick else { return nil }
    let shift = SIMD3(rows[0][3], rows[1][3], rows[2][3])
    return Affine(
      rows: normals.map { normal in
        let row = normal / volume
        return [row.x, row.y, row.z, -(row * shift).sum()]
      })
  }

  private static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }
}
