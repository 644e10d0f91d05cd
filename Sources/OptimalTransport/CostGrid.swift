internal import LinearAlgebra

/// The costs of a problem as whole numbers of 0 … 2²⁶, row by row, the rows padded to whole lanes.
///
/// A cost c becomes round((c − offset) · scale), where scale is a power of two. Rounding moves a cost
/// by at most half a step, which is 2⁻²⁷ to 2⁻²⁶ of the range of the costs. Costs that are whole
/// multiples of the step, as single-precision correlations are, stay exact up to the offset.
struct CostGrid: ~Copyable {
  let rowCount: Int
  let columnCount: Int
  /// From the start of one row to that of the next.
  let stride: Int
  /// Whether rows stand for target points.
  let turned: Bool
  let offset: Double
  let scale: Double
  let costs: UncheckedBuffer<Int32>
  /// Lower bounds of the costs in half as many bytes.
  let floors: UncheckedBuffer<UInt16>

  /// The greatest cost has at most this many bits.
  static let costBits = 26
  /// Potentials and distances stay below this in size. Padding is above a cost minus a potential, and
  /// a padding plus three numbers of this size is still an Int32.
  static let limit: Int32 = 1 << 28
  static let padding: Int32 = 1 << 29

  init(_ problem: ActiveProblem, turned: Bool, kernels: Kernels) {
    let (p, q) = (problem.sources.count, problem.targets.count)
    (rowCount, columnCount) = turned ? (q, p) : (p, q)
    stride = Kernels.padded(columnCount)
    self.turned = turned
    let spread = problem.range.upperBound - problem.range.lowerBound
    let exponent = spread > 0 ? Self.costBits - 1 - Int(spread.exponent) : 0
    scale = Double(sign: .plus, exponent: min(exponent, 1000), significand: 1)
    offset = (problem.range.lowerBound * scale).rounded(.down) / scale
    costs = UncheckedBuffer(uninitialized: rowCount * stride)
    floors = UncheckedBuffer(uninitialized: rowCount * stride)
    for top in Swift.stride(from: 0, to: rowCount, by: Self.blockLength) {
      let rows = top..<min(top + Self.blockLength, rowCount)
      if turned { fillTurned(rows, problem.costs, kernels) } else { fill(rows, problem.costs, kernels) }
      for row in rows {
        for column in columnCount..<stride { costs[row * stride + column] = Self.padding }
        kernels.writeFloors(of: costs, at: row * stride, length: stride, into: floors)
      }
    }
  }

  /// The rows that are made at a time, so that they stay in a near cache meanwhile.
  private static let blockLength = 128

  /// Where a row begins.
  @inline(__always)
  func start(_ row: Int) -> Int { row * stride }

  @inline(__always)
  func cost(_ row: Int, _ column: Int) -> Int32 { costs[row * stride + column] }

  private func fill(_ rows: Range<Int>, _ matrix: Matrix<Double>, _ kernels: Kernels) {
    for row in rows {
      kernels.quantize(
        matrix.elements, at: row * columnCount, length: columnCount, offset: offset, scale: scale,
        into: costs, at: row * stride)
    }
  }

  /// Quantises the costs of a few source points at a time and writes them as columns.
  private func fillTurned(_ rows: Range<Int>, _ matrix: Matrix<Double>, _ kernels: Kernels) {
    let strip = UncheckedBuffer<Int32>(repeating: 0, count: 16 * rows.count)
    for left in Swift.stride(from: 0, to: columnCount, by: 16) {
      let width = min(16, columnCount - left)
      for lane in 0..<width {
        kernels.quantize(
          matrix.elements, at: (left + lane) * rowCount + rows.lowerBound, length: rows.count,
          offset: offset, scale: scale, into: strip, at: lane * rows.count)
      }
      for (index, row) in rows.enumerated() {
        for lane in 0..<width {
          costs[row * stride + left + lane] = strip[lane * rows.count + index]
        }
      }
    }
  }
}
