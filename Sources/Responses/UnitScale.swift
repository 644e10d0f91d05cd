internal import ChiasmLinearAlgebra

/// What was taken off the responses of a stage before they became single precision, unit by unit:
/// response = 2^exponent · (offset + number).
///
/// Single precision has 24 bits and reaches from 1e-38 to 3e38. Data around 1e8 would lose what they
/// vary by, and data of 1e39 or 1e-60 all that they are. Correlations over stimuli know neither
/// offset nor exponent; patterns over units do.
public struct UnitScale: Equatable, Sendable {
  /// What was taken off each unit, in the unit of the numbers that are left.
  public let offsets: [Double]
  /// The power of two that each unit was divided by before.
  public let exponents: [Int]

  /// Chooses what to take off every column of a matrix; nil if nothing.
  ///
  /// A column whose largest |response| is from 2^-60 to 2^60 keeps its exponent; another is divided by
  /// that of the largest. A column whose largest |response| is at most twice its range, greatest minus
  /// least, keeps its offset, up to 1,024 times where the matrix is in single precision and has lost
  /// its digits already; of another the middle of the range is taken off, which does not depend on the
  /// order of the rows. A constant column keeps its offset. NaN and infinities are passed over.
  init?<Scalar: BinaryFloatingPoint>(of matrix: Matrix<Scalar>) {
    let limit: Double = Scalar.significandBitCount > Float.significandBitCount ? 2 : 1024
    let (least, greatest) = matrix.columnExtremes
    var (offsets, exponents): ([Double], [Int]) = ([], [])
    for (low, high) in zip(least, greatest) {
      let largest = max(abs(low), abs(high))
      let isOrdinary = largest == 0 || (0x1p-60...0x1p60).contains(largest)
      let exponent = isOrdinary ? 0 : Int(largest.exponent)
      let bottom = low.scaled(by: -exponent)
      let range = high.scaled(by: -exponent) - bottom
      let isFar = range > 0 && largest.scaled(by: -exponent) > limit * range
      offsets.append(isFar ? bottom + range / 2 : 0)
      exponents.append(exponent)
    }
    self.init(offsets: offsets, exponents: exponents)
  }

  /// That of units side by side; nil if nothing is taken off any.
  init?(joining scales: [(scale: UnitScale?, unitCount: Int)]) {
    self.init(
      offsets: scales.flatMap { $0.scale?.offsets ?? [Double](repeating: 0, count: $0.unitCount) },
      exponents: scales.flatMap { $0.scale?.exponents ?? [Int](repeating: 0, count: $0.unitCount) })
  }

  /// Nil if nothing is taken off any unit.
  private init?(offsets: [Double], exponents: [Int]) {
    if offsets.allSatisfy({ $0 == 0 }) && exponents.allSatisfy({ $0 == 0 }) { return nil }
    (self.offsets, self.exponents) = (offsets, exponents)
  }

  /// The numbers that are left of a row of responses.
  func numbers<Scalar: BinaryFloatingPoint>(of responses: some Collection<Scalar>) -> [Float] {
    responses.enumerated().map { unit, response in
      Float(Double(response).scaled(by: -exponents[unit]) - offsets[unit])
    }
  }

  /// That of the units named by `columns`; nil if nothing is taken off any of these.
  func selecting(_ columns: [Int]) -> UnitScale? {
    UnitScale(
      offsets: columns.map { offsets[$0] }, exponents: columns.map { exponents[$0] })
  }

  /// For each of some units 2^exponent divided by the greatest of these: the units beside each other
  /// on one scale, at most 1.
  public func factors(of units: [Int]) -> [Double] {
    let top = units.map { exponents[$0] }.max() ?? 0
    return units.map { 1.0.scaled(by: exponents[$0] - top) }
  }
}

extension Double {
  /// The number times a power of two.
  fileprivate func scaled(by exponent: Int) -> Double {
    exponent == 0 ? self : Double(sign: .plus, exponent: exponent, significand: self)
  }
}

extension Matrix where Scalar: BinaryFloatingPoint {
  /// The least and the greatest finite number of every column; 0 where none is.
  fileprivate var columnExtremes: (least: [Double], greatest: [Double]) {
    var least = [Scalar](repeating: .infinity, count: columnCount)
    var greatest = [Scalar](repeating: -.infinity, count: columnCount)
    least.withUnsafeMutableBufferPointer { least in
      greatest.withUnsafeMutableBufferPointer { greatest in
        elements.withUnsafeBufferPointer { values in
          for start in stride(from: 0, to: values.count, by: Swift.max(columnCount, 1)) {
            for column in 0..<columnCount {
              let value = values[start + column]
              guard value.isFinite else { continue }
              if value < least[column] { least[column] = value }
              if value > greatest[column] { greatest[column] = value }
            }
          }
        }
      }
    }
    let isEmpty = least.map { $0 == .infinity }
    return (
      zip(least, isEmpty).map { $1 ? 0 : Double($0) },
      zip(greatest, isEmpty).map { $1 ? 0 : Double($0) }
    )
  }
}
