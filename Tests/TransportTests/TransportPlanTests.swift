import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@Suite("Transport plan")
struct TransportPlanTests {
  let plan = TransportPlan(
    rowCount: 3, columnCount: 2,
    entries: [
      .init(row: 2, column: 1, mass: 0.25), .init(row: 0, column: 1, mass: 0.5),
      .init(row: 2, column: 0, mass: 0.125), .init(row: 0, column: 0, mass: 0.125),
    ])

  @Test("Entries are sorted into compressed rows")
  func rows() {
    #expect(plan.rowStarts == [0, 2, 2, 4])
    #expect(plan.entries.map(\.row) == [0, 0, 2, 2])
    #expect(plan.columns == [0, 1, 0, 1])
    #expect(plan.masses == [0.125, 0.5, 0.125, 0.25])
    #expect(plan.indices(ofRow: 1).isEmpty && plan.indices(ofRow: 2) == 2..<4)
  }

  @Test("Sums and cost are those of the dense matrix")
  func sums() throws {
    #expect(plan.rowSums == [0.625, 0, 0.375])
    #expect(plan.columnSums == [0.25, 0.75])
    #expect(plan.cost(under: try costs([[1, 2], [3, 4], [5, 6]])) == 3.25)
  }

  @Test("Transposing twice gives the plan back")
  func transposition() {
    #expect(plan.transposed.transposed == plan)
    #expect(plan.transposed.columnSums == plan.rowSums)
    #expect(plan.transposed.rowCount == 2)
  }

  @Test("Entries at one place are added up")
  func merging() {
    let entry = TransportPlan.Entry(row: 0, column: 1, mass: 0.5)
    let merged = TransportPlan(rowCount: 1, columnCount: 2, entries: [entry, entry])
    #expect(merged.columns == [1] && merged.masses == [1] && merged.rowStarts == [0, 1])
  }

  @Test("Dust is what is below 1e-12 of its row, whatever the column has; the rest stays")
  func dust() {
    let dusty = TransportPlan(
      rowCount: 3, columnCount: 2,
      entries: [
        .init(row: 0, column: 0, mass: 0.5), .init(row: 0, column: 1, mass: 4e-13),
        .init(row: 1, column: 0, mass: 0.25), .init(row: 1, column: 1, mass: 4e-13),
        .init(row: 2, column: 1, mass: 1e-20),
      ])
    let clean = dusty.withoutDust
    #expect(clean.entries.map { [$0.row, $0.column] } == [[0, 0], [1, 0], [1, 1], [2, 1]])
    #expect(clean.masses == [0.5, 0.25, 4e-13, 1e-20])
    #expect(plan.withoutDust == plan)
  }

  @Test("A plan may be empty")
  func empty() {
    let empty = TransportPlan(rowCount: 2, columnCount: 2, entries: [])
    #expect(empty.count == 0 && empty.rowSums == [0, 0] && empty.entries.isEmpty)
  }
}
