public import ChiasmLinearAlgebra
internal import RealModule

/// A random projection of D units to k, of which each adds up few of the old ones with random signs.
///
/// y = x R, where r_ij = √(s/k) · (+1 with probability 1/(2s), −1 with 1/(2s), else 0) and s = √D.
/// Squared distances between stimuli stay the same on average; how far they may be off is
/// `distortion`. Single units do not survive: each new one is a mixture. References: Achlioptas2003 (s = 3),
/// LiHastieChurch2006 (s = √D).
public struct SparseProjection: Sendable {
  /// D.
  public let unitCount: Int
  /// k.
  public let projectedCount: Int
  /// For each old unit where its entries begin, and at last how many there are.
  private let starts: [Int]
  /// The new units that an old one is added to: twice their number, and one more where it is subtracted.
  private let entries: [Int32]
  private let factor: Double

  /// Draws the matrix. It depends on the seed, the name and the two numbers only.
  ///
  /// - Precondition: both counts are at least 1, and `projectedCount` is below 2^30.
  public init(of unitCount: Int, to projectedCount: Int, seed: UInt64, name: String) {
    precondition(unitCount > 0 && (1..<1 << 30).contains(projectedCount))
    (self.unitCount, self.projectedCount) = (unitCount, projectedCount)
    let density = 1 / Double(unitCount).squareRoot()
    factor = (1 / (density * Double(projectedCount))).squareRoot()
    var generator = SeededGenerator(seed: seed, stream: fingerprint("project \(name)".utf8))
    // Entries are drawn row by row; the number of zeros before the next is geometric.
    let scale = density < 1 ? 1 / Double.log(onePlus: -density) : 0
    var (starts, entries) = ([0], [Int32]())
    starts.reserveCapacity(unitCount + 1)
    let cellCount = unitCount * projectedCount
    var cell = 0
    while true {
      let gap = Double.log(onePlus: -generator.uniform()) * scale
      guard gap < Double(cellCount - cell) else { break }
      cell += Int(gap)
      guard cell < cellCount else { break }
      while starts.count <= cell / projectedCount { starts.append(entries.count) }
      let isNegative = generator.next() >> 63 == 1
      entries.append(Int32(cell % projectedCount) << 1 | (isNegative ? 1 : 0))
      cell += 1
    }
    while starts.count <= unitCount { starts.append(entries.count) }
    (self.starts, self.entries) = (starts, entries)
  }

  /// The new units of some rows of a matrix of stimuli × D, one row after the other.
  ///
  /// Sums are taken in double precision, in the order of the old units. Complexity: rows · (D + k √D).
  public func callAsFunction(_ matrix: Matrix<Double>, rows: Range<Int>) -> [Double] {
    precondition(matrix.columnCount == unitCount, "Drawn for another number of units.")
    var result: [Double] = []
    result.reserveCapacity(rows.count * projectedCount)
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: 8) {
      let count = min(8, rows.upperBound - first)
      let sums = matrix.elements.withUnsafeBufferPointer {
        eightRows($0, from: first, count: count)
      }
      for lane in 0..<count { result += sums.lazy.map { $0[lane] * factor } }
    }
    return result
  }

  /// The sums of up to eight rows at a time, a lane each: a row is then read once and from its first unit to
  /// its last. Lanes beyond the last row repeat it.
  private func eightRows(
    _ values: UnsafeBufferPointer<Double>, from first: Int, count: Int
  ) -> [SIMD8<Double>] {
    let lanes = SIMD8<Int>((0..<8).map { (first + min($0, count - 1)) * unitCount })
    var sums = [SIMD8<Double>](repeating: .zero, count: projectedCount)
    sums.withUnsafeMutableBufferPointer { sums in
      starts.withUnsafeBufferPointer { starts in
        entries.withUnsafeBufferPointer { entries in
          for unit in 0..<unitCount where starts[unit] < starts[unit + 1] {
            let value = SIMD8<Double>(
              values[lanes[0] + unit], values[lanes[1] + unit], values[lanes[2] + unit],
              values[lanes[3] + unit], values[lanes[4] + unit], values[lanes[5] + unit],
              values[lanes[6] + unit], values[lanes[7] + unit])
            for place in starts[unit]..<starts[unit + 1] {
              let entry = Int(entries[place])
              if entry & 1 == 0 { sums[entry >> 1] += value } else { sums[entry >> 1] -= value }
            }
          }
        }
      }
    }
    return sums
  }

  /// The least ε in 0 to 1 for which k ≥ 4 ln n / (ε²/2 − ε³/3): some projection to k units keeps the
  /// squared distances of all pairs of n stimuli within 1 ± ε of themselves (lemma of Johnson and
  /// Lindenstrauss). Nil where k is too small for any.
  ///
  /// The bound is that of dense projections and of s = 3; with s = √D it holds for data that no few
  /// units rule. References: Achlioptas2003, LiHastieChurch2006.
  public static func distortion(stimuli: Int, units: Int) -> Double? {
    let needed = 4 * Double.log(Double(max(stimuli, 2))) / Double(units)
    guard needed <= 1.0 / 6 else { return nil }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if middle * middle / 2 - middle * middle * middle / 3 >= needed {
        high = middle
      } else {
        low = middle
      }
    }
    return high
  }
}
