import Chiasm

/// Two small systems whose covariance is known: every unit is a mix of normal features of the stimuli
/// and noise, x = a · z + e.
///
/// Stage k mixes the features of level k and, at half the strength, those of level k − 1.
struct SimulatedPair {
  let pair: ResponsePair
  /// For each source stage the weights a of its units, a row a unit.
  private let source: [Matrix<Double>]
  private let target: [Matrix<Double>]

  private static let sourceCount = 3
  private static let targetCount = 4
  private static let unitCount = 8
  private static let featureCount = 3
  private static let levelCount = max(sourceCount, targetCount)

  /// Draws a pair.
  ///
  /// - Parameter isRelated: whether both systems see the same features; otherwise each has its own.
  init(stimulusCount: Int, isRelated: Bool, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed, stream: 0xCA11)
    let width = Self.levelCount * Self.featureCount
    let features = Self.normals(stimulusCount, width, using: &generator)
    let others = Self.normals(stimulusCount, width, using: &generator)
    source = (0..<Self.sourceCount).map { Self.weights(level: $0, using: &generator) }
    target = (0..<Self.targetCount).map { Self.weights(level: $0, using: &generator) }
    let ids = (0..<stimulusCount).map { "stimulus \(10_000 + $0)" }
    func set(_ weights: [Matrix<Double>], _ features: Matrix<Double>) throws -> ResponseSet {
      try ResponseSet(
        stimulusIDs: ids,
        stages: weights.enumerated().map { number, weights in
          var responses = features.product(transposing: weights)
          for index in responses.elements.indices {
            responses.elements[index] += generator.normal()
          }
          return Stage(
            name: "stage \(number)",
            responses: Matrix<Float>(
              rowCount: stimulusCount, columnCount: weights.rowCount,
              elements: responses.elements.map { Float($0) }))
        })
    }
    pair = try ResponsePair(
      source: set(source, features), target: set(target, isRelated ? features : others))
  }

  private static func normals(
    _ rows: Int, _ columns: Int, using generator: inout SeededGenerator
  ) -> Matrix<Double> {
    Matrix(
      rowCount: rows, columnCount: columns,
      elements: (0..<rows * columns).map { _ in generator.normal() })
  }

  private static func weights(
    level: Int, using generator: inout SeededGenerator
  ) -> Matrix<Double> {
    var weights = normals(unitCount, levelCount * featureCount, using: &generator)
    for index in weights.elements.indices {
      let distance = level - index % weights.columnCount / featureCount
      weights.elements[index] *= distance == 0 ? 0.7 : distance == 1 ? 0.35 : 0
    }
    return weights
  }
}

extension SimulatedPair {
  /// The score of a fit with all stimuli there could be: for each source stage the mean correlation of
  /// its units with their predictions, from the covariance that the data were drawn with.
  func trueScores(_ fit: FittedTransport) -> [Double] {
    let moments = pair.target.stages.map {
      Standardization(fitting: $0.responses, rows: fit.split.training)
    }
    return source.indices.map { stage in
      let units = 0..<Self.unitCount
      return units.reduce(0) { $0 + correlation(stage, $1, fit, moments) } / Double(units.count)
    }
  }

  /// The correlation of a unit with its prediction Σ c_j y_j: cov(x, y_j) = a · b_j, and
  /// cov(y_j, y_k) = b_j · b_k, plus 1 for j = k.
  private func correlation(
    _ stage: Int, _ unit: Int, _ fit: FittedTransport, _ moments: [Standardization]
  ) -> Double {
    let width = source[stage].columnCount
    var (mixed, noise) = ([Double](repeating: 0, count: width), 0.0)
    for (number, weights) in target.enumerated() {
      let plan = fit.match(stage, number).plan
      for index in plan.indices(ofRow: unit) {
        let column = Int(plan.columns[index])
        let factor =
          fit.shares[stage, number] * plan.masses[index] / moments[number].deviations[column]
        for feature in 0..<width { mixed[feature] += factor * weights[column, feature] }
        noise += factor * factor
      }
    }
    let own = Array(source[stage].row(unit))
    func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
    return dot(own, mixed) / ((dot(own, own) + 1) * (dot(mixed, mixed) + noise)).squareRoot()
  }
}
