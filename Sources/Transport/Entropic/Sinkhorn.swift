internal import RealModule

/// The entropic solver: minimises ⟨C, Q⟩ + ε Σ Qᵢⱼ (log Qᵢⱼ − 1) by matrix scaling, for comparison
/// with methods of the literature. The exact solver is usually faster and always nearer.
///
/// ε falls by halves from the range of the costs to the one wanted. Scalings are absorbed into
/// potentials before they overflow, and sums that underflow are taken in the logarithmic domain.
/// The plan is rounded to the marginals, so it is feasible whatever the termination, and the
/// potentials are made feasible by the c-transform, so that the certificate's gap is a proven bound.
/// References: Cuturi 2013; Schmitzer 2019 (stabilisation); Altschuler, Weed and Rigollet 2017
/// (rounding; here the missing mass is filled in corner by corner, which keeps the plan sparse).
public struct Sinkhorn: TransportSolver {
  /// ε as a fraction of the range of the costs.
  public let regularization: Double
  /// The sum of absolute row errors, as a fraction of the mass, at which scaling stops.
  public let tolerance: Double
  /// The greatest number of sweeps over the costs, all ε together.
  public let iterationLimit: Int

  /// Configures the solver. Traps unless all three settings are positive.
  public init(
    regularization: Double = 0.005, tolerance: Double = 1e-6, iterationLimit: Int = 10_000
  ) {
    precondition(regularization > 0 && tolerance > 0 && iterationLimit > 0)
    self.regularization = regularization
    self.tolerance = tolerance
    self.iterationLimit = iterationLimit
  }

  /// Solves a problem approximately; the certificate tells how near. One sweep reads p × q numbers.
  /// A problem with forbidden arcs, which rounding to the marginals could not avoid, is left to
  /// `ExactTransport`.
  public func solve(_ problem: TransportProblem) -> TransportSolution {
    if problem.cost.hasForbiddenArcs { return ExactTransport().solve(problem) }
    let arcs = DenseArcs(problem, turned: false)
    let spread = problem.cost.range.upperBound - problem.cost.range.lowerBound
    var run = SinkhornRun(arcs, grains: Double(problem.grains.total), spread: spread)
    var epsilon = 1.0
    var converged = false
    while run.sweepCount < iterationLimit {
      let isLast = epsilon <= regularization
      converged = run.scale(
        epsilon: max(epsilon, regularization), tolerance: isLast ? tolerance : 0.01,
        sweepLimit: isLast ? iterationLimit : min(iterationLimit, run.sweepCount + 100))
      if isLast { break }
      converged = false
      epsilon /= 2
    }
    return run.solution(of: problem, converged: converged)
  }
}

/// One run of matrix scaling, with costs measured in units of their range and masses summing to 1.
///
/// The plan is Qᵢⱼ = rᵢ Kᵢⱼ sⱼ with Kᵢⱼ = exp((uᵢ + vⱼ − cᵢⱼ) / ε).
struct SinkhornRun: ~Copyable {
  let arcs: DenseArcs
  let sourceMasses: [Double]
  let targetMasses: [Double]
  let spread: Double
  var u: [Double]
  var v: [Double]
  var rowScalings: [Double]
  let columnScalings: UncheckedBuffer<Double>
  let kernel: UncheckedBuffer<Double>
  private(set) var sweepCount = 0

  init(_ arcs: consuming DenseArcs, grains: Double, spread: Double) {
    let (p, q) = (arcs.rowCount, arcs.columnCount)
    sourceMasses = arcs.supplies.map { Double($0) / grains }
    targetMasses = arcs.demands.map { Double($0) / grains }
    self.spread = spread > 0 ? spread : 1
    u = [Double](repeating: 0, count: p)
    v = [Double](repeating: 0, count: q)
    rowScalings = [Double](repeating: 1, count: p)
    columnScalings = UncheckedBuffer(repeating: 1, count: q)
    kernel = UncheckedBuffer(repeating: 0, count: p * q)
    for index in 0..<p * q { arcs.costs[index] /= self.spread }
    self.arcs = arcs
  }

