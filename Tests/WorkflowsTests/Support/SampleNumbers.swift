/// Numbers that look random and are the same on every machine: whole, from -500 to 499.
struct SampleNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 33 % 1000) - 500
  }

  /// The next `count` numbers.
  mutating func row(_ count: Int) -> [Double] { (0..<count).map { _ in next() } }

  /// A table of numbers.
  static func rows(_ rowCount: Int, _ columnCount: Int, seed: UInt64) -> [[Double]] {
    var numbers = SampleNumbers(seed: seed)
    return (0..<rowCount).map { _ in numbers.row(columnCount) }
  }
}
