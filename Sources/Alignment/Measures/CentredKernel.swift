internal import ChiasmLinearAlgebra

/// A kernel over stimuli after centring, of length 1: the products of two are alignments.
public struct CentredKernel: Sendable {
  /// T × T; NaN when the centred kernel is zero.
  let direction: [Double]

  private init(direction: [Double]) { self.direction = direction }

  /// H K H with H = 1 − 1 1ᵀ/T.
  init(_ kernel: Matrix<Double>) {
    let count = kernel.rowCount
    let means = kernel.rowSums.map { $0 / Double(count) }
    let mean = means.reduce(0, +) / Double(count)
    direction = normalized(kernel.subtracting(sums: means.map { $0 - mean / 2 }).elements, kernel)
  }

  /// K_ab − α_a − α_b where a and b are different stimuli, 0 elsewhere, with the α of least squares.
  ///
  /// With w_a positions that show stimulus a, of T, and r_a the sum of K_ab over the b of other
  /// stimuli, the normal equations are (T − 2 w_a) α_a + S = r_a with S the sum of all α.
  init(debiasing kernel: Matrix<Double>, _ groups: StimulusGroups) {
    let count = kernel.rowCount
    let excluded = groups.repeatedPairs + (0..<count).map { ($0, $0) }
    var kernel = kernel
    for (row, column) in excluded { kernel[row, column] = 0 }
    let terms = additiveTerms(
      sums: kernel.rowSums, weights: (0..<count).map { groups.count(at: $0) })
    var centred = kernel.subtracting(sums: terms)
    for (row, column) in excluded { centred[row, column] = 0 }
    direction = normalized(centred.elements, kernel)
  }

  /// The kernel of the stimuli in another order.
  func reordered(_ order: [Int]) -> CentredKernel {
    precondition(order.count * order.count == direction.count, "Every stimulus has one place.")
    return CentredKernel(
      direction: order.flatMap { row in
        order.map { direction[row * order.count + $0] }
      })
  }

  /// ⟨K, L⟩ / (‖K‖ ‖L‖).
  func cosine(with other: CentredKernel) -> Double {
    precondition(direction.count == other.direction.count, "The stages have other stimuli.")
    return zip(direction, other.direction).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

/// The α that solve (T − 2 w_a) α_a + S = r_a with S = Σ α, over T positions.
private func additiveTerms(sums: [Double], weights: [Int]) -> [Double] {
  let count = sums.count
  // A stimulus that fills half of the sample fixes S by itself, and takes what the others leave.
  if let half = weights.firstIndex(where: { 2 * $0 == count }) {
    let total = sums[half]
    var terms = zip(sums, weights).map { sum, weight in
      2 * weight == count ? 0 : (sum - total) / Double(count - 2 * weight)
    }
    let rest = (total - terms.reduce(0, +)) / Double(weights[half])
    for index in terms.indices where 2 * weights[index] == count { terms[index] = rest }
    return terms
  }
  let divisors = weights.map { Double(count - 2 * $0) }
  let total =
    zip(sums, divisors).reduce(0) { $0 + $1.0 / $1.1 }
    / (1 + divisors.reduce(0) { $0 + 1 / $1 })
  return zip(sums, divisors).map { ($0 - total) / $1 }
}

/// The values divided by their length; NaN when that is rounding beside the length of `original`.
private func normalized(_ values: [Double], _ original: Matrix<Double>) -> [Double] {
  func length(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
  let norm = length(values)
  let isZero = norm <= 1e-12 * length(original.elements)
  return values.map { isZero ? .nan : $0 / norm }
}

extension Matrix<Double> {
  fileprivate var rowSums: [Double] { (0..<rowCount).map { row($0).reduce(0, +) } }

  /// The square matrix with elements A_ab − s_a − s_b.
  fileprivate func subtracting(sums: [Double]) -> Matrix<Double> {
    var result = self
    result.elements.withUnsafeMutableBufferPointer { elements in
      for row in 0..<rowCount {
        for column in 0..<columnCount {
          elements[row * columnCount + column] -= sums[row] + sums[column]
        }
      }
    }
    return result
  }
}
