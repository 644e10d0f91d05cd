internal import ChiasmLinearAlgebra
internal import ChiasmResponses

/// Stimuli in use × varying units, each unit minus its mean over the stimuli, in double precision, up
/// to one factor for all.
func centredResponses(_ stage: Stage, rows: [Int], fit: Standardization) -> Matrix<Double> {
  let columns = fit.varyingColumns
  return restored(
    stage, rows: rows, columns: columns, adding: columns.map { -fit.means[$0] })
}

/// Stimuli in use × some units, in double precision, up to one factor for all.
func rawResponses(_ stage: Stage, rows: [Int], columns: [Int]) -> Matrix<Double> {
  restored(
    stage, rows: rows, columns: columns,
    adding: columns.map { stage.scale?.offsets[$0] ?? 0 })
}

/// Responses plus a term a unit, all units on one scale.
private func restored(
  _ stage: Stage, rows: [Int], columns: [Int], adding terms: [Double]
) -> Matrix<Double> {
  let factors = stage.scale?.factors(of: columns) ?? columns.map { _ in 1 }
  var restored: [Double] = []
  restored.reserveCapacity(rows.count * columns.count)
  for row in rows {
    let start = row * stage.unitCount
    for (place, column) in columns.enumerated() {
      restored.append(
        (Double(stage.responses.elements[start + column]) + terms[place]) * factors[place])
    }
  }
  return Matrix(rowCount: rows.count, columnCount: columns.count, elements: restored)
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
