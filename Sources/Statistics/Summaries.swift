/// The mean of some numbers and their standard deviation (n − 1 below the sum).
public struct Spread: Equatable, Sendable {
  /// The mean; NaN of no numbers.
  public let mean: Double
  /// The sample standard deviation; NaN of fewer than two numbers.
  public let deviation: Double

  /// Takes the numbers as they are; a NaN among them makes both NaN.
  public init(_ values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = values.count < 2 ? .nan : (squares / (count - 1)).squareRoot()
  }
}

extension Spread {
  /// Takes the values that are numbers: those that are NaN are left out.
  public init(ofDefined values: [Double]) { self.init(values.filter { !$0.isNaN }) }
}

/// The quantiles of a sample: the one definition for intervals, tables and figures.
///
/// The quantile of p is linear between order statistics at 1 + (n − 1) p (Hyndman and Fan's type 7,
/// NumPy's default). Reference: HyndmanFan1996.
public struct Quantiles: Equatable, Sendable {
  private let values: [Double]

  /// Takes a sample in any order; NaN in it is left out.
  public init(_ values: [Double]) { self.init(sorted: values.filter { !$0.isNaN }.sorted()) }

  /// Takes a sample in rising order, without NaN.
  public init(sorted values: [Double]) { self.values = values }

  /// The quantile of p; NaN of an empty sample, or for a p outside [0, 1].
  public func callAsFunction(_ p: Double) -> Double {
    guard let last = values.last, p >= 0, p <= 1 else { return .nan }
    let place = Double(values.count - 1) * p
    let below = Int(place)
    guard below + 1 < values.count else { return last }
    // Equal neighbours may be infinite.
    guard values[below] != values[below + 1] else { return values[below] }
    return values[below] + (place - Double(below)) * (values[below + 1] - values[below])
  }

  /// The quantile of one half.
  public var median: Double { self(0.5) }
}

/// When two numbers tie.
public enum Tie: Sendable {
  /// When they are equal.
  case equal
  /// When they are no further apart than 1e-12, which is rounding in numbers of about 1: shares, masses
  /// and correlations.
  case rounding

  fileprivate var width: Double { self == .equal ? 0 : 1e-12 }
}

// What is best, and what decides between equals, is said here and nowhere else. A NaN is never best.
extension [Double] {
  /// The places of the greatest number and of those that tie with it, ascending; none without a number.
  public func indicesOfGreatest(tie: Tie = .equal) -> [Int] {
    guard let greatest = filter({ !$0.isNaN }).max() else { return [] }
    return indices.filter { self[$0] >= greatest - tie.width }
  }

  /// The place of the greatest number, and of those that tie with it the one of least cost, the first
  /// of equals; nil without a number.
  ///
  /// - Parameter costs: a cost for each place, NaN where there is none; when nil, the first of those
  ///   that tie.
  public func indexOfGreatest(tie: Tie = .equal, costs: [Double]? = nil) -> Int? {
    let tied = indicesOfGreatest(tie: tie)
    let cheapest = costs.flatMap { costs in tied.map { costs[$0] }.indexOfLeast() }
    return cheapest.map { tied[$0] } ?? tied.first
  }

  /// The place of the least number, the first of equals; nil without a number.
  public func indexOfLeast() -> Int? { map { -$0 }.indexOfGreatest() }
}