  /// Scales at one ε until the rows' error is at most `tolerance` (true) or `sweepLimit` sweeps have
  /// been made in all (false).
  mutating func scale(epsilon: Double, tolerance: Double, sweepLimit: Int) -> Bool {
    refresh(epsilon: epsilon)
    while sweepCount < sweepLimit {
      let error = sweep()
      guard error.isFinite, !scalingsAreExtreme else {
        absorb(epsilon: epsilon, keeping: error.isFinite)
        refresh(epsilon: epsilon)
        continue
      }
      if error <= tolerance {
        settle(epsilon: epsilon)
        return true
      }
    }
    settle(epsilon: epsilon)
    return false
  }

  /// Turns the kernel into the plan and the scalings into potentials.
  private mutating func settle(epsilon: Double) {
    let q = arcs.columnCount
    for row in u.indices {
      for column in 0..<q {
        kernel[row * q + column] *= rowScalings[row] * columnScalings[column]
      }
    }
    absorb(epsilon: epsilon, keeping: true)
  }

  /// One scaling of the rows and the columns. Returns the error of the rows before it.
  private mutating func sweep() -> Double {
    let (p, q) = (arcs.rowCount, arcs.columnCount)
    let sums = UncheckedBuffer(repeating: 0.0, count: q)
    var error = 0.0
    for row in 0..<p {
      let sum = kernel.dot(at: row * q, with: columnScalings, length: q)
      error += abs(rowScalings[row] * sum - sourceMasses[row])
      rowScalings[row] = sourceMasses[row] / sum
      sums.add(kernel, at: row * q, times: rowScalings[row], length: q)
    }
    for column in 0..<q { columnScalings[column] = targetMasses[column] / sums[column] }
    sweepCount += 1
    return error
  }

  private var scalingsAreExtreme: Bool {
    let normal = 1e-100...1e100
    return !rowScalings.allSatisfy { normal ~= $0 }
      || !(0..<columnScalings.count).allSatisfy { normal ~= columnScalings[$0] }
  }

  /// Turns the scalings into potentials and resets them to 1, dropping those that are not numbers.
  private mutating func absorb(epsilon: Double, keeping: Bool) {
    for row in u.indices {
      if keeping || rowScalings[row].isNormal { u[row] += epsilon * Double.log(rowScalings[row]) }
      rowScalings[row] = 1
    }
    for column in v.indices {
      let scaling = columnScalings[column]
      if scaling.isNormal { v[column] += epsilon * Double.log(scaling) }
      columnScalings[column] = 1
    }
  }

  /// Scales rows and columns once in the logarithmic domain and computes the kernel from the result.
  private mutating func refresh(epsilon: Double) {
    let (p, q) = (arcs.rowCount, arcs.columnCount)
    var (greatest, sums) = (
      [Double](repeating: -.infinity, count: q), [Double](repeating: 0, count: q)
    )
    for row in 0..<p {
      var most = -Double.infinity
      for column in 0..<q { most = max(most, v[column] - arcs.cost(row, column)) }
      var sum = 0.0
      for column in 0..<q {
        sum += Double.exp((v[column] - arcs.cost(row, column) - most) / epsilon)
      }
      u[row] = epsilon * Double.log(sourceMasses[row] / sum) - most
      for column in 0..<q {
        greatest[column] = max(greatest[column], u[row] - arcs.cost(row, column))
      }
    }
    for row in 0..<p {
      for column in 0..<q {
        sums[column] += Double.exp((u[row] - arcs.cost(row, column) - greatest[column]) / epsilon)
      }
    }
    for column in 0..<q {
      v[column] = epsilon * Double.log(targetMasses[column] / sums[column]) - greatest[column]
    }
    for row in 0..<p {
      for column in 0..<q {
        kernel[row * q + column] = Double.exp(
          (u[row] + v[column] - arcs.cost(row, column)) / epsilon)
      }
    }
  }
}
