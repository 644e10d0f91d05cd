internal import ChiasmLinearAlgebra

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
  /// Unit by unit, what the target units that it is matched with say one by one.
  private var matches: [MatchedCorrelations] = []

  init(targetCount: Int, isPartial: Bool) {
    (self.targetCount, self.isPartial) = (targetCount, isPartial)
  }

  /// Adds a unit that does not vary.
  mutating func appendConstantUnit() {
    varies.append(false)
    agreement += repeatElement(0, count: targetCount)
    matches += repeatElement(MatchedCorrelations(), count: targetCount)
    gram += repeatElement(0, count: targetCount * targetCount)
  }

  /// Adds a unit by the products of its predictions, a row each, and its responses in the last row.
  ///
  /// A prediction that varies by rounding only counts as one that does not vary.
  mutating func appendUnit(
    products: Matrix<Double>, stimulusCount: Int, matches own: [MatchedCorrelations]
  ) {
    let norm = products[targetCount, targetCount].squareRoot()
    let least = 1e-24 * Double(stimulusCount)
    let isUsed = (0..<targetCount).map { products[$0, $0] > least }
    varies.append(true)
    matches += own
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
    matches += other.matches
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

  /// Σ_m w_m Σ_j n_l Q_lm[i,j] ρ(x, y_j) of every unit, of partial plans divided by the same sum of
  /// masses; NaN for a unit without mass and for one that does not vary over the held-out stimuli.
  func matchedCorrelations(weights: [Double]) -> [Double] {
    varies.indices.map { unit in
      guard varies[unit] else { return .nan }
      let sum = weighed(\.sum, of: unit, by: weights)
      return isPartial ? sum / weighedMass(\.mass, of: unit, by: weights) : sum
    }
  }

  /// The same without the noise of the target, by the mass of target units with a ceiling.
  func noiselessMatchedCorrelations(weights: [Double]) -> [Double] {
    varies.indices.map { unit in
      guard varies[unit] else { return .nan }
      return weighed(\.noiselessSum, of: unit, by: weights)
        / weighedMass(\.noiselessMass, of: unit, by: weights)
    }
  }

  private func weighed(
    _ part: (MatchedCorrelations) -> Double, of unit: Int, by weights: [Double]
  ) -> Double {
    weights.indices.reduce(0) { $0 + weights[$1] * part(matches[unit * targetCount + $1]) }
  }

  /// NaN for no mass; less than 1e-9 is the rounding of a solver's grains.
  private func weighedMass(
    _ part: (MatchedCorrelations) -> Double, of unit: Int, by weights: [Double]
  ) -> Double {
    let mass = weighed(part, of: unit, by: weights)
    return mass > 1e-9 ? mass : .nan
  }
}

/// What the units of one target stage that a source unit is matched with say one by one, unmixed.
struct MatchedCorrelations: Sendable {
  /// Σ_j n_l Q_lm[i,j] ρ(x, y_j).
  private(set) var sum = 0.0
  /// Σ_j n_l Q_lm[i,j]: the part of the unit's mass that is matched.
  private(set) var mass = 0.0
  /// Σ_j n_l Q_lm[i,j] ρ(x, y_j) / √NC_j over the target units that have a ceiling.
  private(set) var noiselessSum = 0.0
  /// Σ_j n_l Q_lm[i,j] over these.
  private(set) var noiselessMass = 0.0

  /// Adds a target unit by n_l Q_lm[i,j] ρ(x, y_j); a ceiling that is NaN is none.
  mutating func add(_ weighedCorrelation: Double, weight: Double, ceiling: Double?) {
    sum += weighedCorrelation
    mass += weight
    guard let ceiling, ceiling > 0 else { return }
    noiselessSum += weighedCorrelation / ceiling.squareRoot()
    noiselessMass += weight
  }
}
