extension Affine {
  /// From millimetres back to voxel indices; nil where `hasVolume` is false.
  public var inverse: Affine? {
    guard hasVolume else { return nil }
    let volume = determinant
    let shift = SIMD3(rows[0][3], rows[1][3], rows[2][3])
    return Affine(
      rows: normals.map { normal in
        let row = normal / volume
        return [row.x, row.y, row.z, -(row * shift).sum()]
      })
  }

  /// The determinant of the linear part: the volume of a voxel, negative in a left-handed order.
  var determinant: Double { (columns[0] * normals[0]).sum() }

  private var normals: [SIMD3<Double>] {
    let (a, b, c) = (columns[0], columns[1], columns[2])
    return [Self.cross(b, c), Self.cross(c, a), Self.cross(a, b)]
  }

  private static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }
}
