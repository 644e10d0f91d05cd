public import ChiasmLinearAlgebra
public import ChiasmStatistics

/// What one measure says of all pairs of stages, on the data and on draws from them.
public struct MeasuredPairs: Sendable {
  /// The name of the measure.
  public let measure: String
  /// Whether a smaller value means more alike.
  public let isDistance: Bool
  /// Source stages × target stages; NaN where the measure is not defined.
  public let values: Matrix<Double>
  /// The values for each permutation of the target's stimuli.
  public let permuted: [Matrix<Double>]
  /// The values for each bootstrap sample of stimuli.
  public let resampled: [Matrix<Double>]

  /// Gathers values of all pairs of stages, source stages × target stages.
  public init(
    measure: String, isDistance: Bool, values: Matrix<Double>, permuted: [Matrix<Double>],
    resampled: [Matrix<Double>]
  ) {
    (self.measure, self.isDistance, self.values) = (measure, isDistance, values)
    (self.permuted, self.resampled) = (permuted, resampled)
  }
}

extension MeasuredPairs {
  /// For each source stage the target stage that is most alike, the first of equals; nil where no
  /// value is defined.
  public var preferredTargets: [Int?] {
    (0..<values.rowCount).map { grade(values, $0).indexOfGreatest() }
  }

  /// For each source stage and target stage the share of bootstrap samples in which it is the
  /// preferred one; NaN where no sample has a value.
  public var preferenceRates: Matrix<Double> { preferenceRates(in: resampled) }

  /// The same over permutations: how often it is preferred where nothing relates the stages, which is
  /// often for a wide stage.
  public var permutedPreferenceRates: Matrix<Double> { preferenceRates(in: permuted) }

  private func preferenceRates(in draws: [Matrix<Double>]) -> Matrix<Double> {
    var rates = Matrix(rowCount: values.rowCount, columnCount: values.columnCount, repeating: 0.0)
    for row in 0..<values.rowCount {
      let choices = draws.compactMap { grade($0, row).indexOfGreatest() }
      for choice in choices { rates[row, choice] += 1 }
      for column in 0..<values.columnCount { rates[row, column] /= Double(choices.count) }
    }
    return rates
  }

  /// The values of one pair when the target's stimuli are permuted.
  public func null(_ row: Int, _ column: Int) -> NullDistribution {
    NullDistribution(permuted.map { $0[row, column] })
  }

  /// The share of permutations, the data counted in, whose value for a pair is at least as good; NaN
  /// without permutations.
  public func pValue(_ row: Int, _ column: Int) -> Double {
    pValue { grade($0, row)[column] }
  }

  /// The same for the best value over all target stages of a source stage, which takes account of the
  /// choice among them.
  public func pValueOfPreferred(_ row: Int) -> Double {
    pValue { matrix in
      let grades = grade(matrix, row)
      return grades.indexOfGreatest().map { grades[$0] } ?? .nan
    }
  }

  /// The interval of one pair, always of percentiles: BCa would take for a bias of the data that a sample
  /// has fewer different stimuli, and be too narrow.
  public func interval(_ row: Int, _ column: Int) -> BootstrapInterval {
    bootstrap(row, column).interval(estimate: values[row, column], jackknife: nil)
  }

  /// The values of one pair on bootstrap samples.
  public func bootstrap(_ row: Int, _ column: Int) -> BootstrapDistribution {
    BootstrapDistribution(resampled.map { $0[row, column] })
  }
}

extension MeasuredPairs {
  /// One row, turned so that greater is more alike.
  private func grade(_ matrix: Matrix<Double>, _ row: Int) -> [Double] {
    matrix.row(row).map { isDistance ? -$0 : $0 }
  }

  private func pValue(_ grade: (Matrix<Double>) -> Double) -> Double {
    permuted.isEmpty ? .nan : NullDistribution(permuted.map(grade)).pValue(of: grade(values))
  }
}
