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
