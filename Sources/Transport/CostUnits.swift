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
