import ChiasmLinearAlgebra
import Testing

@testable import ChiasmTransport

@Suite("Dominant systems and divergences")
struct DominantSystemTests {
  @Test(
    "The solution solves the system, whichever side is longer", arguments: [(3, 5), (5, 3), (1, 1)])
  func solves(rows: Int, columns: Int) throws {
    let weights = try randomCosts(rows, columns, seed: 4).values
    let rowExcess = (0..<rows).map { 0.1 * Double($0 + 1) }
    let columnExcess = [Double](repeating: 0, count: columns)
    let right = (
      rows: (0..<rows).map { Double($0) - 1 }, columns: (0..<columns).map { 2 - Double($0) }
    )
    let (x, y) = DominantSystem(
      weights: weights, rowExcess: rowExcess, columnExcess: columnExcess
    ).solve(right.rows, right.columns)
    for i in 0..<rows {
      let sum = (0..<columns).reduce(rowExcess[i] * x[i]) { $0 + weights[i, $1] * (x[i] - y[$1]) }
      #expect(isClose(sum, right.rows[i], within: 1e-13))
    }
    for j in 0..<columns {
      let sum = (0..<rows).reduce(0) { $0 + weights[$1, j] * (y[j] - x[$1]) }
      #expect(isClose(sum, right.columns[j], within: 1e-13))
    }
  }

  @Test("A tiny excess keeps its digits: the constant part of the solution is the sum over it")
  func accuracy() {
    let system = DominantSystem(
      weights: Matrix(rowCount: 2, columnCount: 2, elements: [1e8, 1, 1, 1e8]),
      rowExcess: [1e-12, 0], columnExcess: [0, 0])
    let (x, y) = system.solve([1, 1], [1, 0])
    for value in x + y { #expect(abs(value / 3e12 - 1) <= 1e-11) }
  }

  @Test("The divergence is x log(x/m) − x + m, right to the last digits near m")
  func divergences() {
    #expect(divergence(0, from: 3) == 3)
    #expect(divergence(0, from: 0) == 0)
    #expect(divergence(1, from: 0) == .infinity)
    #expect(isClose(divergence(2, from: 1), 0.3862943611198906, within: 1e-15))
    // r²/2 − r³/6 for r = 2⁻²⁰, where the formula itself has lost all but four digits.
    let r = 0x1p-20
    #expect(abs(divergence(1 + r, from: 1) / (r * r / 2 - r * r * r / 6) - 1) < 1e-12)
    // Both sides of the change of formula, by the same value in many digits.
    #expect(isClose(divergence(1.0999999, from: 1), 0.004841188253743911, within: 1e-14))
    #expect(isClose(divergence(1.1000001, from: 1), 0.0048412073157798607, within: 1e-14))
  }
}
