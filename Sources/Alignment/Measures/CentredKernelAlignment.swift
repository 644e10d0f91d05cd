internal import ChiasmLinearAlgebra
public import ChiasmResponses
internal import ChiasmStatistics
internal import RealModule

/// Centred kernel alignment (CKA): whether stimuli that are alike in one stage are so in the other.
///
/// ```
/// CKA = HSIC(K, L) / √(HSIC(K, K) HSIC(L, L))
/// K_ab = ⟨x_a, x_b⟩                              linear
/// K_ab = exp(−‖x_a − x_b‖² / (2 σ²))             gaussian, σ = fraction × median of ‖x_a − x_b‖
/// HSIC(K, L) = ⟨H K H, H L H⟩, H = 1 − 1 1ᵀ/T    biased
/// HSIC(K, L) = ⟨K̃, L̃⟩                            debiased: K̃ and L̃ are U-centred
/// ```
/// for patterns x_a of centred responses to T stimuli. The median is over pairs of different stimuli.
/// With linear kernels the biased value is ‖Yᵀ X‖² / (‖Xᵀ X‖ ‖Yᵀ Y‖). U-centring sets the diagonal to
/// zero and takes from K_ab the α_a + α_b that fit the rest of K best; ⟨K̃, L̃⟩ / (T (T − 3)) is the
/// unbiased estimate of HSIC by Song2012 (the two forms are equal; U-centring is of
/// SzekelyRizzo2014).
///
/// Greater is more alike; the same in both directions; unchanged by rotation of the units and by one
/// factor for all. Range [0, 1] biased, [−1, 1] debiased; 1 for a stage and itself. The biased value
/// goes to 1 for unrelated stages when they have many more units than there are stimuli; the debiased
/// one stays near 0 (MurphyZylberbergFyshe2024).
///
/// Repeats of a stimulus, in a bootstrap sample, count as stimuli of their own in the biased form. In
/// the debiased form their pairs are left out like the diagonal, and the α are fitted to the pairs
/// that remain. NaN when nothing of a kernel is left.
///
/// The dissimilarities d_ab of an RDM are taken for ‖x_a − x_b‖²: K_ab = −d_ab / 2 is the linear kernel
/// once it is centred either way, and the gaussian one is their function, where one below 0 counts as 0.
///
/// Complexity: T² n to prepare a stage of n units, T² to compare; memory T² numbers a stage.
/// References: Kornblith2019, Song2012.
public struct CentredKernelAlignment: Measure {
  /// How alike two patterns of responses are.
  public enum Kernel: Sendable, Equatable {
    /// ⟨x, y⟩.
    case linear
    /// exp(−‖x − y‖² / (2 σ²)), σ being this fraction of the median distance.
    case gaussian(fraction: Double)
  }

  /// How alike two patterns are.
  public let kernel: Kernel
  /// Whether the estimate of HSIC is unbiased.
  public let isDebiased: Bool

  /// `cka`, `cka-rbf-<fraction>`, either with `-debiased`.
  public var name: String {
    let suffix = isDebiased ? "-debiased" : ""
    guard case .gaussian(let fraction) = kernel else { return "cka" + suffix }
    return "cka-rbf-\(fraction)" + suffix
  }

  /// Four in the debiased form.
  public var leastStimulusCount: Int { isDebiased ? 4 : 3 }

  /// Linear and biased, unless told otherwise.
  ///
  /// - Throws: `AlignmentError.settingOutOfRange` when the fraction of a gaussian kernel is not a
  ///   positive finite number.
  public init(kernel: Kernel = .linear, isDebiased: Bool = false) throws(AlignmentError) {
    if case .gaussian(let fraction) = kernel, !(fraction > 0 && fraction.isFinite) {
      throw .settingOutOfRange(
        measure: "cka-rbf", setting: "fraction of the median distance", value: fraction,
        allowed: "a positive number")
    }
    self.kernel = kernel
    self.isDebiased = isDebiased
  }

  /// Computes and centres the kernel.
  public func prepare(
    _ stage: Stage, rows: [Int]
  ) throws(AlignmentError) -> CentredKernel {
    let fit = try standardization(of: stage, rows: rows)
    let patterns = centredResponses(stage, rows: rows, fit: fit)
    let groups = StimulusGroups(rows)
    return centred(
      kernel == .linear
        ? patterns.product(transposing: patterns) : gaussian(squaredDistances(patterns), groups),
      groups)
  }

  /// True.
  public var takesDissimilarities: Bool { true }

  /// Makes the kernel of squared distances, and centres it.
  public func prepare(
    _ stage: DissimilarityStage, rows: [Int]
  ) throws(AlignmentError) -> CentredKernel {
    try checkCount(rows)
    let groups = StimulusGroups(rows)
    var matrix = stage.selectingStimuli(rows).matrix
    for index in matrix.elements.indices {
      let square = matrix.elements[index]
      matrix.elements[index] = kernel == .linear ? -square / 2 : max(0, square)
    }
    return centred(kernel == .linear ? matrix : gaussian(matrix, groups), groups)
  }

  private func centred(_ matrix: Matrix<Double>, _ groups: StimulusGroups) -> CentredKernel {
    isDebiased ? CentredKernel(debiasing: matrix, groups) : CentredKernel(matrix)
  }

  /// Compares two kernels.
  public func value(
    _ source: CentredKernel, _ target: CentredKernel
  ) throws(AlignmentError) -> Double {
    source.cosine(with: target)
  }

  /// Reorders the kernel.
  public func reordering(_ prepared: CentredKernel, by order: [Int]) -> CentredKernel? {
    prepared.reordered(order)
  }

  private func gaussian(
    _ squares: Matrix<Double>, _ groups: StimulusGroups
  ) -> Matrix<Double> {
    guard case .gaussian(let fraction) = kernel else { return squares }
    let median = medianDistance(squares, groups)
    var kernel = squares
    let scale = -1 / (2 * fraction * fraction * median * median)
    for index in kernel.elements.indices {
      // Where more than half of the pairs are equal, the kernel only tells equal from different.
      let square = kernel.elements[index]
      kernel.elements[index] = median > 0 ? Double.exp(square * scale) : (square > 0 ? 0 : 1)
    }
    return kernel
  }
}

/// The median distance over pairs of different stimuli.
private func medianDistance(_ squares: Matrix<Double>, _ groups: StimulusGroups) -> Double {
  let count = squares.rowCount
  var distances: [Double] = []
  for row in 0..<count {
    for column in row + 1..<max(count, row + 1)
    where groups.groups[row] != groups.groups[column] {
      distances.append(squares[row, column].squareRoot())
    }
  }
  return Quantiles(distances).median
}

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
