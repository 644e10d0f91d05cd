/// The masses of a problem as whole numbers of grains, so that flows are exact.
///
/// - Both sides uniform, p × q points, g = gcd(p, q): q/g grains a source point, p/g a target point.
///   This is exact.
/// - Weights that are whole numbers with equal totals are taken as they are. This is exact too.
/// - Other weights lie on a grid of 2ᵉ grains for the whole mass, e = min(52, 61 − the bits of the
///   smaller count), so 2⁵¹ grains for 1,000 points. Each weight is rounded down, and the grains
///   left over go to the largest remainders. A point is off by less than one grain, and a positive
///   weight below one grain may become zero.
///
/// The total times (the smaller count + 1) stays below 2⁶², which leaves room for a perturbation.
struct IntegerMasses: Sendable, Equatable {
  let source: [Int64]
  let target: [Int64]
  let total: Int64
  /// Whether nothing was rounded.
  let areExact: Bool

  init(source: Marginal, target: Marginal) {
    let (p, q) = (source.count, target.count)
    if case .uniform = source, case .uniform = target {
      let divisor = greatestCommonDivisor(p, q)
      self.source = [Int64](repeating: Int64(q / divisor), count: p)
      self.target = [Int64](repeating: Int64(p / divisor), count: q)
      areExact = true
    } else {
      let smaller = min(p, q)
      let exponent = min(52, 61 - (Int.bitWidth - smaller.leadingZeroBitCount))
      let grains = Int64(1) << Int64(exponent)
      if let wholeSource = wholeNumbers(source.masses, limit: grains),
        let wholeTarget = wholeNumbers(target.masses, limit: grains),
        wholeSource.reduce(0, +) == wholeTarget.reduce(0, +)
      {
        self.source = wholeSource
        self.target = wholeTarget
        areExact = true
      } else {
        self.source = apportion(grains, over: source.masses)
        self.target = apportion(grains, over: target.masses)
        areExact = false
      }
    }
    total = self.source.reduce(0, +)
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  var (larger, smaller) = (a, b)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return larger
}

/// The weights as integers, or nil when one is no whole number or their sum exceeds `limit`.
private func wholeNumbers(_ weights: [Double], limit: Int64) -> [Int64]? {
  guard weights.reduce(0, +) <= Double(limit) else { return nil }
  guard weights.allSatisfy({ $0 == $0.rounded() }) else { return nil }
  return weights.map { Int64($0) }
}

/// Shares `grains` over the weights by largest remainder, ties to the lower index.
private func apportion(_ grains: Int64, over weights: [Double]) -> [Int64] {
  // Dividing by the greatest weight first keeps every step finite for any finite weights.
  let greatest = weights.max() ?? 1
  let relative = weights.map { $0 / greatest }
  let unit = Double(grains) / compensatedSum(relative)
  let exact = relative.map { $0 * unit }
  var shares = exact.map { Int64($0) }
  var missing = grains - shares.reduce(0, +)
  let positive = weights.indices.filter { weights[$0] > 0 }
  let byRemainder = positive.sorted { left, right in
    let (a, b) = (exact[left] - Double(shares[left]), exact[right] - Double(shares[right]))
    return a != b ? a > b : left < right
  }
  var next = 0
  while missing != 0 {
    let index = byRemainder[next % byRemainder.count]
    let step: Int64 = missing > 0 ? 1 : -1
    if shares[index] + step >= 0 {
      shares[index] += step
      missing -= step
    }
    next += 1
  }
  return shares
}

/// Masses rounded down to whole multiples of a grain, so that a run has few kinds of paths to fill.
///
/// Between p and q points of equal mass, where p does not divide q, most of the exact masses' grains
/// would be sent in tiny portions, one path each. With the lesser of the two unit masses as grain,
/// each path fills a point, and the potentials come out nearly as good. Other masses are taken in
/// halves of the mean mass on the more numerous side.
struct CoarseMasses {
  let supplies: [Int64]
  let demands: [Int64]
  let grain: Int64
  /// Whether nothing was lost.
  let isExact: Bool

  init(supplies: [Int64], demands: [Int64]) {
    let isUniform = [supplies, demands].allSatisfy { $0.min() == $0.max() }
    let points = Int64(max(supplies.count, demands.count))
    let grain =
      isUniform ? min(supplies[0], demands[0]) : max(1, supplies.reduce(0, +) / (2 * points))
    self.grain = grain
    self.supplies = supplies.map { $0 / grain * grain }
    self.demands = demands.map { $0 / grain * grain }
    isExact = self.supplies == supplies && self.demands == demands
  }
}
