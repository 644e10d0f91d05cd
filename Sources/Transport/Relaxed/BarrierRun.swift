internal import ChiasmLinearAlgebra

/// One run of a barrier method on the dual of unbalanced transport.
///
/// For falling μ it maximises φ(f, g) = Σ ρ₁ aᵢ (1 − e^(−fᵢ/ρ₁)) + Σ ρ₂ bⱼ (1 − e^(−gⱼ/ρ₂)) +
/// μ Σ log Sᵢⱼ, S = C − f − g, by Newton's method. At the maximum Pᵢⱼ = μ / Sᵢⱼ is a plan with the
/// sums that f and g ask for, and the gap is pqμ. All masses are positive, the least cost is 0, and at
/// most one side is fixed.
struct BarrierRun {
  let source: PenalizedSide
  let target: PenalizedSide
  private(set) var f: [Double]
  private(set) var g: [Double]
  /// S, kept as such: near the end it is far smaller than what it is the difference of.
  private var slack: Matrix<Double>
  private var mu: Double
  private let leastMu: Double
  private(set) var stepCount = 0

  init(costs: Matrix<Double>, source: PenalizedSide, target: PenalizedSide) {
    (self.source, self.target) = (source, target)
    let scale = source.scale(with: target, spread: costs.elements.reduce(0, max))
    f = source.masses.map { _ in -scale }
    g = target.masses.map { _ in -scale }
    slack = costs
    for index in slack.elements.indices { slack.elements[index] += 2 * scale }
    let shift = balancingTranslation(
      compensatedSum(source.answer(to: f)), compensatedSum(target.answer(to: g)),
      rates: (source.rate, target.rate))
    for index in f.indices { f[index] += shift }
    for index in g.indices { g[index] -= shift }
    let mass = compensatedSum(source.answer(to: f))
    mu = mass * scale / Double(f.count * g.count)
    leastMu = 1e-13 * mu
  }
}

extension BarrierRun {
  /// Follows the maxima until the gap is 1e-13 of its beginning, or for `limit` steps.
  mutating func run(limit: Int) {
    while stepCount < limit {
      let isLast = mu <= leastMu
      centre(within: isLast ? 1e-6 : 0.1, limit: limit)
      if isLast { return }
      mu = max(mu / 10, leastMu)
    }
  }

  /// Newton steps until the gain they promise is at most `tolerance` · μ.
  private mutating func centre(within tolerance: Double, limit: Int) {
    while stepCount < limit {
      stepCount += 1
      let gradient = gradient(f, g, slack)
      let step = direction(gradient)
      let gain = slope(gradient, step)
      guard gain > 0 else { return }
      let length = move(step, gain)
      if length == 0 || gain <= tolerance * mu { return }
    }
  }

  private typealias Pair = (rows: [Double], columns: [Double])

  /// The sums asked for less those of the plan μ / S.
  private func gradient(_ f: [Double], _ g: [Double], _ slack: Matrix<Double>) -> Pair {
    var (rows, columns) = (source.answer(to: f), target.answer(to: g))
    for row in rows.indices {
      for column in columns.indices {
        let mass = mu / slack[row, column]
        rows[row] -= mass
        columns[column] -= mass
      }
    }
    return (rows, columns)
  }

  /// Newton's direction: the system becomes one with weights μ / S² when the columns change sign.
  private func direction(_ gradient: Pair) -> Pair {
    var weights = slack
    for index in weights.elements.indices {
      weights.elements[index] = mu / (slack.elements[index] * slack.elements[index])
    }
    let system = DominantSystem(
      weights: weights, rowExcess: source.answer(to: f).map { $0 * source.rate },
      columnExcess: target.answer(to: g).map { $0 * target.rate })
    let (rows, columns) = system.solve(gradient.rows, gradient.columns.map { -$0 })
    return (rows, columns.map { -$0 })
  }

  private func slope(_ gradient: Pair, _ step: Pair) -> Double {
    compensatedDot(gradient.rows, step.rows) + compensatedDot(gradient.columns, step.columns)
  }

