internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// A hierarchy of random features of stimuli that exist only by number.
///
/// A unit of layer k is max(0, d + 1/2), with d the standardised sum of a mix of units of layer
/// k − 1, of a mix of latent features that are new in layer k, and of a little of its own. So
/// neighbouring layers correlate, and every layer holds something that no other has.
struct SimulatedModel: Sendable {
  struct Layer: Sendable {
    let name: String
    /// For each unit a value a stimulus.
    let units: [[Double]]
  }

  let layers: [Layer]

  private static let unitCounts = [48, 96, 80, 64, 72, 56]
  /// The units of all layers.
  static var unitCount: Int { unitCounts.reduce(0, +) }
  /// The units of the widest layer.
  static var widest: Int { unitCounts.max() ?? 0 }
  private static let latentCount = 12

  /// - Parameters:
  ///   - dependence: how the stimuli depend on each other; nil where they do not.
  ///   - isHidden: whether it is a model of its own, that has nothing to do with the one of the same seed.
  init(
    stimulusCount: Int, seed: UInt64, dependence: SimulatedDependence? = nil, isHidden: Bool = false
  ) {
    var layers: [Layer] = []
    for (index, unitCount) in Self.unitCounts.enumerated() {
      var generator = SeededGenerator(
        seed: seed,
        stream: isHidden ? SimulationStream.hiddenLayer(index) : SimulationStream.layer(index))
      let latents = (0..<Self.latentCount).map { _ in
        Self.deviates(stimulusCount, dependence, using: &generator)
      }
      let below = layers.last?.units.map(\.standardized)
      let units = (0..<unitCount).map { _ in
        Self.unit(below: below, latents: latents, dependence, using: &generator)
      }
      layers.append(Layer(name: "layer\(index + 1)", units: units))
    }
    self.layers = layers
  }

  private static func unit(
    below: [[Double]]?, latents: [[Double]], _ dependence: SimulatedDependence?,
    using generator: inout SeededGenerator
  ) -> [Double] {
    var drive = Mixture.draw(4, of: latents, using: &generator) { $0.normal() }.standardized
    if let below {
      let inherited = Mixture.draw(8, of: below, using: &generator) { $0.normal() }
      Mixture.add(inherited.standardized, times: 1, to: &drive)
    }
    let own = deviates(drive.count, dependence, using: &generator)
    Mixture.add(own, times: 0.3, to: &drive)
    return drive.standardized.map { max(0, $0 + 0.5) }
  }

  private static func deviates(
    _ count: Int, _ dependence: SimulatedDependence?, using generator: inout SeededGenerator
  ) -> [Double] {
    dependence?.deviates(count, using: &generator) ?? (0..<count).map { _ in generator.normal() }
  }
}

extension SimulatedModel.Layer {
  /// Stimuli × units, with the stimuli in the order `rows`.
  func responses(rows: [Int]) -> Matrix<Float> {
    Matrix(
      rowCount: rows.count, columnCount: units.count,
      elements: rows.flatMap { row in units.map { Float($0[row]) } })
  }
}

/// Sums of randomly chosen columns, each column a value a stimulus.
enum Mixture {
  /// A weighted sum of `count` different columns.
  ///
  /// - Parameter weight: draws the weight of a column.
  static func draw(
    _ count: Int, of columns: [[Double]], using generator: inout SeededGenerator,
    weight: (inout SeededGenerator) -> Double
  ) -> [Double] {
    var sum = [Double](repeating: 0, count: columns[0].count)
    for choice in generator.permutation(of: columns.count).prefix(count) {
      add(columns[choice], times: weight(&generator), to: &sum)
    }
    return sum
  }

  /// Adds `factor` × `column` to `sum`.
  static func add(_ column: [Double], times factor: Double, to sum: inout [Double]) {
    for index in sum.indices { sum[index] += factor * column[index] }
  }
}

extension [Double] {
  /// The values with mean 0 and variance 1 (divided by n); they must not all be equal.
  var standardized: [Double] {
    let mean = reduce(0, +) / Double(count)
    let variance = reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    return map { ($0 - mean) / variance.squareRoot() }
  }
}
