/// A map from voxel indices (i, j, k) to millimetres (x, y, z): the upper three rows of a 4 × 4 matrix.
///
/// x grows to the right, y to the front, z to the top of the head ("RAS+").
public struct Affine: Equatable, Sendable {
  /// Three rows of four numbers: the linear part and, last in each row, the translation in mm.
  public let rows: [[Double]]

  /// Takes three rows of four numbers; traps on any other shape.
  public init(rows: [[Double]]) {
    precondition(rows.count == 3 && rows.allSatisfy { $0.count == 4 }, "An affine is 3 × 4.")
    self.rows = rows
  }

  /// Millimetres of the centre of voxel (i, j, k); the indices need not be whole or inside the grid.
  public func position(_ i: Double, _ j: Double, _ k: Double) -> [Double] {
    rows.map { $0[0] * i + $0[1] * j + $0[2] * k + $0[3] }
  }

  /// Whether every number is finite.
  public var isFinite: Bool { rows.allSatisfy { $0.allSatisfy(\.isFinite) } }

  /// Whether the voxels have a volume: every number is finite and no voxel is flat.
  ///
  /// The determinant must be above 1e-6 of the volume of a brick with the same edges: below, the
  /// rounding of NIfTI's float32 is all that keeps the axes apart.
  public var hasVolume: Bool { isFinite && abs(determinant) > 1e-6 * voxelSizes.reduce(1, *) }

  /// Millimetres between neighbouring voxels along i, j and k: the lengths of the linear columns.
  public var voxelSizes: [Double] {
    (0..<3).map { column in
      rows.reduce(0) { $0 + $1[column] * $1[column] }.squareRoot()
    }
  }
}

extension Affine: CustomStringConvertible {
  /// The rows to 1e-5, with semicolons between them.
  public var description: String {
    rows.map { $0.map(Self.text).joined(separator: " ") }.joined(separator: "; ")
  }

  private static func text(_ number: Double) -> String {
    // Adding 0 turns -0 into 0.
    "\((number * 1e5).rounded() / 1e5 + 0)"
  }
}

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
