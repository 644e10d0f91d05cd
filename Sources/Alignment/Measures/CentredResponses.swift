internal import LinearAlgebra

/// Stimuli in use × varying units, each unit minus its mean over the stimuli, in double precision.
func centredResponses(
  _ responses: Matrix<Float>, rows: [Int], fit: Standardization
) -> Matrix<Double> {
  let columns = fit.varyingColumns
  let means = columns.map { fit.means[$0] }
  var centred: [Double] = []
  centred.reserveCapacity(rows.count * columns.count)
  for row in rows {
    let start = row * responses.columnCount
    for (column, mean) in zip(columns, means) {
      centred.append(Double(responses.elements[start + column]) - mean)
    }
  }
  return Matrix(rowCount: rows.count, columnCount: columns.count, elements: centred)
}

/// The squared Euclidean distance of every row to every other: |a|² + |b|² − 2⟨a, b⟩, at least 0.
func squaredDistances(_ rows: Matrix<Double>) -> Matrix<Double> {
  var distances = rows.product(transposing: rows)
  let count = rows.rowCount
  let squares = (0..<count).map { distances[$0, $0] }
  distances.elements.withUnsafeMutableBufferPointer { elements in
    for row in 0..<count {
      for column in 0..<count {
        let place = row * count + column
        elements[place] =
          row == column ? 0 : max(0, squares[row] + squares[column] - 2 * elements[place])
      }
    }
  }
  return distances
}
