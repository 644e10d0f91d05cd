internal import ChiasmLinearAlgebra
internal import ChiasmTransport

/// What it costs to match the units of two stages, for each of several splits: 1 − ρ, in [0, 2].
///
/// ρ is Pearson's correlation over the training stimuli of a split. Splits of the same stimuli share
/// most of their work: cross-products over all stimuli are taken once, and those over the stimuli that
/// a split does not train on are taken away from them, wherever this is less work than to take each
/// split by itself and loses no digits.
///
/// Means and deviations are taken in double precision. So are cross-products over few stimuli, where
/// they are little work beside the transport and costs of different plans lie close together. Those over
/// more stimuli are taken in single precision, at twice the speed: a cost is then right to some 1e-7, and
/// a unit costs at most that against itself. Memory: the scaled responses of both stages, and one or two
/// numbers of 4 bytes, or one of 8, for each pair of units.
struct PairCosts: ~Copyable {
  private let source: StageAcrossSplits
  private let target: StageAcrossSplits
  /// The scaled responses to all stimuli and their cross-products; nil when they are of no use.
  private let shared: Shared?
  private var products: [Float] = []

  private struct Shared {
    let source: Matrix<Float>
    let target: Matrix<Float>
    let products: [Float]
  }

  /// Prepares a pair of stages.
  init(_ source: StageAcrossSplits, _ target: StageAcrossSplits) {
    (self.source, self.target) = (source, target)
    let stimulusCount = source.stimulusCount
    let saved = source.splits.indices.reduce(0) { saved, split in
      guard !source.hasFewStimuli(inSplit: split) else { return saved }
      let training = source.splits[split].training.count
      let isSteady = source.isSteady[split] && target.isSteady[split]
      return saved + (isSteady ? max(0, 2 * training - stimulusCount) : 0)
    }
    guard saved > stimulusCount else {
      shared = nil
      return
    }
    let (left, right) = (source.scaledResponses(), target.scaledResponses())
    var products: [Float] = []
    left.crossProduct(with: right, columns: 0..<right.columnCount, into: &products)
    shared = Shared(source: left, target: right, products: products)
  }

  /// The costs of one split as a solver takes them: its varying units of the source × those of the
  /// target, eight bytes each where the split trains on few stimuli, four where it trains on more.
  mutating func costMatrix(ofSplit split: Int) throws(TransportError) -> CostMatrix {
    source.hasFewStimuli(inSplit: split)
      ? try CostMatrix(preciseCosts(ofSplit: split)) : try CostMatrix(costs(ofSplit: split))
  }

  /// The costs of one split in double precision.
  func preciseCosts(ofSplit split: Int) -> Matrix<Double> {
    let sides = [source, target].map { NormalizedUnits($0.splits[split]) }
    return sides[0].costs(against: sides[1])
  }

  /// The costs of one split in single precision.
  mutating func costs(ofSplit split: Int) -> Matrix<Float> {
    let training = Set(source.splits[split].training)
    guard let shared, source.isSteady[split] && target.isSteady[split],
      2 * training.count > source.stimulusCount
    else {
      return costs(Self.training(split, of: source), Self.training(split, of: target), whole: [])
    }
    let others = (0..<source.stimulusCount).filter { !training.contains($0) }
    let costs = costs(
      (shared.source.selectingRows(others), source.moments(ofSplit: split, after: source.scaling)),
      (shared.target.selectingRows(others), target.moments(ofSplit: split, after: target.scaling)),
      whole: shared.products)
    return selecting(split, of: costs)
  }

  private typealias Side = (responses: Matrix<Float>, moments: StageAcrossSplits.Moments)

  /// The training stimuli of a split, scaled by its own moments.
  private static func training(_ split: Int, of stage: StageAcrossSplits) -> Side {
    let one = stage.splits[split]
    let scaling = AffineScaling(one.fit, columns: one.fit.varyingColumns)
    return (
      scaling(one.responses, rows: one.trainingRows),
      stage.moments(ofSplit: split, after: scaling)
    )
  }

  /// The rows and columns of units that vary over the training stimuli of a split.
  private func selecting(_ split: Int, of costs: Matrix<Float>) -> Matrix<Float> {
    costs.selectingRows(Self.places(of: source, split))
      .selectingColumns(Self.places(of: target, split))
  }

  private static func places(of stage: StageAcrossSplits, _ split: Int) -> [Int] {
    let varying = Set(stage.splits[split].unitColumns)
    return stage.scaling.columns.indices.filter { varying.contains(stage.scaling.columns[$0]) }
  }
}

extension PairCosts {
  /// The costs from the products of the rows given; with `whole`, of the other rows of that whole.
  private mutating func costs(_ source: Side, _ target: Side, whole: [Float]) -> Matrix<Float> {
    let (p, q) = (source.responses.columnCount, target.responses.columnCount)
    // Columns of the target that are taken at a time, so that their products stay in a near cache.
    let blockWidth = 512
    let elements = [Float](unsafeUninitializedCapacity: p * q) { costs, count in
      for first in stride(from: 0, to: q, by: blockWidth) {
        let block = first..<min(first + blockWidth, q)
        source.responses.crossProduct(with: target.responses, columns: block, into: &products)
        for row in 0..<p {
          let line = row * q + first..<row * q + block.upperBound
          Self.fill(
            UnsafeMutableBufferPointer(rebasing: costs[line]),
            products: products[row * block.count..<(row + 1) * block.count],
            whole: whole.isEmpty ? nil : whole[line],
            mean: source.moments.means[row], means: target.moments.means[block],
            factor: source.moments.factors[row], factors: target.moments.factors[block])
        }
      }
      count = p * q
    }
    return Matrix(rowCount: p, columnCount: q, elements: elements)
  }

  /// Turns the products of one unit with a block of others into costs.
  private static func fill(
    _ costs: UnsafeMutableBufferPointer<Float>, products: ArraySlice<Float>,
    whole: ArraySlice<Float>?, mean: Float, means: ArraySlice<Float>, factor: Float,
    factors: ArraySlice<Float>
  ) {
    products.withUnsafeBufferPointer { products in
      means.withUnsafeBufferPointer { means in
        factors.withUnsafeBufferPointer { factors in
          func cost(_ product: Float, _ column: Int) -> Float {
            let correlation = product * factor * factors[column] - mean * means[column]
            return min(max(1 - correlation, 0), 2)
          }
          guard let whole else {
            for column in costs.indices { costs[column] = cost(products[column], column) }
            return
          }
          whole.withUnsafeBufferPointer { whole in
            for column in costs.indices {
              costs[column] = cost(whole[column] - products[column], column)
            }
          }
        }
      }
    }
  }
}
