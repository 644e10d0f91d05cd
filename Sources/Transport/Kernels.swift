internal import ChiasmCTransport
internal import ChiasmLinearAlgebra

/// A set of machine instructions for which the kernels are compiled.
enum InstructionSet: UInt32, CaseIterable, Sendable {
  case baseline, avx2, avx512

  /// Those that this machine has.
  static let available = allCases.filter { transportHas(.init(rawValue: $0.rawValue)) }
  /// The widest that this machine has.
  static let best = available.last ?? .baseline
}

/// The inner loops, compiled for one instruction set. The bits of a result do not depend on the set.
///
/// `CTransport.h` says what each does. With UncheckedBuffer.swift, this is the file that handles
/// pointers: lengths are checked in debug builds.
struct Kernels {
  private let table: TransportKernels

  /// The kernels for `instructionSet`, or the baseline ones when this machine lacks it.
  init(_ instructionSet: InstructionSet) {
    table = transportKernels(.init(rawValue: instructionSet.rawValue)).pointee
  }

  /// The number of lanes to whose multiple rows of integers are padded.
  static let laneCount = Int(TRANSPORT_LANES)

  /// `count` rounded up to whole lanes.
  static func padded(_ count: Int) -> Int { (count + laneCount - 1) / laneCount * laneCount }
}

extension Kernels {
  /// The least and the greatest of all costs, or nil when one is NaN or infinite or there is none.
  func finiteRange(_ costs: CostMatrix.Storage) -> ClosedRange<Double>? {
    let extremes = costs.withPointer {
      table.extremesOfDoubles($0, $1)
    } floats: {
      table.extremesOfFloats($0, $1)
    }
    guard let extremes, extremes.least <= extremes.greatest else { return nil }
    return extremes.least...extremes.greatest
  }

  /// Writes round((cost − offset) · scale), held within 0 … 65,535, for `length` costs from `start` on.
  func quantize(
    _ costs: CostMatrix, at start: Int, length: Int, offset: Double, scale: Double,
    into grid: borrowing UncheckedBuffer<UInt16>, at place: Int
  ) {
    assert(place + length <= grid.count)
    let target = grid.base + place
    costs.storage.withPointer { base, count in
      assert(start >= 0 && start + length <= count)
      table.quantizeDoubles(base + start, length, offset, scale, target)
    } floats: { base, count in
      assert(start >= 0 && start + length <= count)
      table.quantizeFloats(base + start, length, offset, scale, target)
    }
  }

  /// Lowers each element of `least` to the cost beside it.
  func lower(
    _ least: borrowing UncheckedBuffer<UInt16>, to costs: borrowing UncheckedBuffer<UInt16>,
    at start: Int
  ) {
    assert(least.count % Self.laneCount == 0 && start + least.count <= costs.count)
    table.lower(costs.base + start, least.count, least.base)
  }

  /// The least cost + price of a row and its column.
  func least(
    _ costs: borrowing UncheckedBuffer<UInt16>, at start: Int,
    prices: borrowing UncheckedBuffer<Int32>
  ) -> (value: Int32, column: Int) {
    assert(prices.count % Self.laneCount == 0 && start + prices.count <= costs.count)
    let least = table.least(costs.base + start, prices.base, prices.count)
    return (least.value, Int(least.index))
  }

  /// Relaxes the arcs of a row and returns the least key with its column.
  func relax(
    _ costs: borrowing UncheckedBuffer<UInt16>, at start: Int,
    prices: borrowing UncheckedBuffer<Int32>, base: Int32, row: Int32,
    keys: borrowing UncheckedBuffer<Int32>, parents: borrowing UncheckedBuffer<Int32>
  ) -> (key: Int32, column: Int) {
    assert(prices.count % Self.laneCount == 0 && start + prices.count <= costs.count)
    assert(keys.count == prices.count && parents.count == prices.count)
    let least = table.relax(
      costs.base + start, prices.base, prices.count, base, row, keys.base,
      parents.base)
    return (least.value, Int(least.index))
  }

