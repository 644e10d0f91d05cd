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
