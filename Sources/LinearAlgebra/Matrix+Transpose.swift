extension Matrix {
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
