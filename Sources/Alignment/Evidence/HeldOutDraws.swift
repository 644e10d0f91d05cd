internal import ChiasmLinearAlgebra
internal import ChiasmTransport

/// The held-out score of HOT when every held-out stimulus counts as often as a draw says: the fit and
/// its predictions stay, only what judges them is drawn.
///
/// With weights v over the stimuli, a unit x and its prediction x̂ correlate as
/// (Σv Σv x x̂ − Σv x Σv x̂) / √((Σv Σv x² − (Σv x)²) (Σv Σv x̂² − (Σv x̂)²)), so that all draws cost one
/// product of matrices.
struct HeldOutDraws: Sendable {
  /// The scores of a draw, a number a source stage: mean over the units that vary in it, NaN when none
  /// does. A unit whose prediction does not vary counts 0.
  let stageScores: [[Double]]

  /// The scores of the first draw.
  var observed: [Double] { stageScores[0] }

  /// Scores draws of the held-out stimuli of a fit.
  ///
  /// - Parameter weights: draws × held-out stimuli; one draw that takes each once when nil.
  init(
    _ fit: FittedTransport, on data: StandardizedPair, weights: Matrix<Double>? = nil, threads: Int
  ) async throws {
    let (source, target) = try await data.heldOutResponses(threads: threads)
    let stimulusCount = source[0].values.columnCount
    let weights = weights ?? Matrix(rowCount: 1, columnCount: stimulusCount, repeating: 1)
    let blocks = source.unitBlocks
    let shares = fit.shares
    let sums = try await concurrentMap(count: blocks.count, threads: threads) { index in
      let (stage, units) = blocks[index]
      let plans = target.indices.map {
        (shares[stage, $0], fit.match(stage, $0).plan, target[$0].values)
      }
      return Self.sums(units.filter { source[stage].varies[$0] }, source[stage], plans, weights)
    }
    stageScores = (0..<weights.rowCount).map { draw in
      source.indices.map { stage in
        guard !shares[stage, 0].isNaN else { return .nan }
        let own = blocks.indices.filter { blocks[$0].stage == stage }
        return own.reduce(0) { $0 + sums[$1].total[draw] }
          / own.reduce(0) { $0 + sums[$1].count[draw] }
      }
    }
  }

  /// For each draw the sum of the correlations that exist, and how many these are.
  private struct Sums: Sendable {
    var total: [Double]
    var count: [Double]
  }

  private typealias Plan = (share: Double, plan: TransportPlan, values: Matrix<Double>)

  private static func sums(
    _ units: [Int], _ source: HeldOutResponses, _ plans: [Plan], _ weights: Matrix<Double>
  ) -> Sums {
    let drawCount = weights.rowCount
    var sums = Sums(
      total: [Double](repeating: 0, count: drawCount),
      count: [Double](repeating: 0, count: drawCount))
    let moments = products(units, source, plans, weights)
    let counts = (0..<drawCount).map { weights.row($0).reduce(0, +) }
    for place in units.indices {
      for draw in 0..<drawCount {
        let start = 5 * place * drawCount + draw
        let x = moments.elements[start] / counts[draw]
        let y = moments.elements[start + drawCount] / counts[draw]
        let xx = moments.elements[start + 2 * drawCount] / counts[draw]
        let yy = moments.elements[start + 3 * drawCount] / counts[draw]
        let xy = moments.elements[start + 4 * drawCount] / counts[draw]
        guard xx - x * x > 1e-12 * xx else { continue }
        sums.count[draw] += 1
        // What is left of a constant by rounding is no variance.
        guard yy - y * y > max(1e-12 * yy, 1e-24) else { continue }
        sums.total[draw] += (xy - x * y) / ((xx - x * x) * (yy - y * y)).squareRoot()
      }
    }
    return sums
  }

  /// For each unit five rows Σ v x, Σ v x̂, Σ v x², Σ v x̂², Σ v x x̂, a column a draw.
  private static func products(
    _ units: [Int], _ source: HeldOutResponses, _ plans: [Plan], _ weights: Matrix<Double>
  ) -> Matrix<Double> {
    let width = weights.columnCount
    var rows = Matrix(rowCount: 5 * units.count, columnCount: width, repeating: 0.0)
    for (place, unit) in units.enumerated() {
      rows.add(1, times: unit, of: source.values, toRow: 5 * place)
      for (share, plan, values) in plans where share != 0 {
        for index in plan.indices(ofRow: unit) {
          rows.add(
            share * Double(plan.rowCount) * plan.masses[index], times: Int(plan.columns[index]),
            of: values, toRow: 5 * place + 1)
        }
      }
      let start = 5 * place * width
      for column in start..<start + width {
        let (x, y) = (rows.elements[column], rows.elements[column + width])
        rows.elements[column + 2 * width] = x * x
        rows.elements[column + 3 * width] = y * y
        rows.elements[column + 4 * width] = x * y
      }
    }
    return rows.product(transposing: weights)
  }
}
