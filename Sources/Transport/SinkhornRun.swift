#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

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
      if keeping || rowScalings[row].isNormal { u[row] += epsilon * log(rowScalings[row]) }
      rowScalings[row] = 1
    }
    for column in v.indices {
      let scaling = columnScalings[column]
      if scaling.isNormal { v[column] += epsilon * log(scaling) }
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
      for column in 0..<q { sum += exp((v[column] - arcs.cost(row, column) - most) / epsilon) }
      u[row] = epsilon * log(sourceMasses[row] / sum) - most
      for column in 0..<q {
        greatest[column] = max(greatest[column], u[row] - arcs.cost(row, column))
      }
    }
    for row in 0..<p {
      for column in 0..<q {
        sums[column] += exp((u[row] - arcs.cost(row, column) - greatest[column]) / epsilon)
      }
    }
    for column in 0..<q {
      v[column] = epsilon * log(targetMasses[column] / sums[column]) - greatest[column]
    }
    for row in 0..<p {
      for column in 0..<q {
        kernel[row * q + column] = exp((u[row] + v[column] - arcs.cost(row, column)) / epsilon)
      }
    }
  }
}
