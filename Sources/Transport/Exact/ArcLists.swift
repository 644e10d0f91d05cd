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

  /// Adds arcs that are not yet listed.
  mutating func add(
    _ arcs: [(row: Int32, column: Int32)], cost: (_ row: Int, _ column: Int) -> Double
  ) {
    var next = [Int](repeating: 0, count: rowCount)
    for arc in arcs { next[Int(arc.row)] += 1 }
    var newStarts = [0]
    for row in 0..<rowCount {
      newStarts.append(newStarts[row] + range(ofRow: row).count + next[row])
    }
    var newColumns = [Int32](repeating: 0, count: newStarts[rowCount])
    for row in 0..<rowCount {
      let old = range(ofRow: row)
      next[row] = newStarts[row] + old.count
      newColumns.replaceSubrange(newStarts[row]..<next[row], with: columns[old])
    }
    for arc in arcs {
      newColumns[next[Int(arc.row)]] = arc.column
      next[Int(arc.row)] += 1
    }
    (starts, columns) = (newStarts, newColumns)
    // Row by row, so that costs that lie side by side are read one after the other.
    costs.removeAll(keepingCapacity: true)
    costs.reserveCapacity(columns.count)
    for row in 0..<rowCount {
      for index in range(ofRow: row) { costs.append(cost(row, Int(columns[index]))) }
    }
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
