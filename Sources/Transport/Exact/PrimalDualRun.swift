/// The primal-dual method on the grid: flow is sent along shortest paths from every row that has
/// supply left at once.
///
/// Row potentials u and prices w = −v of the columns keep every reduced cost c − u + w at or above
/// zero, and it is zero on arcs that carry flow. A phase
/// 1. finds the distances, in reduced costs, from all rows with supply left: Dijkstra's algorithm,
///    in which a row is reached at the distance of the nearest column that it sends flow to;
/// 2. moves the potentials by the distances, so that the arcs of the shortest paths become tight;
/// 3. sends flow along the forest of shortest paths to the columns with demand left.
///
/// All numbers are whole, so there is no tolerance, and a plan that meets all demands is optimal on
/// the grid. What differs from the textbook is that a phase serves many columns: some 30 phases
/// replace one search a row, and a phase reads the costs once, in rows.
/// References: JonkerVolgenant1987; AhujaMagnantiOrlin1993, chapters 9 and 12.
struct PrimalDualRun: ~Copyable {
  let grid: CostGrid
  let kernels: Kernels
  /// What rows still have to send and columns to receive, in grains.
  private(set) var excess: [Int64]
  private(set) var deficit: [Int64]
  private(set) var flows: FlowTable
  /// u of each row, and w = −v of each column, padded.
  let potentials: UncheckedBuffer<Int32>
  let prices: UncheckedBuffer<Int32>
  private(set) var phaseCount = 0

  /// The distance of each column as far as it is known; −1 for a settled one and for padding.
  private let keys: UncheckedBuffer<Int32>
  /// The row through which each column was reached.
  private let parents: UncheckedBuffer<Int32>
  /// The distance of each settled column.
  private let distances: UncheckedBuffer<Int32>
  /// The distance of each row, −1 when it was not reached, and the entry of the flow table through
  /// which it was reached, −1 for a source, with that entry's column.
  private let rowDistances: UncheckedBuffer<Int32>
  private let rowEntries: UncheckedBuffer<Int32>
  private let rowColumns: UncheckedBuffer<Int32>
  private var settled: [Int32] = []
  private var pending: [Int32] = []

  /// Takes the masses of the grid's rows and columns, and prices to start from; by default each
  /// column's least cost, negated.
  init(
    _ grid: consuming CostGrid, kernels: Kernels, supplies: [Int64], demands: [Int64],
    startingPrices: [Int32]?
  ) {
    let (p, width) = (grid.rowCount, grid.stride)
    (excess, deficit) = (supplies, demands)
    flows = FlowTable(columnCount: grid.columnCount)
    potentials = UncheckedBuffer(repeating: 0, count: p)
    prices = UncheckedBuffer(repeating: CostGrid.closed, count: width)
    keys = UncheckedBuffer(repeating: 0, count: width)
    parents = UncheckedBuffer(repeating: 0, count: width)
    distances = UncheckedBuffer(repeating: 0, count: width)
    rowDistances = UncheckedBuffer(repeating: 0, count: p)
    rowEntries = UncheckedBuffer(repeating: 0, count: p)
    rowColumns = UncheckedBuffer(repeating: 0, count: p)
    self.grid = grid
    self.kernels = kernels
    if let startingPrices {
      for (column, price) in startingPrices.enumerated() { prices[column] = price }
    } else {
      setLeastPrices()
    }
    fillTightArcs()
  }
}

extension PrimalDualRun {
  /// Sets v of each column to its least cost.
  private func setLeastPrices() {
    let least = UncheckedBuffer<UInt16>(repeating: .max, count: grid.stride)
    for row in 0..<grid.rowCount { kernels.lower(least, to: grid.costs, at: grid.start(row)) }
    for column in 0..<grid.columnCount { prices[column] = -Int32(least[column]) }
  }

  /// Sets u of each row to the least it may be, and sends what the tight arcs can take.
  private mutating func fillTightArcs() {
    let tight = UncheckedBuffer<Int32>(repeating: 0, count: grid.columnCount)
    for row in 0..<grid.rowCount {
      let start = grid.start(row)
      let least = kernels.least(grid.costs, at: start, prices: prices).value
      potentials[row] = least
      let count = kernels.collect(
        grid.costs, at: start, prices: prices, length: grid.columnCount, bound: least, into: tight)
      for index in 0..<count where excess[row] > 0 {
        send(min(excess[row], deficit[Int(tight[index])]), from: row, to: Int(tight[index]))
      }
    }
  }

  /// Sends flow on an arc that has none.
  private mutating func send(_ amount: Int64, from row: Int, to column: Int) {
    guard amount > 0 else { return }
    excess[row] -= amount
    deficit[column] -= amount
    flows.append(amount, row: Int32(row), column: column)
  }

  /// Whether all mass has been sent.
  var isComplete: Bool { excess.allSatisfy { $0 == 0 } }

