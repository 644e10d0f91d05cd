import ChiasmLinearAlgebra
import Testing

@Suite("Laws of a matrix")
struct MatrixTests {
  private let matrix = Matrix(rowCount: 3, columnCount: 4, elements: Array(0..<12))

  @Test("Element (i, j) stands at i · columns + j")
  func order() {
    for row in 0..<3 {
      for column in 0..<4 { #expect(matrix[row, column] == row * 4 + column) }
    }
  }

  @Test("Writing an element changes that one only")
  func writing() {
    var changed = matrix
    changed[1, 2] = 100
    #expect(changed[1, 2] == 100)
    #expect(zip(changed.elements, matrix.elements).count { $0 != $1 } == 1)
  }

  @Test("Rows and columns are those of the elements")
  func rowsAndColumns() {
    #expect(Array(matrix.row(2)) == [8, 9, 10, 11])
    #expect(matrix.column(3) == [3, 7, 11])
  }

  @Test("Selected rows come in the order asked for, also twice")
  func selectedRows() {
    let selected = matrix.selectingRows([2, 0, 2])
    #expect(selected.elements == [8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11])
    #expect((selected.rowCount, selected.columnCount) == (3, 4))
  }

  @Test("Selected columns come in the order asked for, also twice")
  func selectedColumns() {
    let selected = matrix.selectingColumns([3, 1, 3])
    #expect(selected.elements == [3, 1, 3, 7, 5, 7, 11, 9, 11])
    #expect((selected.rowCount, selected.columnCount) == (3, 3))
  }

  @Test("Rows and columns can be selected in either order")
  func selectionsCommute() {
    let (rows, columns) = ([2, 1], [0, 3, 2])
    #expect(
      matrix.selectingRows(rows).selectingColumns(columns)
        == matrix.selectingColumns(columns).selectingRows(rows))
  }

  @Test("No rows and no columns are shapes too")
  func empty() {
    let noRows = matrix.selectingRows([])
    let noColumns = matrix.selectingColumns([])
    #expect((noRows.rowCount, noRows.columnCount, noRows.elements) == (0, 4, []))
    #expect((noColumns.rowCount, noColumns.columnCount, noColumns.elements) == (3, 0, []))
    #expect(noColumns.row(2).isEmpty)
    #expect(noRows.column(3).isEmpty)
    #expect(noRows != noColumns)
  }
}
