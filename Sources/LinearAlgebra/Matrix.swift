/// A dense matrix, stored row by row (C order).
///
/// Element (i, j) stands at `elements[i * columnCount + j]`. A matrix may have no rows or no columns.
public struct Matrix<Scalar: Sendable>: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  /// The elements, row by row; `rowCount * columnCount` of them.
  public var elements: [Scalar]

  /// Wraps elements that already lie row by row. Traps unless their count is `rowCount * columnCount`.
  public init(rowCount: Int, columnCount: Int, elements: [Scalar]) {
    precondition(rowCount >= 0 && columnCount >= 0, "A matrix has no negative dimension.")
    precondition(elements.count == rowCount * columnCount, "Element count differs from the shape.")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// A matrix that holds `value` everywhere.
  public init(rowCount: Int, columnCount: Int, repeating value: Scalar) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      elements: [Scalar](repeating: value, count: rowCount * columnCount))
  }

  /// The element in one row and one column.
  @inlinable
  public subscript(row: Int, column: Int) -> Scalar {
    get { elements[row * columnCount + column] }
    set { elements[row * columnCount + column] = newValue }
  }
}

extension Matrix: Equatable where Scalar: Equatable {}

extension Matrix {
  /// The elements of one row.
  @inlinable
  public func row(_ index: Int) -> ArraySlice<Scalar> {
    elements[index * columnCount..<(index + 1) * columnCount]
  }

  /// The elements of one column.
  public func column(_ index: Int) -> [Scalar] {
    (0..<rowCount).map { self[$0, index] }
  }

  /// The rows named by `indices`, in that order; an index may come more than once.
  public func selectingRows(_ indices: [Int]) -> Matrix {
    // All rows in order share the storage, as do all columns below.
    if indices.elementsEqual(0..<rowCount) { return self }
    var selected: [Scalar] = []
    selected.reserveCapacity(indices.count * columnCount)
    for index in indices { selected.append(contentsOf: row(index)) }
    return Matrix(rowCount: indices.count, columnCount: columnCount, elements: selected)
  }

  /// The columns named by `indices`, in that order; an index may come more than once.
  public func selectingColumns(_ indices: [Int]) -> Matrix {
    if indices.elementsEqual(0..<columnCount) { return self }
    var selected: [Scalar] = []
    selected.reserveCapacity(indices.count * rowCount)
    for row in 0..<rowCount {
      let start = row * columnCount
      for index in indices { selected.append(elements[start + index]) }
    }
    return Matrix(rowCount: rowCount, columnCount: indices.count, elements: selected)
  }

  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix {
    var elements: [Scalar] = []
    elements.reserveCapacity(self.elements.count)
    self.elements.withUnsafeBufferPointer { input in
      for column in 0..<columnCount {
        for row in 0..<rowCount { elements.append(input[row * columnCount + column]) }
      }
    }
    return Matrix(rowCount: columnCount, columnCount: rowCount, elements: elements)
  }
}