  /// Adds supplies and demands that were held back.
  mutating func add(supplies: [Int64], demands: [Int64]) {
    for row in excess.indices { excess[row] += supplies[row] }
    for column in deficit.indices { deficit[column] += demands[column] }
  }

  /// Makes phases until no supply or no demand is left, or a phase sends less than `enough`, or
  /// distances grow beyond what the grid allows.
  mutating func run(whileSending enough: Int64) {
    var left = min(excess.reduce(0, +), deficit.reduce(0, +))
    while left > 0, findDistances() {
      let sent = augment()
      left -= sent
      phaseCount += 1
      assert(isConsistent)
      if sent < enough { return }
    }
  }
}

extension PrimalDualRun {
  /// Steps 1 and 2 of a phase. False when a number would leave the grid; nothing has changed then.
  private mutating func findDistances() -> Bool {
    startSearch()
    var missing = deficit.reduce(0, +)
    var lastRow: Int32 = 0
    var greatest: Int32 = 0
    while missing > 0 {
      // With nothing pending, relaxing a row once more changes no key and finds the least.
      var nearest = pending.isEmpty ? relax(lastRow) : (key: 0, column: 0)
      while let row = pending.popLast() {
        nearest = relax(row)
        lastRow = row
      }
      greatest = nearest.key
      guard greatest < CostGrid.limit else { return false }
      settle(nearest.column, at: greatest)
      missing -= deficit[nearest.column]
    }
    return movePotentials(by: greatest)
  }

  private mutating func startSearch() {
    for column in 0..<grid.columnCount { keys[column] = .max }
    for column in grid.columnCount..<grid.stride { keys[column] = -1 }
    settled.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    for row in 0..<grid.rowCount {
      rowDistances[row] = excess[row] > 0 ? 0 : -1
      rowEntries[row] = -1
      if excess[row] > 0 { pending.append(Int32(row)) }
    }
  }

  @inline(__always)
  private func relax(_ row: Int32) -> (key: Int32, column: Int) {
    kernels.relax(
      grid.costs, at: grid.start(Int(row)), prices: prices,
      base: rowDistances[row] - potentials[row], row: row, keys: keys, parents: parents)
  }

  /// Fixes the distance of a column and reaches the rows that send flow to it.
  private mutating func settle(_ column: Int, at distance: Int32) {
    distances[column] = distance
    keys[column] = -1
    settled.append(Int32(column))
    flows.visit(column: column) { entry, row in
      guard rowDistances[row] < 0 else { return }
      rowDistances[row] = distance
      rowEntries[row] = entry
      rowColumns[row] = Int32(column)
      pending.append(row)
    }
  }

  /// Raises u of what was reached by what its distance lacks to the greatest, and w likewise.
  private func movePotentials(by greatest: Int32) -> Bool {
    var extent: Int32 = 0
    for row in 0..<grid.rowCount where rowDistances[row] >= 0 {
      extent = max(extent, abs(potentials[row] + greatest - rowDistances[row]))
    }
    for column in settled {
      extent = max(extent, abs(prices[column] + greatest - distances[column]))
    }
    guard extent < CostGrid.limit else { return false }
    for row in 0..<grid.rowCount where rowDistances[row] >= 0 {
      potentials[row] += greatest - rowDistances[row]
    }
    for column in settled { prices[column] += greatest - distances[column] }
    return true
  }

  /// Step 3 of a phase. Returns the amount sent.
  private mutating func augment() -> Int64 {
    var sent: Int64 = 0
    for column in settled where deficit[Int(column)] > 0 {
      let (amount, source) = capacity(to: column)
      guard amount > 0 else { continue }
      push(amount, to: column)
      excess[Int(source)] -= amount
      deficit[Int(column)] -= amount
      sent += amount
    }
    return sent
  }

  /// What the path to a column can carry, and the source it starts at.
  private func capacity(to column: Int32) -> (amount: Int64, source: Int32) {
    var amount = deficit[Int(column)]
    var row = parents[column]
    while rowEntries[row] >= 0, amount > 0 {
      amount = min(amount, flows.flow(ofEntry: rowEntries[row]))
      row = parents[rowColumns[row]]
    }
    return (min(amount, excess[Int(row)]), row)
  }

  private mutating func push(_ amount: Int64, to column: Int32) {
    var column = column
    while true {
      let row = parents[column]
      flows.add(amount, row: row, column: Int(column))
      guard rowEntries[row] >= 0 else { return }
      flows.take(amount, fromEntry: rowEntries[row])
      column = rowColumns[row]
    }
  }

  /// Whether no reduced cost is negative, and arcs with flow are tight; checked in debug builds.
  private var isConsistent: Bool {
    (0..<grid.rowCount).allSatisfy { row in
      kernels.least(grid.costs, at: grid.start(row), prices: prices).value >= potentials[row]
    }
      && flows.arcs.allSatisfy {
        grid.cost($0.row, $0.column) - potentials[$0.row] + prices[$0.column] == 0
      }
  }
}
