import ChiasmLinearAlgebra
import Testing

@Suite("Two ways: the product by OpenBLAS and by three loops")
struct ProductTests {
  @Test(
    "Both ways agree",
    arguments: [(1, 1, 1), (1, 7, 5), (6, 1, 5), (3, 4, 1), (17, 13, 29), (65, 33, 130)])
  func shapes(rows: Int, others: Int, columns: Int) {
    let left = waves(rows, columns, phase: 1)
    let right = waves(others, columns, phase: 2)
    let product = left.product(transposing: right)
    let expected = loops(left, right)
    #expect((product.rowCount, product.columnCount) == (rows, others))
    let error = zip(product.elements, expected.elements).map { abs($0 - $1) }.max() ?? .infinity
    #expect(error <= 1e-13 * Double(columns))
  }

  @Test("The product the other way round is the transpose")
  func transposed() {
    let left = waves(9, 21, phase: 1)
    let right = waves(14, 21, phase: 2)
    let product = left.product(transposing: right)
    let reversed = right.product(transposing: left)
    for row in 0..<9 {
      for column in 0..<14 {
        #expect(abs(product[row, column] - reversed[column, row]) <= 1e-13)
      }
    }
  }

  @Test("Whole numbers multiply exactly")
  func wholeNumbers() {
    let left = Matrix(rowCount: 2, columnCount: 3, elements: [1.0, 2, 3, 4, 5, 6])
    let right = Matrix(rowCount: 2, columnCount: 3, elements: [7.0, 8, 9, 10, 11, 12])
    #expect(left.product(transposing: right).elements == [50, 68, 122, 167])
  }

  @Test("A product of no rows is empty, one over no columns is zero")
  func empty() {
    let none = Matrix(rowCount: 0, columnCount: 5, repeating: 1.0)
    let some = Matrix(rowCount: 3, columnCount: 5, repeating: 1.0)
    let (before, after) = (none.product(transposing: some), some.product(transposing: none))
    #expect((before.rowCount, before.columnCount, before.elements) == (0, 3, []))
    #expect((after.rowCount, after.columnCount, after.elements) == (3, 0, []))
    let narrow = Matrix(rowCount: 2, columnCount: 0, repeating: 1.0)
    let zero = narrow.product(transposing: Matrix(rowCount: 3, columnCount: 0, elements: []))
    #expect(zero == Matrix(rowCount: 2, columnCount: 3, repeating: 0))
  }

  @Test(
    "A cross-product of some columns agrees with three loops",
    arguments: [(1, 1, 1, 0..<1), (9, 3, 7, 2..<7), (40, 33, 29, 0..<29), (5, 4, 6, 3..<3)])
  func crossProduct(rows: Int, left: Int, right: Int, columns: Range<Int>) {
    let a = Matrix(
      rowCount: rows, columnCount: left,
      elements: waves(rows, left, phase: 1).elements.map(Float.init))
    let b = Matrix(
      rowCount: rows, columnCount: right,
      elements: waves(rows, right, phase: 2).elements.map(Float.init))
    var result: [Float] = [7]
    a.crossProduct(with: b, columns: columns, into: &result)
    #expect(result.count >= left * columns.count)
    for i in 0..<left {
      for (place, j) in columns.enumerated() {
        let sum = (0..<rows).reduce(0.0) { $0 + Double(a[$1, i]) * Double(b[$1, j]) }
        #expect(abs(Double(result[i * columns.count + place]) - sum) <= 1e-5)
      }
    }
  }

  @Test("A cross-product over no rows is zero, and a longer buffer keeps its length")
  func crossProductOfNothing() {
    let none = Matrix<Float>(rowCount: 0, columnCount: 2, elements: [])
    var result: [Float] = [1, 2, 3, 4, 5]
    none.crossProduct(with: none, columns: 0..<2, into: &result)
    #expect(result == [0, 0, 0, 0, 0])
  }

  @Test("Rows are added and multiplied as by the definition", arguments: [1, 7, 8, 21])
  func rows(width: Int) {
    let (a, b) = (waves(3, width, phase: 1), waves(4, width, phase: 2))
    var sum = a
    sum.add(-2, times: 3, of: b, toRow: 1)
    for column in 0..<width {
      #expect(sum[1, column] == a[1, column] - 2 * b[3, column])
      #expect((sum[0, column], sum[2, column]) == (a[0, column], a[2, column]))
    }
    let product = (0..<width).reduce(0.0) { $0 + a[2, $1] * b[1, $1] }
    #expect(abs(a.dot(row: 2, b, row: 1) - product) <= 1e-14 * Double(width))
  }

  @Test("On one thread, products give equal bytes whatever runs beside them")
  func besideOthers() async {
    setProductThreadCount(1)
    let left = waves(60, 90, phase: 1)
    let right = waves(70, 90, phase: 2)
    let alone = left.product(transposing: right)
    let together = await withTaskGroup(of: Matrix<Double>.self) { group in
      for _ in 0..<8 { group.addTask { left.product(transposing: right) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(together.count == 8)
    #expect(together.allSatisfy { $0 == alone })
  }

  private func loops(_ left: Matrix<Double>, _ right: Matrix<Double>) -> Matrix<Double> {
    var product = Matrix(rowCount: left.rowCount, columnCount: right.rowCount, repeating: 0.0)
    for row in 0..<left.rowCount {
      for column in 0..<right.rowCount {
        for inner in 0..<left.columnCount {
          product[row, column] += left[row, inner] * right[column, inner]
        }
      }
    }
    return product
  }
}
