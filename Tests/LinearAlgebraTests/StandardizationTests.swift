import ChiasmLinearAlgebra
import Testing

@Suite("Laws of the z-score")
struct StandardizationTests {
  private let matrix = Matrix(
    rowCount: 30, columnCount: 37, elements: waves(30, 37, phase: 3).elements.map(Float.init))
  private let rows = [1, 4, 5, 8, 11, 12, 20, 29]

  @Test("Mean and deviation are those of the definition, over the fitted rows only")
  func definition() {
    let fit = Standardization(fitting: matrix, rows: rows)
    for column in 0..<37 {
      let values = rows.map { Double(matrix[$0, column]) }
      let mean = values.reduce(0, +) / 8
      // E x² − (E x)², another way than the one that is tested.
      let variance = values.reduce(0) { $0 + $1 * $1 } / 8 - mean * mean
      #expect(abs(fit.means[column] - mean) <= 1e-15)
      #expect(abs(fit.deviations[column] - variance.squareRoot()) <= 1e-14)
    }
    #expect(fit.varyingColumns == Array(0..<37))
  }

  @Test("The result has one row a unit and one column a stimulus, in the order asked for")
  func layout() {
    let fit = Standardization(fitting: matrix, rows: rows)
    let asked = [29, 0, 17, 0, 3]
    let scores = fit.standardized(matrix, rows: asked)
    #expect((scores.rowCount, scores.columnCount) == (37, 5))
    for unit in 0..<37 {
      for (position, row) in asked.enumerated() {
        let expected = (Double(matrix[row, unit]) - fit.means[unit]) / fit.deviations[unit]
        #expect(scores[unit, position] == Float(expected))
      }
    }
  }

  @Test("Over the fitted rows every unit gets mean 0 and mean square 1")
  func moments() {
    let scores = Standardization(fitting: matrix, rows: rows).standardized(matrix, rows: rows)
    for unit in 0..<37 {
      let values = scores.row(unit).map(Double.init)
      #expect(abs(values.reduce(0, +)) <= 1e-6)
      #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 8 - 1) <= 1e-6)
    }
  }

  @Test("Normalised rows have mean 0 and length 1, and are z-scores by a factor")
  func normalized() {
    let fit = Standardization(fitting: matrix, rows: rows)
    let unit = fit.normalized(matrix, rows: rows)
    let scores = fit.standardized(matrix, rows: rows)
    #expect((unit.rowCount, unit.columnCount) == (37, 8))
    for row in 0..<37 {
      #expect(abs(unit.row(row).reduce(0, +)) <= 1e-14)
      #expect(abs(unit.row(row).reduce(0) { $0 + $1 * $1 } - 1) <= 1e-14)
      for (one, other) in zip(unit.row(row), scores.row(row)) {
        #expect(abs(one * 8.0.squareRoot() - Double(other)) <= 1e-6)
      }
    }
  }

  @Test("Scaled columns are those z-scores, in the layout of the matrix")
  func scaled() {
    let fit = Standardization(fitting: matrix, rows: rows)
    let scores = fit.standardized(matrix, rows: rows)
    for columns in [Array(0..<37), [36, 0, 5]] {
      let scaled = AffineScaling(fit, columns: columns)(matrix, rows: rows)
      #expect((scaled.rowCount, scaled.columnCount) == (8, columns.count))
      for row in 0..<8 {
        for (place, column) in columns.enumerated() {
          #expect(abs(scaled[row, place] - scores[column, row]) <= 1e-5)
        }
      }
    }
  }

  @Test("A scaling applies the shifts and factors that it names, to the bit")
  func exactScaling() {
    let scaling = AffineScaling(Standardization(fitting: matrix, rows: rows), columns: [3, 7])
    let scaled = scaling(matrix, rows: [2])
    for (place, column) in [3, 7].enumerated() {
      let expected = (matrix[2, column] - scaling.shifts[place]) * scaling.factors[place]
      #expect(scaled[0, place] == expected)
    }
  }

