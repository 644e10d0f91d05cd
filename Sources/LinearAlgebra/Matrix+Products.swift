internal import ChiasmCOpenBLAS

extension Matrix where Scalar == Double {
  /// The product A Bᵀ of this matrix A (n × t) and another B (q × t): n × q, in double precision.
  ///
  /// Element (i, j) is the dot product of row i of A and row j of B. Traps when the columns differ.
  /// Complexity: 2 n q t operations, by OpenBLAS (`cblas_dgemm`).
  public func product(transposing other: Matrix<Double>) -> Matrix<Double> {
    precondition(columnCount == other.columnCount, "Both matrices need equal columns.")
    var result = Matrix(rowCount: rowCount, columnCount: other.rowCount, repeating: 0)
    guard !result.elements.isEmpty, columnCount > 0 else { return result }
    result.elements.withUnsafeMutableBufferPointer { output in
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans,
        blasint(rowCount), blasint(other.rowCount), blasint(columnCount),
        1, elements, blasint(columnCount), other.elements, blasint(columnCount),
        0, output.baseAddress, blasint(other.rowCount))
    }
    return result
  }
}

/// Lets OpenBLAS use this many threads for one product, in the whole process.
///
/// Whoever runs products on several threads at once sets 1, so that the two kinds of threads do not
/// multiply; a product on one thread gives equal bytes whatever runs beside it.
public func setProductThreadCount(_ count: Int) {
  precondition(count > 0, "A product needs a thread.")
  openblas_set_num_threads(CInt(count))
}

extension Matrix<Float> {
  /// The cross-product AᵀB of this matrix A (t × p) and some columns of another B (t × q), in single
  /// precision, put into `result` row by row (p × `columns.count`; grown when it is too short).
  ///
  /// Element (i, j) is the dot product of column i of A and the j-th of `columns` of B. Traps when the
  /// rows differ. Complexity: 2 t p `columns.count` operations, by OpenBLAS (`cblas_sgemm`).
  public func crossProduct(
    with other: Matrix<Float>, columns: Range<Int>, into result: inout [Float]
  ) {
    precondition(rowCount == other.rowCount, "Both matrices need equal rows.")
    precondition(other.columnCount >= columns.upperBound, "The columns are those of B.")
    let missing = columnCount * columns.count - result.count
    if missing > 0 { result.append(contentsOf: repeatElement(0, count: missing)) }
    guard columnCount > 0, !columns.isEmpty else { return }
    elements.withUnsafeBufferPointer { left in
      other.elements.withUnsafeBufferPointer { right in
        result.withUnsafeMutableBufferPointer { output in
          guard let a = left.baseAddress, let b = right.baseAddress, rowCount > 0 else {
            return output.update(repeating: 0)
          }
          cblas_sgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans,
            blasint(columnCount), blasint(columns.count), blasint(rowCount),
            1, a, blasint(columnCount), b + columns.lowerBound, blasint(other.columnCount),
            0, output.baseAddress, blasint(columns.count))
        }
      }
    }
  }
}

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
