internal import Statistics

/// What the held-out stimuli say of one source unit: enough to score any mixture of target stages.
///
/// With x the unit's held-out responses and ŷ_m = n_l Σ_j Q_lm[i,j] y_j its prediction from target
/// stage m alone, a mixture Σ_m w_m ŷ_m correlates with x as Σ w_m b_m / (‖x‖ √(wᵀ G w)), where
/// b_m = ⟨x, ŷ_m⟩ and G_mk = ⟨ŷ_m, ŷ_k⟩, all centred. Shuffled and uniform couplings so cost no
/// further pass over the data.
struct HeldOutUnit: Sendable {
  /// b, divided by ‖x‖; empty when x does not vary, and no correlation with it is defined.
  let agreement: [Double]
  /// G, row by row.
  let gram: [Double]
  /// Σ_j n_l Q_lm[i,j] ρ(x, y_j) for each target stage m: matching without mixing units.
  let matched: [Double]

  init(response: CentredValues, predictions: [CentredValues], matched: [Double]) {
    guard response.varies else {
      (agreement, gram, self.matched) = ([], [], [])
      return
    }
    func product(_ left: CentredValues, _ right: CentredValues) -> Double {
      guard left.varies && right.varies else { return 0 }
      return left.product(with: right)
    }
    agreement = predictions.map { product(response, $0) / response.norm }
    gram = predictions.flatMap { left in predictions.map { product(left, $0) } }
    self.matched = matched
  }

  /// The correlation of the unit with its prediction when target stage m has weight w_m.
  ///
  /// NaN when the unit does not vary over the held-out stimuli; 0 when the prediction does not.
  func correlation(weights: some Collection<Double>) -> Double {
    guard !agreement.isEmpty else { return .nan }
    let used = zip(agreement.indices, weights).filter { $0.1 != 0 }
    var covariance = 0.0
    var variance = 0.0
    for (row, weight) in used {
      covariance += weight * agreement[row]
      for (column, other) in used {
        variance += weight * other * gram[row * agreement.count + column]
      }
    }
    return variance > 0 ? covariance / variance.squareRoot() : 0
  }

  /// Σ_m w_m `matched`_m; NaN when the unit does not vary over the held-out stimuli.
  func matchedCorrelation(weights: some Collection<Double>) -> Double {
    guard !agreement.isEmpty else { return .nan }
    return zip(matched, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