  /// Goes along a direction, halving until φ does not fall steeply at the end; returns how far.
  ///
  /// φ is concave, so its slope tells as much as its values, which late differ by rounding only.
  private mutating func move(_ step: Pair, _ gain: Double) -> Double {
    var length = min(1, 0.95 * distanceToBoundary(step))
    for _ in 0..<60 {
      let nextF = zip(f, step.rows).map { $0 + length * $1 }
      let nextG = zip(g, step.columns).map { $0 + length * $1 }
      var nextSlack = slack
      for row in f.indices {
        for column in g.indices {
          nextSlack[row, column] -= length * (step.rows[row] + step.columns[column])
        }
      }
      if slope(gradient(nextF, nextG, nextSlack), step) >= -0.25 * gain {
        (f, g, slack) = (nextF, nextG, nextSlack)
        return length
      }
      length /= 2
    }
    return 0
  }

  /// How far along a direction the first slack vanishes.
  private func distanceToBoundary(_ step: Pair) -> Double {
    var distance = Double.infinity
    for row in f.indices {
      for column in g.indices {
        let fall = step.rows[row] + step.columns[column]
        if fall > 0 { distance = min(distance, slack[row, column] / fall) }
      }
    }
    return distance
  }
}

/// A linear system whose matrix is diag(e + W1) on rows and columns with −W between them, W ≥ 0 and
/// e ≥ 0: a weighted bipartite graph with an excess at each of its points.
///
/// Elimination only ever adds, multiplies and divides numbers that are not negative, so that weights
/// of very different size, as they come up near the end of a barrier method, keep all their digits.
/// References: Grassmann1985, Alfa2002.
struct DominantSystem {
  /// W: rows × columns.
  var weights: Matrix<Double>
  var rowExcess: [Double]
  var columnExcess: [Double]

  /// The solution for a right-hand side, columns being eliminated first: p²q + p³ operations.
  func solve(_ rows: [Double], _ columns: [Double]) -> (rows: [Double], columns: [Double]) {
    let (p, q) = (weights.rowCount, weights.columnCount)
    let pivots = (0..<q).map { column in
      (0..<p).reduce(columnExcess[column]) { $0 + weights[$1, column] }
    }
    var scaled = weights
    var (excess, right) = (rowExcess, rows)
    for row in 0..<p {
      for column in 0..<q where pivots[column] > 0 {
        let share = weights[row, column] / pivots[column]
        excess[row] += share * columnExcess[column]
        right[row] += share * columns[column]
        scaled[row, column] = weights[row, column] / pivots[column].squareRoot()
      }
    }
    let x = Self.solve(scaled.product(transposing: scaled), excess, right)
    let y = (0..<q).map { column in
      let sum = (0..<p).reduce(columns[column]) { $0 + weights[$1, column] * x[$1] }
      return pivots[column] > 0 ? sum / pivots[column] : 0
    }
    return (x, y)
  }

  /// The same for one set of points with symmetric weights between them; the diagonal is not read.
  private static func solve(
    _ weights: Matrix<Double>, _ excess: [Double], _ right: [Double]
  ) -> [Double] {
    var (weights, excess, x) = (weights, excess, right)
    let count = right.count
    var pivots = [Double](repeating: 0, count: count)
    for k in 0..<count {
      pivots[k] = (k + 1..<count).reduce(excess[k]) { $0 + weights[k, $1] }
      guard pivots[k] > 0 else { continue }
      for i in k + 1..<count {
        let share = weights[k, i] / pivots[k]
        excess[i] += share * excess[k]
        x[i] += share * x[k]
        for j in k + 1..<count { weights[i, j] += share * weights[k, j] }
      }
    }
    for k in (0..<count).reversed() {
      let sum = (k + 1..<count).reduce(x[k]) { $0 + weights[k, $1] * x[$1] }
      x[k] = pivots[k] > 0 ? sum / pivots[k] : 0
    }
    return x
  }
}
