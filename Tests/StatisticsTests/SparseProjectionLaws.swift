import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@Suite("Sparse random projections, also of unchecked buffers")
struct SparseProjectionLaws {
  /// Stimuli × units of normal deviates.
  private static func matrix(_ height: Int, _ width: Int, seed: UInt64 = 1) -> Matrix<Double> {
    var generator = SeededGenerator(seed: seed)
    return Matrix(
      rowCount: height, columnCount: width,
      elements: (0..<height * width).map { _ in generator.normal() })
  }

  private static func distance(_ one: ArraySlice<Double>, _ other: ArraySlice<Double>) -> Double {
    zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// The matrix of a projection: the new units of each old one.
  private static func entries(_ projection: SparseProjection) -> Matrix<Double> {
    let count = projection.unitCount
    var identity = Matrix<Double>(rowCount: count, columnCount: count, repeating: 0)
    for unit in 0..<count { identity[unit, unit] = 1 }
    return Matrix(
      rowCount: count, columnCount: projection.projectedCount,
      elements: projection(identity, rows: 0..<count))
  }

  @Test("Entries are 0 or ± √(s/k), as many as s = √D asks for and as often of either sign")
  func sparse() {
    let (width, count) = (400, 50)
    let entries = Self.entries(SparseProjection(of: width, to: count, seed: 3, name: "a")).elements
    let size = (20.0 / 50).squareRoot()
    let filled = entries.filter { $0 != 0 }
    #expect(filled.allSatisfy { abs(abs($0) - size) < 1e-15 })
    // 20,000 entries of which 1/20 are expected: 1000, SD 31.
    #expect((880...1120).contains(filled.count), "\(filled.count)")
    #expect((0.4...0.6).contains(Double(filled.count { $0 > 0 }) / Double(filled.count)))
  }

  @Test("It is linear, and the sum of products with its entries", arguments: [1, 7, 8, 9, 21])
  func products(height: Int) {
    let matrix = Self.matrix(height, 60)
    let projection = SparseProjection(of: 60, to: 11, seed: 5, name: "layer")
    let entries = Self.entries(projection)
    let found = projection(matrix, rows: 0..<height)
    for row in 0..<height {
      for unit in 0..<11 {
        let expected = (0..<60).reduce(0) { $0 + matrix[row, $1] * entries[$1, unit] }
        #expect(abs(found[row * 11 + unit] - expected) < 1e-12)
      }
    }
    // Rows are the same bits whichever are taken together.
    #expect(
      (0..<height).flatMap { projection(matrix, rows: $0..<$0 + 1) } == found)
  }

  @Test("Squared distances are kept on average, and within the bound")
  func distances() throws {
    let (height, width, count) = (20, 3000, 400)
    let matrix = Self.matrix(height, width)
    let projection = SparseProjection(of: width, to: count, seed: 0, name: "conv")
    let projected = Matrix(
      rowCount: height, columnCount: count, elements: projection(matrix, rows: 0..<height))
    var ratios: [Double] = []
    for one in 0..<height {
      for other in 0..<one {
        ratios.append(
          Self.distance(projected.row(one), projected.row(other))
            / Self.distance(matrix.row(one), matrix.row(other)))
      }
    }
    let bound = try #require(SparseProjection.distortion(stimuli: height, units: count))
    #expect(ratios.allSatisfy { abs($0 - 1) < bound })
    #expect(abs(ratios.reduce(0, +) / Double(ratios.count) - 1) < 0.05)
  }

  @Test("Seed and name decide, and nothing else")
  func seeds() {
    let matrix = Self.matrix(3, 50)
    func numbers(_ seed: UInt64, _ name: String) -> [Double] {
      SparseProjection(of: 50, to: 5, seed: seed, name: name)(matrix, rows: 0..<3)
    }
    #expect(numbers(1, "a") == numbers(1, "a"))
    #expect(numbers(1, "a") != numbers(2, "a") && numbers(1, "a") != numbers(1, "b"))
  }

  @Test("One unit, and more new units than old ones, are no special cases")
  func small() {
    let one = SparseProjection(of: 1, to: 3, seed: 0, name: "a")
    let matrix = Matrix(rowCount: 1, columnCount: 1, elements: [2.0])
    // s = 1: every entry is ± 1/√3.
    #expect(one(matrix, rows: 0..<1).allSatisfy { abs(abs($0) - 2 / 3.0.squareRoot()) < 1e-15 })
    #expect(SparseProjection(of: 4, to: 9, seed: 0, name: "a").projectedCount == 9)
  }

  @Test("The bound is the formula of the lemma turned round")
  func bound() throws {
    let cases = [
      (78, 4.356708826689592, 1000), (10_000, 9.210340371976184, 1000),
      (1000, 6.907755278982137, 5000), (20, 2.995732273553991, 400),
    ]
    for (stimuli, logarithm, units) in cases {
      let value = try #require(SparseProjection.distortion(stimuli: stimuli, units: units))
      let (square, cube) = (value * value, value * value * value)
      let needed = 4 * logarithm / (square / 2 - cube / 3)
      #expect(abs(needed - Double(units)) < 1e-6 * Double(units))
    }
    #expect(SparseProjection.distortion(stimuli: 1000, units: 100) == nil)
  }
}
