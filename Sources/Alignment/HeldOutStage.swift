internal import LinearAlgebra

/// What the held-out stimuli say of some units of a source stage: enough to score any mixture of
/// target stages.
///
/// With x a unit's held-out responses and ŷ_m = n_l Σ_j Q_lm[i,j] y_j its prediction from target
/// stage m alone, a mixture Σ_m w_m ŷ_m correlates with x as Σ w_m b_m / (‖x‖ √(wᵀ G w)), where
/// b_m = ⟨x, ŷ_m⟩ and G_mk = ⟨ŷ_m, ŷ_k⟩, all centred. Shuffled and uniform couplings so cost no
/// further pass over the data.
struct HeldOutStage: Sendable {
  private let targetCount: Int
  /// Whether units may be matched in part or not at all.
  private let isPartial: Bool
  /// Whether each unit varies; no correlation is defined with one that does not.
  private var varies: [Bool] = []
  /// b / ‖x‖, unit by unit.
  private var agreement: [Double] = []
  /// G, unit by unit and row by row.
  private var gram: [Double] = []
  /// Σ_j n_l Q_lm[i,j] ρ(x, y_j), unit by unit: matching without mixing units.
  private var matched: [Double] = []
  /// Σ_j n_l Q_lm[i,j], unit by unit: the part of the unit's mass that is matched.
  private var masses: [Double] = []

  init(targetCount: Int, isPartial: Bool) {
    (self.targetCount, self.isPartial) = (targetCount, isPartial)
  }

  /// Adds a unit that does not vary.
  mutating func appendConstantUnit() {
    varies.append(false)
    agreement += repeatElement(0, count: targetCount)
    matched += repeatElement(0, count: targetCount)
    masses += repeatElement(0, count: targetCount)
    gram += repeatElement(0, count: targetCount * targetCount)
  }

  /// Adds a unit by the products of its predictions, a row each, and its responses in the last row.
  ///
  /// A prediction that varies by rounding only counts as one that does not vary.
  mutating func appendUnit(
    products: Matrix<Double>, stimulusCount: Int, matched shares: [Double],
    masses parts: [Double]
  ) {
    let norm = products[targetCount, targetCount].squareRoot()
    let least = 1e-24 * Double(stimulusCount)
    let isUsed = (0..<targetCount).map { products[$0, $0] > least }
    varies.append(true)
    matched += shares
    masses += parts
    for row in 0..<targetCount {
      agreement.append(isUsed[row] ? products[row, targetCount] / norm : 0)
      for column in 0..<targetCount {
        gram.append(isUsed[row] && isUsed[column] ? products[row, column] : 0)
      }
    }
  }

  /// Adds the units of `other` after these.
  mutating func append(_ other: HeldOutStage) {
    varies += other.varies
    agreement += other.agreement
    gram += other.gram
    matched += other.matched
    masses += other.masses
  }
}

extension HeldOutStage {
  /// The correlation of every unit with its prediction when target stage m has weight w_m.
  ///
  /// NaN for a unit that does not vary over the held-out stimuli; 0 when the prediction does not. NaN
  /// for all units when a weight is NaN: without weights there is no prediction.
  func correlations(weights: [Double]) -> [Double] {
    guard !weights.contains(where: \.isNaN) else {
      return [Double](repeating: .nan, count: varies.count)
    }
    let used = weights.indices.filter { weights[$0] != 0 }
    return agreement.withUnsafeBufferPointer { agreement in
      gram.withUnsafeBufferPointer { gram in
        varies.indices.map { unit in
          guard varies[unit] else { return .nan }
          var (covariance, variance) = (0.0, 0.0)
          for row in used {
            covariance += weights[row] * agreement[unit * targetCount + row]
            let start = (unit * targetCount + row) * targetCount
            var sum = 0.0
            for column in used { sum += weights[column] * gram[start + column] }
            variance += weights[row] * sum
          }
          return variance > 0 ? covariance / variance.squareRoot() : 0
        }
      }
    }
  }

  /// Σ_m w_m `matched`_m of every unit, of partial plans divided by Σ_m w_m `masses`_m; NaN for a unit
  /// without mass and for one that does not vary over the held-out stimuli.
  func matchedCorrelations(weights: [Double]) -> [Double] {
    varies.indices.map { unit in
      guard varies[unit] else { return .nan }
      let sum = weighed(matched, of: unit, by: weights)
      guard isPartial else { return sum }
      let mass = weighed(masses, of: unit, by: weights)
      // A mass of less is the rounding of a solver's grains.
      return mass > 1e-9 ? sum / mass : .nan
    }
  }

  private func weighed(_ values: [Double], of unit: Int, by weights: [Double]) -> Double {
    weights.indices.reduce(0) { $0 + weights[$1] * values[unit * targetCount + $1] }
  }
}
