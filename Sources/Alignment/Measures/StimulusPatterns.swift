internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmStatistics

/// Which positions of a sample show the same stimulus, or stimuli that belong together.
struct StimulusGroups: Sendable, Equatable {
  /// For each position, the number of its stimulus in the order of first appearance.
  let groups: [Int]
  /// The positions of each stimulus, ascending.
  let members: [[Int]]

  /// - Parameter partition: what belongs together among the rows; each by itself when nil.
  init(_ rows: [Int], _ partition: Grouping? = nil) {
    let rows = partition.map { partition in rows.map { partition.numbers[$0] } } ?? rows
    let same = Grouping(rows)
    (groups, members) = (same.numbers, same.members)
  }

  /// How often the stimulus of a position comes.
  func count(at position: Int) -> Int { members[groups[position]].count }

  /// All ordered pairs of different positions that show the same stimulus.
  var repeatedPairs: [(Int, Int)] {
    members.filter { $0.count > 1 }.flatMap { positions in
      positions.flatMap { one in positions.filter { $0 != one }.map { (one, $0) } }
    }
  }

  /// The positions in `count` folds of nearly equally many stimuli, in random order. All positions of
  /// a stimulus are in one fold. Samples that repeat equally at the same positions have equal folds.
  func folds(_ count: Int, seed: UInt64) -> [[Int]] {
    var generator = SeededGenerator(seed: seed)
    var folds = [[Int]](repeating: [], count: count)
    for (place, group) in generator.permutation(of: members.count).enumerated() {
      folds[place % count] += members[group]
    }
    return folds.map { $0.sorted() }
  }
}

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
