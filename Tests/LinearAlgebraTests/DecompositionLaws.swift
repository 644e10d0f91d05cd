import ChiasmLinearAlgebra
import Testing

@Suite("Laws of the decompositions")
struct DecompositionLaws {
  @Test("Eigenvectors are orthonormal and put the matrix together again", arguments: [1, 2, 17])
  func eigen(size: Int) throws {
    let matrix = gram(size, 40)
    let eigen = try SymmetricEigen(matrix)
    #expect(eigen.values == eigen.values.sorted())
    var scaled = eigen.vectors
    for row in 0..<size {
      for column in 0..<size { scaled[row, column] *= eigen.values[row] }
    }
    let again = scaled.transposed.product(transposing: eigen.vectors.transposed)
    #expect(distance(again, matrix) <= 1e-10)
    let products = eigen.vectors.product(transposing: eigen.vectors)
    #expect(distance(products, identity(size)) <= 1e-12)
  }

  @Test(
    "Squared singular values are the eigenvalues of the Gram matrix",
    arguments: [(5, 9), (9, 5), (1, 4)])
  func singularValues(rows: Int, columns: Int) throws {
    let matrix = waves(rows, columns, phase: 3)
    let gram = matrix.product(transposing: matrix)
    let eigenvalues = try SymmetricEigen(gram).values.reversed().prefix(min(rows, columns))
    let values = try matrix.singularValues()
    #expect(values.count == min(rows, columns))
    for (value, eigenvalue) in zip(values, eigenvalues) {
      #expect(abs(value * value - eigenvalue) <= 1e-9)
    }
  }

  @Test("The triangular factor has the same products of columns", arguments: [(6, 6), (30, 4)])
  func triangular(rows: Int, columns: Int) {
    let matrix = waves(rows, columns, phase: 3)
    let factor = matrix.triangularFactor()
    #expect((factor.rowCount, factor.columnCount) == (columns, columns))
    for row in 0..<columns {
      for column in 0..<row { #expect(factor[row, column] == 0) }
    }
    let (one, other) = (matrix.transposed, factor.transposed)
    #expect(
      distance(one.product(transposing: one), other.product(transposing: other)) <= 1e-11)
  }

  @Test("Solutions solve, one a row")
  func cholesky() throws {
    let matrix = gram(8, 20)
    let sides = waves(5, 8, phase: 1)
    let solved = try CholeskyFactor(matrix).solving(rows: sides)
    #expect(distance(solved.product(transposing: matrix), sides) <= 1e-10)
  }

  @Test("A matrix without the property is refused, and so is a NaN")
  func refusals() {
    var matrix = identity(3)
    matrix[1, 1] = -1
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 3)) {
      try CholeskyFactor(matrix)
    }
    matrix[2, 0] = .nan
    let expected = LinearAlgebraError.notFinite(row: 2, column: 0)
    #expect(throws: expected) { try SymmetricEigen(matrix) }
    #expect(throws: expected) { try matrix.singularValues() }
    #expect(expected.description.contains("row 2, column 0"))
  }

  @Test("Transposing exchanges rows and columns, and twice is nothing")
  func transposing() {
    let matrix = waves(3, 5, phase: 1)
    #expect(matrix.transposed.column(2) == Array(matrix.row(2)))
    #expect(matrix.transposed.transposed == matrix)
    #expect(Matrix<Double>(rowCount: 0, columnCount: 4, repeating: 0).transposed.rowCount == 4)
  }
}

private func gram(_ size: Int, _ inner: Int) -> Matrix<Double> {
  let matrix = waves(size, inner, phase: 2)
  return matrix.product(transposing: matrix)
}

private func identity(_ size: Int) -> Matrix<Double> {
  var matrix = Matrix(rowCount: size, columnCount: size, repeating: 0.0)
  for index in 0..<size { matrix[index, index] = 1 }
  return matrix
}

/// The greatest difference of two elements.
private func distance(_ one: Matrix<Double>, _ other: Matrix<Double>) -> Double {
  zip(one.elements, other.elements).reduce(0) { max($0, abs($1.0 - $1.1)) }
}