  @Test("Columns that do not vary over the fitted rows are left out, and the rest keep their order")
  func droppedColumns() {
    var changed = matrix
    for row in 0..<30 { changed[row, 0] = 0.1 }
    for row in rows { changed[row, 18] = -3e30 }
    for row in 0..<30 where !rows.contains(row) { changed[row, 36] = 5 }
    let fit = Standardization(fitting: changed, rows: rows)
    #expect(fit.varyingColumns == Array(1...17) + Array(19...36))
    let scores = fit.standardized(changed, rows: rows)
    #expect(scores.rowCount == 35)
    let full = Standardization(fitting: matrix, rows: rows).standardized(matrix, rows: rows)
    #expect(Array(scores.row(0)) == Array(full.row(1)))
    #expect(Array(scores.row(34)) == Array(full.row(36)))
  }

  @Test("A deviation counts by the column's own size, so that no unit of measure matters")
  func smallUnits() {
    let columns: [Float] = [1e-13, -1e-30, 1e-37, 1e30, 0]
    let values = Matrix(rowCount: 2, columnCount: 5, elements: columns + columns.map { -$0 })
    let fit = Standardization(fitting: values, rows: [0, 1])
    #expect(fit.varyingColumns == [0, 1, 2, 3])
    #expect(fit.standardized(values, rows: [0, 1]).elements == [1, -1, -1, 1, 1, -1, 1, -1])
  }

  @Test("A deviation of 1e-12 of the largest number is none, one above it is one")
  func threshold() {
    for scale in [1e-200, 1e-13, 1, 1e300] {
      #expect(!Standardization.varies(deviation: 1e-12 * scale, largest: scale))
      #expect(Standardization.varies(deviation: 1.001e-12 * scale, largest: scale))
    }
    #expect(!Standardization.varies(deviation: 0, largest: 0))
    #expect(!Standardization.varies(deviation: .nan, largest: 1))
    #expect(!Standardization.varies(deviation: .infinity, largest: 1))
  }

  @Test("What was taken off a column still counts for its size")
  func offsets() {
    let values = Matrix<Float>(rowCount: 2, columnCount: 2, elements: [1e-8, 1e-8, -1e-8, -1e-8])
    let fit = Standardization(fitting: values, rows: [0, 1], offsets: [1e8, 1e3])
    #expect(fit.varyingColumns == [1])
  }

  @Test("The least step of a number far from zero counts as varying, a constant there does not")
  func farFromZero() {
    let (low, high) = (Float(1e6), Float(1e6).nextUp)
    let values = Matrix(rowCount: 2, columnCount: 2, elements: [low, high, high, high])
    #expect(Standardization(fitting: values, rows: [0, 1]).varyingColumns == [0])
  }

  @Test(
    "A column with a NaN or an infinity in a fitted row does not vary",
    arguments: [Float.nan, .infinity, -.infinity])
  func notFinite(value: Float) {
    var changed = matrix
    changed[rows[2], 5] = value
    changed[0, 7] = value
    let fit = Standardization(fitting: changed, rows: rows)
    #expect(fit.varyingColumns == Array(0...4) + Array(6...36))
  }

  @Test("Over no rows or one row nothing varies", arguments: [[], [3], [3, 3]])
  func tooFewRows(rows: [Int]) {
    let fit = Standardization(fitting: matrix, rows: rows)
    #expect(fit.varyingColumns.isEmpty)
    let scores = fit.standardized(matrix, rows: [0, 1])
    #expect((scores.rowCount, scores.columnCount) == (0, 2))
  }

  @Test("A matrix without columns has nothing to fit")
  func noColumns() {
    let fit = Standardization(
      fitting: Matrix(rowCount: 4, columnCount: 0, elements: []), rows: [0, 1, 2])
    #expect(fit.means.isEmpty && fit.varyingColumns.isEmpty)
  }
}