  /// Writes the columns below `length` with cost + price ≤ bound and returns their number.
  func collect(
    _ costs: borrowing UncheckedBuffer<UInt16>, at start: Int,
    prices: borrowing UncheckedBuffer<Int32>, length: Int, bound: Int32,
    into found: borrowing UncheckedBuffer<Int32>
  ) -> Int {
    assert(start + prices.count <= costs.count && Self.padded(length) <= prices.count)
    assert(length <= found.count)
    return table.collect(costs.base + start, prices.base, length, bound, found.base)
  }

  /// Writes `lanes` lines of a strip, which lie `stripStride` apart, as columns of a grid from the
  /// column `left` on; its rows lie `gridStride` apart. `lanes` is a multiple of the lane count.
  func turn(
    _ strip: borrowing UncheckedBuffer<UInt16>, stripStride: Int, lanes: Int, rowCount: Int,
    into grid: borrowing UncheckedBuffer<UInt16>, at left: Int, gridStride: Int
  ) {
    assert(lanes % Self.laneCount == 0 && left + lanes <= gridStride)
    assert(Self.padded(rowCount) <= stripStride && lanes * stripStride <= strip.count)
    assert(rowCount * gridStride <= grid.count)
    table.turn(strip.base, stripStride, lanes, rowCount, grid.base + left, gridStride)
  }

  /// The index, in `range`, of the listed arc with the least cost + price; nil when none is below
  /// `bound`. Prices stand at `offset` of their buffer.
  func leastListed(
    _ costs: [Double], _ columns: [Int32], in range: Range<Int>,
    prices: borrowing UncheckedBuffer<Double>, at offset: Int, below bound: Double
  ) -> Int? {
    assert(range.upperBound <= costs.count && range.upperBound <= columns.count)
    assert(columns[range].allSatisfy { 0 <= $0 && offset + Int($0) < prices.count })
    guard !range.isEmpty else { return nil }
    let prices = prices.base + offset
    let place = costs.withUnsafeBufferPointer { costs in
      columns.withUnsafeBufferPointer { columns in
        guard let costs = costs.baseAddress, let columns = columns.baseAddress else { return -1 }
        return table.leastListed(
          costs + range.lowerBound, columns + range.lowerBound, range.count, prices, bound)
      }
    }
    return place < 0 ? nil : range.lowerBound + place
  }

  /// The least cost + price of a row; prices stand at `offset` of their buffer.
  func leastSum(
    _ costs: CostMatrix, at start: Int, prices: borrowing UncheckedBuffer<Double>, at offset: Int,
    length: Int
  ) -> Double {
    assert(offset + length <= prices.count)
    let prices = prices.base + offset
    let least = costs.storage.withPointer { base, count in
      assert(start >= 0 && start + length <= count)
      return table.leastSumOfDoubles(base + start, prices, length)
    } floats: { base, count in
      assert(start >= 0 && start + length <= count)
      return table.leastSumOfFloats(base + start, prices, length)
    }
    return least ?? .infinity
  }
}

extension CostMatrix.Storage {
  /// Calls that body which takes the costs as they are kept, with their number; nil when there are
  /// none.
  @inline(__always) @discardableResult
  fileprivate func withPointer<Result>(
    doubles: (UnsafePointer<Double>, _ count: Int) -> Result,
    floats: (UnsafePointer<Float>, _ count: Int) -> Result
  ) -> Result? {
    switch self {
    case .doubles(let values):
      values.elements.withUnsafeBufferPointer { costs in
        costs.baseAddress.map { doubles($0, costs.count) }
      }
    case .floats(let values):
      values.elements.withUnsafeBufferPointer { costs in
        costs.baseAddress.map { floats($0, costs.count) }
      }
    }
  }
}
