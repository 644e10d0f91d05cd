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
