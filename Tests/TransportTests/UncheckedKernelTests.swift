import ChiasmLinearAlgebra
import Testing

@testable import ChiasmTransport

/// The kernels of every instruction set of this machine against plain Swift, bit for bit; these run
/// under the address sanitizer too.
@Suite("Unchecked kernels")
struct UncheckedKernelTests {
  static let sets = InstructionSet.available
  static let counts = [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 200]

  private func buffer<Element>(_ elements: [Element]) -> UncheckedBuffer<Element> {
    let buffer = UncheckedBuffer<Element>(uninitialized: elements.count)
    for index in elements.indices { buffer[index] = elements[index] }
    return buffer
  }

  private func elements<Element>(_ buffer: borrowing UncheckedBuffer<Element>) -> [Element] {
    (0..<buffer.count).map { buffer[$0] }
  }

  /// Numbers of a small range have many ties.
  private func numbers<Number: FixedWidthInteger>(
    _ count: Int, _ range: ClosedRange<Number>, seed: Int
  ) -> [Number] {
    var generator = SeededGenerator(seed: UInt64(seed))
    return (0..<count).map { _ in Number.random(in: range, using: &generator) }
  }

  private func doubles(_ count: Int, _ range: ClosedRange<Double>, seed: Int) -> [Double] {
    var generator = SeededGenerator(seed: UInt64(seed))
    return (0..<count).map { _ in Double.random(in: range, using: &generator) }
  }

  /// The same costs in eight and in four bytes, as one row.
  private func bothPrecisions(_ costs: [Double]) throws -> [CostMatrix] {
    try [
      CostMatrix(Matrix(rowCount: 1, columnCount: costs.count, elements: costs)),
      CostMatrix(Matrix(rowCount: 1, columnCount: costs.count, elements: costs.map { Float($0) })),
    ]
  }

  /// Padded costs after `start` others, and prices.
  private func row(_ count: Int, greatest: UInt16, start: Int) -> (costs: [UInt16], prices: [Int32])
  {
    let padded = Kernels.padded(count)
    return (
      numbers(start + padded, 0...greatest, seed: count), numbers(padded, -9...9, seed: count + 1)
    )
  }

  @Test("The baseline is always there, and the best set is one of those there")
  func availability() {
    #expect(Self.sets.first == .baseline)
    #expect(Self.sets.contains(.best))
  }

  @Test("Quantising", arguments: sets, counts)
  func quantize(set: InstructionSet, count: Int) throws {
    for costs in try bothPrecisions(doubles(count + 3, -0.1...1.1, seed: count)) {
      let grid = buffer([UInt16](repeating: 7, count: count + 5))
      Kernels(set).quantize(
        costs, at: 3, length: count, offset: 0.01, scale: 65_535, into: grid, at: 5)
      let expected = (3..<count + 3).map { column in
        UInt16(max(0, min(65_535, (costs[0, column] - 0.01) * 65_535 + 0.5)))
      }
      #expect(elements(grid) == [7, 7, 7, 7, 7] + expected)
    }
  }

  @Test("The extremes of all costs, and none where one is not finite", arguments: sets, counts)
  func extremes(set: InstructionSet, count: Int) throws {
    let kernels = Kernels(set)
    for costs in try bothPrecisions(doubles(count, -1...1, seed: count)) {
      let (least, greatest) = (costs.values.elements.min(), costs.values.elements.max())
      let range = try #require(kernels.finiteRange(costs.storage))
      #expect(range.lowerBound == least && range.upperBound == greatest)
    }
    for value in [Double.nan, .infinity, -.infinity] {
      for place in Set([0, count / 2, count - 1]) {
        var matrix = Matrix(rowCount: 1, columnCount: count, repeating: 1.0)
        matrix[0, place] = value
        let single = Matrix(
          rowCount: 1, columnCount: count, elements: matrix.elements.map(Float.init))
        #expect(kernels.finiteRange(.doubles(matrix)) == nil)
        #expect(kernels.finiteRange(.floats(single)) == nil)
      }
    }
  }

  @Test("Lowering and least sums", arguments: sets, counts)
  func least(set: InstructionSet, count: Int) {
    for greatest: UInt16 in [5, .max] {
      let (costs, prices) = row(count, greatest: greatest, start: 4)
      let least = buffer(numbers(prices.count, 0...greatest, seed: count + 2))
      let expected = zip(elements(least), costs.dropFirst(4)).map { min($0, $1) }
      let kernels = Kernels(set)
      kernels.lower(least, to: buffer(costs), at: 4)
      #expect(elements(least) == expected)
      let sums = zip(costs.dropFirst(4), prices).map { Int32($0) + $1 }
      let found = kernels.least(buffer(costs), at: 4, prices: buffer(prices))
      #expect(found.value == sums.min())
      #expect(found.column == sums.firstIndex(of: found.value))
    }
  }

