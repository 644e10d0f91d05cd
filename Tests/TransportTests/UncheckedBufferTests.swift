import ChiasmLinearAlgebra
import Testing

@testable import ChiasmTransport

/// The vector loops against plain ones; these run under the address sanitizer too.
@Suite("Unchecked buffer")
struct UncheckedBufferTests {
  private func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
  }

  private func buffer(_ numbers: [Double]) -> UncheckedBuffer<Double> {
    let buffer = UncheckedBuffer(repeating: 0.0, count: numbers.count)
    for index in numbers.indices { buffer[index] = numbers[index] }
    return buffer
  }

  @Test("Least sum and its place", arguments: [1, 2, 7, 8, 9, 15, 16, 17, 40, 101])
  func leastSum(length: Int) {
    let (xs, ys) = (numbers(2 * length, seed: 1), numbers(length + 3, seed: 2))
    let x = buffer(xs)
    let y = buffer(ys)
    let sums = (0..<length).map { xs[length + $0] + ys[3 + $0] }
    let least = x.leastSum(at: length, adding: y, at: 3, length: length)
    #expect(least == sums.min())
    let place = x.firstSum(atMost: least, at: length, adding: y, at: 3, length: length)
    #expect(place == sums.firstIndex(of: least))
    #expect(x.firstSum(atMost: -9, at: length, adding: y, at: 3, length: length) == length)
  }

  @Test("Product sums", arguments: [1, 7, 8, 9, 33])
  func products(length: Int) {
    let (xs, ys) = (numbers(2 * length, seed: 3), numbers(length, seed: 4))
    let x = buffer(xs)
    let y = buffer(ys)
    let expected = (0..<length).reduce(0) { $0 + xs[length + $1] * ys[$1] }
    #expect(isClose(x.dot(at: length, with: y, length: length), expected, within: 1e-14))
    y.add(x, at: length, times: 2, length: length)
    for k in 0..<length { #expect(y[k] == ys[k] + xs[length + k] * 2) }
  }

  @Test("Overlapping moves and copies")
  func moves() {
    let x = UncheckedBuffer(repeating: 0, count: 6)
    for index in 0..<6 { x[index] = index }
    x.move(to: 2, from: 0, length: 4)
    #expect((0..<6).map { x[$0] } == [0, 1, 0, 1, 2, 3])
    let y = UncheckedBuffer(repeating: 9, count: 3)
    x.copy(to: 3, from: y, at: 0, length: 3)
    #expect((0..<6).map { x[$0] } == [0, 1, 0, 9, 9, 9])
  }

  @Test("Copies of any length", arguments: [0, 1, 8, 9, 30])
  func copies(length: Int) {
    let x = UncheckedBuffer(repeating: -1, count: 40)
    let y = UncheckedBuffer(repeating: 0, count: 33)
    for index in 0..<33 { y[index] = index }
    x.copy(to: 4, from: y, at: 3, length: length)
    #expect((0..<40).map { x[$0] } == (0..<40).map { 4..<4 + length ~= $0 ? $0 - 1 : -1 })
  }

  @Test("Least differences of rows and columns", arguments: [(1, 1), (3, 8), (5, 13), (9, 4)])
  func leastDifferences(p: Int, q: Int) throws {
    let cost = try randomCosts(p, q, seed: UInt64(p * q))
    let (u, v) = (
      (0..<p).map { Double($0) / 10 }, (0..<q).map { $0 == 0 ? -.infinity : Double($0) / 7 }
    )
    let rows = cost.leastOfRows(minus: v)
    let columns = cost.leastOfColumns(minus: u)
    for i in 0..<p { #expect(rows[i] == (0..<q).map { cost[i, $0] - v[$0] }.min()) }
    for j in 0..<q { #expect(columns[j] == (0..<p).map { cost[$0, j] - u[$0] }.min()) }
  }

  @Test("A compensated sum keeps what a plain one loses")
  func compensatedSums() {
    #expect(compensatedSum([1, 1e100, 1, -1e100]) == 2)
    #expect(compensatedDot([1e8 + 1, -1], [1e8 - 1, 1e16]) == -1)
  }
}
