/// The flows of a transport problem, listed by column: linked lists in one array.
struct FlowTable {
  private struct Entry {
    let row: Int32
    var next: Int32
    var flow: Int64
  }

  private var entries: [Entry] = []
  private var heads: [Int32]

  init(columnCount: Int) { heads = [Int32](repeating: -1, count: columnCount) }

  /// Adds a flow on an arc.
  mutating func add(_ amount: Int64, row: Int32, column: Int) {
    var index = heads[column]
    while index >= 0, entries[Int(index)].row != row { index = entries[Int(index)].next }
    if index >= 0 {
      entries[Int(index)].flow += amount
    } else {
      append(amount, row: row, column: column)
    }
  }

  /// Adds a flow on an arc that has none.
  mutating func append(_ amount: Int64, row: Int32, column: Int) {
    entries.append(Entry(row: row, next: heads[column], flow: amount))
    heads[column] = Int32(entries.count - 1)
  }

  /// The flow of an entry that `visit` has named.
  func flow(ofEntry index: Int32) -> Int64 { entries[Int(index)].flow }

  /// Takes flow from an entry that `visit` has named. An entry that runs dry stays in its place until
  /// the column is visited again.
  mutating func take(_ amount: Int64, fromEntry index: Int32) {
    entries[Int(index)].flow -= amount
    assert(entries[Int(index)].flow >= 0)
  }

  /// Calls `body` with each entry that carries flow into a column, and unlinks those that are dry.
  @inline(__always)
  mutating func visit(column: Int, _ body: (_ entry: Int32, _ row: Int32) -> Void) {
    var (previous, index) = (Int32(-1), heads[column])
    while index >= 0 {
      let entry = entries[Int(index)]
      if entry.flow > 0 {
        body(index, entry.row)
        previous = index
      } else if previous >= 0 {
        entries[Int(previous)].next = entry.next
      } else {
        heads[column] = entry.next
      }
      index = entry.next
    }
  }

  /// The arcs that carry flow.
  var arcs: [BasisArc] {
    var arcs: [BasisArc] = []
    for column in heads.indices {
      var index = heads[column]
      while index >= 0 {
        let entry = entries[Int(index)]
        if entry.flow > 0 {
          arcs.append(BasisArc(row: Int(entry.row), column: column, flow: entry.flow))
        }
        index = entry.next
      }
    }
    return arcs
  }
}
