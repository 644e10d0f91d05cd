import ChiasmLinearAlgebra

/// Numbers in (-1, 1) without a pattern over rows or columns.
func waves(_ rows: Int, _ columns: Int, phase: Int) -> Matrix<Double> {
  Matrix(
    rowCount: rows, columnCount: columns,
    elements: (0..<rows * columns).map { index in
      Double((index * 7919 + phase * 104_729) % 10_007) / 5003.5 - 1
    })
}
