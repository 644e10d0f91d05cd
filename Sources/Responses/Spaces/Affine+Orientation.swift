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

/// A direction of the head: one of its three axes, one way or the other.
public struct AxisDirection: Equatable, Sendable {
  /// 0: left to right, 1: back to front, 2: bottom to top.
  public let axis: Int
  /// Whether it goes to the right, the front or the top; else to the left, the back or the bottom.
  public let isForward: Bool

  /// Takes an axis, 0, 1 or 2, and the way along it.
  public init(axis: Int, isForward: Bool) {
    precondition((0..<3).contains(axis), "A head has three axes.")
    self.axis = axis
    self.isForward = isForward
  }

  /// The end it points to: R or L, A or P, S or I.
  public var letter: String { [["L", "R"], ["P", "A"], ["I", "S"]][axis][isForward ? 1 : 0] }
}

extension Affine {
  /// The columns of the linear part.
  var columns: [SIMD3<Double>] {
    (0..<3).map { column in SIMD3(rows[0][column], rows[1][column], rows[2][column]) }
  }

  /// The columns of the rotation (or reflection) nearest to the linear part without its voxel sizes.
  ///
  /// With L = U · S · Vᵀ after dividing each column by its length, this is U · Vᵀ over the singular
  /// values above rounding (3 · eps · the greatest): shear is taken away, and an axis of no length
  /// leaves a column of zeros. All columns are zero if a number is not finite.
  ///
  /// Method: Jacobi rotations from the right until the columns are orthogonal (Hestenes).
  var nearestRotation: [SIMD3<Double>] {
    guard isFinite else { return [.zero, .zero, .zero] }
    var turned = columns.map { $0.length > 0 ? $0 / $0.length : $0 }
    var turns: [SIMD3<Double>] = [SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)]
    for _ in 0..<30 {
      for (first, second) in [(0, 1), (0, 2), (1, 2)] {
        let (cosine, sine) = Self.orthogonalizing(turned[first], turned[second])
        Self.turn(&turned, first, second, cosine, sine)
        Self.turn(&turns, first, second, cosine, sine)
      }
    }
    let least = (turned.map(\.length).max() ?? 0) * 3 * Double.ulpOfOne
    return (0..<3).map { column in
      (0..<3).reduce(SIMD3<Double>.zero) { sum, one in
        // The turns' columns are those of V: row `column` of V is Vᵀ's column.
        let length = turned[one].length
        return length > least ? sum + turned[one] / length * turns[one][column] : sum
      }
    }
  }

  /// Cosine and sine of the turn that makes two columns orthogonal.
  private static func orthogonalizing(
    _ first: SIMD3<Double>, _ second: SIMD3<Double>
  ) -> (cosine: Double, sine: Double) {
    let product = (first * second).sum()
    guard abs(product) > Double.ulpOfOne * first.length * second.length else { return (1, 0) }
    let zeta = ((second * second).sum() - (first * first).sum()) / (2 * product)
    let tangent = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    return (cosine, cosine * tangent)
  }

  private static func turn(
    _ columns: inout [SIMD3<Double>], _ first: Int, _ second: Int, _ cosine: Double, _ sine: Double
  ) {
    let (one, other) = (columns[first], columns[second])
    columns[first] = cosine * one - sine * other
    columns[second] = sine * one + cosine * other
  }
}

extension SIMD3<Double> {
  fileprivate var length: Double { (self * self).sum().squareRoot() }
}
