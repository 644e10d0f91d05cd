/// Whole numbers of many words, whose sums and differences are exact: `count` of them in one buffer.
///
/// Each is `width` words of 64 bits in two's complement, the least word first. Nothing checks for
/// overflow: whoever makes them chooses the width.
struct WideNumbers: ~Copyable {
  /// ± magnitude · 2^shift.
  struct Term {
    var isNegative: Bool
    var magnitude: UInt64
    var shift: Int
  }

  let width: Int
  private let words: UncheckedBuffer<UInt64>

  /// Zeros.
  init(count: Int, width: Int) {
    self.width = width
    words = UncheckedBuffer(repeating: 0, count: count * width)
  }
}

extension WideNumbers {
  /// Sets a number to another.
  func set(_ index: Int, to other: Int) {
    for word in 0..<width { words[index * width + word] = words[other * width + word] }
  }

  /// Sets a number to the difference of two.
  @inline(__always)
  func set(_ index: Int, to first: Int, minus second: Int) {
    var borrow: UInt64 = 0
    for word in 0..<width {
      let (part, low) = words[first * width + word]
        .subtractingReportingOverflow(words[second * width + word])
      let (rest, high) = part.subtractingReportingOverflow(borrow)
      words[index * width + word] = rest
      borrow = low || high ? 1 : 0
    }
  }

  /// Adds another number.
  func add(_ other: Int, to index: Int) {
    var carry: UInt64 = 0
    for word in 0..<width {
      let (part, low) = words[index * width + word]
        .addingReportingOverflow(words[other * width + word])
      let (sum, high) = part.addingReportingOverflow(carry)
      words[index * width + word] = sum
      carry = low || high ? 1 : 0
    }
  }

  /// Takes another number away.
  func subtract(_ other: Int, from index: Int) { set(index, to: index, minus: other) }

  /// Adds a term.
  @inline(__always)
  func add(_ term: Term, to index: Int) {
    let (word, bit) = (term.shift >> 6, UInt64(term.shift & 63))
    let (low, high) = (term.magnitude << bit, bit == 0 ? 0 : term.magnitude >> (64 - bit))
    var place = index * width + word
    let end = (index + 1) * width
    var next = low
    var carry = false
    var isFirst = true
    while place < end, isFirst || next != 0 || carry {
      let (part, outer) =
        term.isNegative
        ? words[place].subtractingReportingOverflow(next)
        : words[place].addingReportingOverflow(next)
      let (whole, inner) =
        term.isNegative
        ? part.subtractingReportingOverflow(carry ? 1 : 0)
        : part.addingReportingOverflow(carry ? 1 : 0)
      words[place] = whole
      carry = outer || inner
      next = isFirst ? high : 0
      isFirst = false
      place += 1
    }
  }

  @inline(__always)
  func isNegative(_ index: Int) -> Bool { words[(index + 1) * width - 1] >> 63 == 1 }

  /// Whether one number is less than another.
  func isLess(_ first: Int, _ second: Int) -> Bool {
    if isNegative(first) != isNegative(second) { return isNegative(first) }
    for word in (0..<width).reversed() {
      let (x, y) = (words[first * width + word], words[second * width + word])
      if x != y { return x < y }
    }
    return false
  }

  /// The number of bits of the size of a number, and the first 64 of them, the first bit highest.
  func leadingBits(_ index: Int) -> (count: Int, bits: UInt64) {
    let negative = isNegative(index)
    // The size of a negative number, word by word: its complement, with a carry through low zeros.
    var isLowest = true
    var (top, bits, below) = (-1, UInt64(0), UInt64(0))
    for word in 0..<width {
      let given = words[index * width + word]
      let value = !negative ? given : isLowest ? 0 &- given : ~given
      if given != 0 { isLowest = false }
      if value != 0 {
        (below, bits, top) = (top == word - 1 ? bits : 0, value, word)
      }
    }
    guard top >= 0 else { return (0, 0) }
    let zeros = bits.leadingZeroBitCount
    let filled = zeros == 0 ? bits : bits << UInt64(zeros) | below >> UInt64(64 - zeros)
    return (64 * (top + 1) - zeros, filled)
  }

  /// A number that orders sizes, and halves with them but for rounding: 2⁵² less is half the size.
  func rank(_ index: Int) -> UInt64 {
    let (count, bits) = leadingBits(index)
    return UInt64(count) << 52 + (bits << 1) >> 12
  }

  /// The number · 2^exponent, as near as a double comes.
  func double(_ index: Int, exponent: Int) -> Double {
    let (count, bits) = leadingBits(index)
    guard count > 0 else { return 0 }
    return Double(
      sign: isNegative(index) ? .minus : .plus, exponent: count - 64 + exponent,
      significand: Double(bits))
  }
}

/// Costs as whole multiples of a power of two, so that sums of them are exact.
///
/// The unit is the last bit that any cost has. A forbidden arc costs 2^n units, n so great that no
/// sum of finite costs along a path or a cycle comes near: with exact sums that is as good as
/// infinite, and nothing finite is lost beside it.
struct CostUnits {
  /// The unit is 2^exponent.
  let exponent: Int
  /// The words of a number that holds any sum of costs along paths.
  let width: Int
  /// The power of two, in units, that stands for an infinite cost.
  private let forbidden: Int

  init(_ arcs: borrowing DenseArcs) {
    var (lowest, highest) = (Int.max, Int.min)
    var hasForbidden = false
    for index in 0..<arcs.costs.count {
      let cost = arcs.costs[index]
      if cost == .infinity {
        hasForbidden = true
      } else if cost != 0 {
        let (significand, place) = Self.binary(cost)
        lowest = min(lowest, place + significand.trailingZeroBitCount)
        highest = max(highest, place + 64 - significand.leadingZeroBitCount)
      }
    }
    if lowest > highest { (lowest, highest) = (0, 1) }
    // A path has fewer arcs than there are nodes, and few potentials are added at once.
    let room = Int.bitWidth - (arcs.rowCount + arcs.columnCount).leadingZeroBitCount + 4
    exponent = lowest
    forbidden = highest - lowest + room
    width = (forbidden + (hasForbidden ? room : 0)) / 64 + 1
  }

  /// A cost in units.
  @inline(__always)
  func term(_ cost: Double) -> WideNumbers.Term {
    if cost == .infinity { return .init(isNegative: false, magnitude: 1, shift: forbidden) }
    let (significand, place) = Self.binary(cost)
    let shift = place - exponent
    // Bits below the unit are zeros.
    return shift >= 0
      ? .init(isNegative: cost < 0, magnitude: significand, shift: shift)
      : .init(
        isNegative: cost < 0, magnitude: shift > -64 ? significand >> UInt64(-shift) : 0, shift: 0)
  }

  /// |cost| = significand · 2^place.
  @inline(__always)
  private static func binary(_ cost: Double) -> (significand: UInt64, place: Int) {
    let field = Int(cost.exponentBitPattern)
    return field == 0
      ? (cost.significandBitPattern, -1074)
      : (cost.significandBitPattern | 1 << 52, field - 1075)
  }
}
