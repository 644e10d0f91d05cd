extension Matrix<Double> {
  /// Adds a multiple of one row of another matrix of as many columns to one row of this.
  public mutating func add(_ weight: Double, times row: Int, of other: Matrix, toRow place: Int) {
    precondition(columnCount == other.columnCount, "Both rows need equal columns.")
    let (from, to) = (row * columnCount, place * columnCount)
    elements.withUnsafeMutableBufferPointer { output in
      other.elements.withUnsafeBufferPointer { input in
        for column in 0..<columnCount { output[to + column] += weight * input[from + column] }
      }
    }
  }

  /// The dot product of one row and one row of another matrix of as many columns.
  public func dot(row: Int, _ other: Matrix, row otherRow: Int) -> Double {
    precondition(columnCount == other.columnCount, "Both rows need equal columns.")
    let (left, right) = (row * columnCount, otherRow * columnCount)
    return elements.withUnsafeBufferPointer { a in
      other.elements.withUnsafeBufferPointer { b in
        // Eight sums beside each other; the order is fixed, so the result is.
        var sums = SIMD8<Double>()
        var column = 0
        while column + 8 <= columnCount {
          var (x, y) = (SIMD8<Double>(), SIMD8<Double>())
          for lane in 0..<8 {
            x[lane] = a[left + column + lane]
            y[lane] = b[right + column + lane]
          }
          sums += x * y
          column += 8
        }
        var sum = sums.sum()
        while column < columnCount {
          sum += a[left + column] * b[right + column]
          column += 1
        }
        return sum
      }
    }
  }
}
