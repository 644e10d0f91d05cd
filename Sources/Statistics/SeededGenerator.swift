internal import RealModule

/// A generator of random bits that gives the same sequence for the same seed, everywhere and always.
///
/// xoshiro256** of Blackman and Vigna, its state filled from the seed by SplitMix64. The drawing of
/// integers, permutations and normal deviates is written out here and does not lean on the standard
/// library, whose ways may change between versions. Not for cryptography.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Starts a sequence. Different `stream`s of one seed are independent sequences.
  public init(seed: UInt64, stream: UInt64 = 0) {
    var mixer = seed ^ (stream &* 0xD1B5_4A32_D192_ED03)
    func word() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      var bits = mixer
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      return bits ^ (bits >> 31)
    }
    state = (word(), word(), word(), word())
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = (state.1 &* 5).rotatedLeft(by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3.rotatedLeft(by: 45)
    return result
  }
}

extension SeededGenerator {
  /// A whole number in 0 ..< `bound`, each equally likely (Lemire's multiplication with rejection).
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "There is no number below \(bound).")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    let threshold = (0 &- range) % range
    while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    return Int(product.high)
  }

  /// A number in [0, 1) with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// The numbers 0 ..< `count` in random order (Fisher and Yates), each order equally likely.
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }

  /// Orders of the numbers 0 ..< `count`, never their own: all of them, when these and their own are no
  /// more than `limit`, each once and without a random number; otherwise `draws` at random, each
  /// equally likely.
  ///
  /// With all of them, (1 + draws at least as good) / (1 + draws) is the exact rank of the own order.
  public mutating func otherOrders(
    of count: Int, enumeratingUpTo limit: Int, drawing draws: Int
  ) -> (orders: [[Int]], areComplete: Bool) {
    let own = Array(0..<max(0, count))
    guard own.count > 1 else { return ([], true) }
    var all = 1
    for number in own where all <= limit { all *= number + 1 }
    if all <= limit { return (orders(of: own).filter { $0 != own }, true) }
    var drawn: [[Int]] = []
    while drawn.count < draws {
      let order = permutation(of: count)
      if order != own { drawn.append(order) }
    }
    return (drawn, false)
  }

  /// A draw from the normal distribution with mean 0 and variance 1 (Marsaglia's polar method).
  public mutating func normal() -> Double {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square > 0 && square < 1 { return x * (-2 * Double.log(square) / square).squareRoot() }
    }
  }
}

/// Every order of some items, in the order of their places.
private func orders(of items: [Int]) -> [[Int]] {
  items.isEmpty
    ? [[]]
    : items.flatMap { first in orders(of: items.filter { $0 != first }).map { [first] + $0 } }
}

extension UInt64 {
  fileprivate func rotatedLeft(by count: UInt64) -> UInt64 {
    (self << count) | (self >> (64 - count))
  }
}

/// A number made of all of some bytes, the same everywhere and always: FNV-1a of 64 bits.
///
/// For telling names apart and for naming streams of a seed; not for security.
public func fingerprint(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { hash, byte in
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }
}
