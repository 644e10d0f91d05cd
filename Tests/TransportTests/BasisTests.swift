import ChiasmLinearAlgebra
import Testing

@testable import ChiasmTransport

@Suite("From a flow to a basis")
struct BasisTests {
  private func sums(_ arcs: [BasisArc], _ p: Int, _ q: Int) -> (rows: [Int64], columns: [Int64]) {
    var (rows, columns) = ([Int64](repeating: 0, count: p), [Int64](repeating: 0, count: q))
    for arc in arcs {
      rows[arc.row] += arc.flow
      columns[arc.column] += arc.flow
    }
    return (rows, columns)
  }

  @Test("A flow freed of cycles keeps its sums, stays positive and is a forest", arguments: 1...20)
  func forest(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (p, q) = (
      Int.random(in: 1...9, using: &generator), Int.random(in: 1...9, using: &generator)
    )
    let arcs = (0..<40).map { _ in
      BasisArc(
        row: Int.random(in: 0..<p, using: &generator),
        column: Int.random(in: 0..<q, using: &generator),
        flow: Int64.random(in: 1...4, using: &generator))
    }
    var forest = FlowForest(rowCount: p, columnCount: q)
    for arc in arcs { forest.add(arc) }
    let (before, after) = (sums(arcs, p, q), sums(forest.arcs, p, q))
    #expect(after.rows == before.rows && after.columns == before.columns)
    #expect(forest.arcs.allSatisfy { $0.flow > 0 })
    var groups = Array(0..<p + q)
    for arc in forest.arcs {
      let (a, b) = (groups[arc.row], groups[p + arc.column])
      #expect(a != b)
      groups = groups.map { $0 == a ? b : $0 }
    }
  }

  private func basis(_ p: Int, _ q: Int, seed: UInt64) throws -> [BasisArc] {
    let active = ActiveProblem(try TransportProblem(cost: randomCosts(p, q, seed: seed)))
    let kernels = Kernels(.best)
    var run = PrimalDualRun(
      CostGrid(active, turned: false, kernels: kernels), kernels: kernels,
      supplies: active.supplies, demands: active.demands, startingPrices: nil)
    if seed % 2 == 0 { run.run(whileSending: 0) }
    return run.basis(supplies: active.supplies, demands: active.demands)
  }

  @Test(
    "The basis spans, carries positive flows, and the true masses when the disturbance is undone",
    arguments: [(1, 1), (6, 6), (5, 3), (9, 3), (3, 8)], 1...4)
  func growth(shape: (p: Int, q: Int), seed: UInt64) throws {
    let (p, q) = shape
    let arcs = try basis(p, q, seed: seed)
    #expect(arcs.count == p + q - 1)
    #expect(arcs.allSatisfy { $0.flow > 0 })
    let masses = IntegerMasses(source: .uniform(p), target: .uniform(q))
    let (rows, columns) = sums(arcs, p, q)
    let factor = Int64(q + 1)
    #expect(columns == masses.target.map { $0 * factor + 1 })
    #expect(rows.dropFirst() == masses.source.dropFirst().map { $0 * factor }[...])
    #expect(rows[0] == masses.source[0] * factor + Int64(q))
  }

  @Test("Costs on the grid keep their order and are off by half a step at most")
  func grid() throws {
    let cost = try randomCosts(13, 21, seed: 1, in: -3...5)
    let active = ActiveProblem(try TransportProblem(cost: cost))
    for turned in [false, true] {
      let grid = CostGrid(active, turned: turned, kernels: Kernels(.best))
      #expect(grid.rowCount == (turned ? 21 : 13) && grid.stride == (turned ? 16 : 32))
      for i in 0..<13 {
        for j in 0..<21 {
          let onGrid = Double(turned ? grid.cost(j, i) : grid.cost(i, j))
          #expect(abs(onGrid / grid.scale + grid.offset - cost[i, j]) <= 0.501 / grid.scale)
        }
      }
    }
  }

  @Test("Outliers are held to the ends of the grid")
  func outliers() throws {
    var matrix = try randomCosts(40, 40, seed: 2).values
    matrix[0, 0] = 1e9
    matrix[1, 1] = -1e9
    let active = ActiveProblem(try TransportProblem(cost: CostMatrix(matrix)))
    let grid = CostGrid(active, turned: false, kernels: Kernels(.best))
    #expect(grid.cost(0, 0) == 65_535 && grid.cost(1, 1) == 0)
    #expect(1 / grid.scale < 1e-3)
  }

  @Test("Lists keep their arcs by row when more are added")
  func lists() {
    var lists = ArcLists(rowCount: 3)
    lists.add([(2, 5), (0, 1), (2, 4)]) { Double(10 * $0 + $1) }
    lists.add([(0, 7), (1, 0)]) { Double(10 * $0 + $1) }
    #expect((0..<3).map { lists.range(ofRow: $0) } == [0..<2, 2..<3, 3..<5])
    #expect(lists.columns == [1, 7, 0, 5, 4])
    #expect(lists.costs == [1, 7, 10, 25, 24])
  }
}
