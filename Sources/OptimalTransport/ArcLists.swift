/// Lists of promising arcs, one a source point, cut into short pieces for pricing.
struct ArcLists {
  /// Some arcs of one row.
  struct Piece {
    let row: Int
    let range: Range<Int>
  }

  private(set) var pieces: [Piece] = []
  /// Where each source point's list begins, and the end of the last.
  private(set) var starts: [Int]
  private(set) var columns: [Int32] = []
  private(set) var costs: [Double] = []

  /// Empty lists.
  init(rowCount: Int) { starts = [Int](repeating: 0, count: rowCount + 1) }

  var rowCount: Int { starts.count - 1 }

  func range(ofRow row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

  /// Adds arcs; each comes with its cost and is not yet listed.
  mutating func add(_ arcs: [(row: Int32, column: Int32, cost: Double)]) {
    var counts = [Int](repeating: 0, count: rowCount + 1)
    for arc in arcs { counts[Int(arc.row)] += 1 }
    var newStarts = [0]
    newStarts.reserveCapacity(starts.count)
    for row in 0..<rowCount {
      newStarts.append(newStarts[row] + range(ofRow: row).count + counts[row])
    }
    var newColumns = [Int32](repeating: 0, count: newStarts[rowCount])
    var newCosts = [Double](repeating: 0, count: newStarts[rowCount])
    for row in 0..<rowCount {
      for (offset, index) in range(ofRow: row).enumerated() {
        newColumns[newStarts[row] + offset] = columns[index]
        newCosts[newStarts[row] + offset] = costs[index]
      }
      counts[row] = newStarts[row] + range(ofRow: row).count
    }
    for arc in arcs {
      let place = counts[Int(arc.row)]
      (newColumns[place], newCosts[place]) = (arc.column, arc.cost)
      counts[Int(arc.row)] += 1
    }
    (starts, columns, costs) = (newStarts, newColumns, newCosts)
    cut()
  }

  private mutating func cut() {
    pieces.removeAll(keepingCapacity: true)
    for row in 0..<rowCount {
      let range = range(ofRow: row)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.pieceLength) {
        pieces.append(
          Piece(row: row, range: start..<min(start + Self.pieceLength, range.upperBound)))
      }
    }
  }

  private static let pieceLength = 256
}