  @Test("Relaxing", arguments: sets, counts)
  func relax(set: InstructionSet, count: Int) {
    for greatest: UInt16 in [5, .max] {
      let (costs, prices) = row(count, greatest: greatest, start: 2)
      var keys: [Int32] = numbers(prices.count, 0...Int32(greatest), seed: count + 3)
      keys[count / 2] = -1
      keys[count / 3] = .max
      var parents = [Int32](repeating: 1, count: keys.count)
      let keyBuffer = buffer(keys)
      let parentBuffer = buffer(parents)
      let found = Kernels(set).relax(
        buffer(costs), at: 2, prices: buffer(prices), base: 9, row: 42, keys: keyBuffer,
        parents: parentBuffer)
      for column in keys.indices {
        let reach = Int32(costs[2 + column]) + prices[column] + 9
        if reach < keys[column] { (keys[column], parents[column]) = (reach, 42) }
      }
      #expect(elements(keyBuffer) == keys && elements(parentBuffer) == parents)
      let unsigned = keys.map { UInt32(bitPattern: $0) }
      #expect(UInt32(bitPattern: found.key) == unsigned.min())
      #expect(found.column == unsigned.firstIndex(of: UInt32(bitPattern: found.key)))
    }
  }

  @Test("Collecting", arguments: sets, counts)
  func collect(set: InstructionSet, count: Int) {
    let (costs, prices) = row(count, greatest: 30, start: 1)
    for bound: Int32 in [-10, 0, 12, 40] {
      let found = buffer([Int32](repeating: -1, count: count))
      let number = Kernels(set).collect(
        buffer(costs), at: 1, prices: buffer(prices), length: count, bound: bound, into: found)
      let expected = (0..<count).filter { Int32(costs[1 + $0]) + prices[$0] <= bound }
      #expect(elements(found).prefix(number).map(Int.init) == expected)
    }
  }

  @Test("Turning lines into columns", arguments: sets, counts)
  func turn(set: InstructionSet, count: Int) {
    let (stripStride, gridStride) = (Kernels.padded(count) + 3, 50)
    for lanes in [16, 32] {
      let lines: [UInt16] = numbers(lanes * stripStride, 0...UInt16.max, seed: count)
      let grid = buffer([UInt16](repeating: 7, count: count * gridStride))
      Kernels(set).turn(
        buffer(lines), stripStride: stripStride, lanes: lanes, rowCount: count, into: grid, at: 5,
        gridStride: gridStride)
      let expected = (0..<count * gridStride).map { index -> UInt16 in
        let (row, lane) = (index / gridStride, index % gridStride - 5)
        return 0..<lanes ~= lane ? lines[lane * stripStride + row] : 7
      }
      #expect(elements(grid) == expected)
    }
  }

  @Test("Least sum of a row", arguments: sets, counts)
  func leastSum(set: InstructionSet, count: Int) throws {
    let prices = doubles(count + 3, -1...1, seed: count + 4)
    for costs in try bothPrecisions(doubles(count + 2, 0...1, seed: count)) {
      let found = Kernels(set).leastSum(
        costs, at: 2, prices: buffer(prices), at: 3, length: count)
      #expect(found == (0..<count).map { costs[0, 2 + $0] + prices[3 + $0] }.min())
    }
  }

  @Test("Least sum of a list", arguments: sets, counts)
  func leastListed(set: InstructionSet, count: Int) {
    let kernels = Kernels(set)
    let costs = doubles(count + 2, 0...1, seed: count).map { ($0 * 20).rounded() / 7 }
    let prices = doubles(count + 3, -1...1, seed: count + 4).map { ($0 * 20).rounded() / 9 }
    let columns: [Int32] = numbers(count + 2, 0...Int32(count - 1), seed: count + 5)
    let listed = (2..<count + 2).map { costs[$0] + prices[3 + Int(columns[$0])] }
    for bound in [-9, 0, 0.7, 9] {
      let place = kernels.leastListed(
        costs, columns, in: 2..<count + 2, prices: buffer(prices), at: 3, below: bound)
      let least = listed.min().flatMap { $0 < bound ? listed.firstIndex(of: $0) : nil }
      #expect(place == least.map { $0 + 2 })
    }
    #expect(
      kernels.leastListed(costs, columns, in: 2..<2, prices: buffer(prices), at: 3, below: 9) == nil
    )
  }
}
