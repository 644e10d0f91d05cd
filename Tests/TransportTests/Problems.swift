import ChiasmLinearAlgebra
import ChiasmTransport

/// SplitMix64: the same numbers from the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Uniform random costs in `range`.
func randomCosts(
  _ rows: Int, _ columns: Int, seed: UInt64, in range: ClosedRange<Double> = 0...1
) throws -> CostMatrix {
  var generator = SeededGenerator(seed: seed)
  return try CostMatrix(
    Matrix(
      rowCount: rows, columnCount: columns,
      elements: (0..<rows * columns).map { _ in Double.random(in: range, using: &generator) }))
}

/// Random whole-number costs below `bound`: many ties.
func randomWholeCosts(_ rows: Int, _ columns: Int, below bound: Int, seed: UInt64) throws
  -> CostMatrix
{
  var generator = SeededGenerator(seed: seed)
  return try CostMatrix(
    Matrix(
      rowCount: rows, columnCount: columns,
      elements: (0..<rows * columns).map { _ in
        Double(Int.random(in: 0..<bound, using: &generator))
      }))
}

/// Random weights of total 1, every third one zero when `sparse`.
func randomWeights(_ count: Int, seed: UInt64, sparse: Bool = false) -> Marginal {
  var generator = SeededGenerator(seed: seed)
  let raw = (0..<count).map { index in
    sparse && index % 3 == 1 ? 0 : Double.random(in: 0.1...1, using: &generator)
  }
  let total = raw.reduce(0, +)
  return .weights(raw.map { $0 / total })
}

/// The cost matrix made of rows of numbers.
func costs(_ rows: [[Double]]) throws -> CostMatrix {
  try CostMatrix(
    Matrix(rowCount: rows.count, columnCount: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
  )
}

/// Whether two numbers differ by no more than `tolerance` times the greater of 1 and their size.
func isClose(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}
