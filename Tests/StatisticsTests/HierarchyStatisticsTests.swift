import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@Suite("Hierarchy statistics")
struct HierarchyStatisticsTests {
  @Test("The values are those of NumPy and SciPy")
  func reference() throws {
    let cases = try EvidenceReference.read().hierarchies
    #expect(cases.count == 5)
    for key in cases {
      let statistics = HierarchyStatistics(coupling: matrix(key.coupling))
      #expect(isClose(statistics.expectedDepths, key.depths, within: 1e-14))
      #expect(isClose(statistics.spearman, key.spearman, within: 1e-14))
      #expect(isClose(statistics.kendall, key.kendall, within: 1e-14))
      #expect(isClose(statistics.nearDiagonalMass, key.near, within: 1e-14), "\(key.name)")
    }
  }

  @Test(
    "A coupling that fills equal shares in order is all near the diagonal",
    arguments: [(5, 12), (12, 5), (1, 7), (7, 1), (4, 4), (3, 10), (6, 8), (50, 7)])
  func inOrder(sources: Int, targets: Int) {
    // The overlap of the two divisions of [0, LM].
    var coupling = Matrix(rowCount: sources, columnCount: targets, repeating: 0.0)
    for l in 0..<sources {
      for m in 0..<targets {
        let overlap = min((l + 1) * targets, (m + 1) * sources) - max(l * targets, m * sources)
        coupling[l, m] = Double(max(0, overlap))
      }
    }
    let statistics = HierarchyStatistics(coupling: coupling)
    #expect(isClose(statistics.nearDiagonalMass, 1, within: 1e-14))
    if sources > 1, targets >= sources {
      #expect(isClose(statistics.spearman, 1, within: 1e-14))
      #expect(statistics.kendall == 1)
    }
  }

  @Test("With equal counts one step is the next stage and no more")
  func oneStep() {
    for distance in 0..<6 {
      var coupling = Matrix(rowCount: 6, columnCount: 6, repeating: 0.0)
      coupling[0, distance] = 1
      #expect(HierarchyStatistics(coupling: coupling).nearDiagonalMass == (distance <= 1 ? 1 : 0))
    }
  }

  @Test("Total mass does not matter, and reversing the target changes the sign of the order")
  func scaleAndDirection() throws {
    let key = try #require(try EvidenceReference.read().hierarchies.first)
    let coupling = matrix(key.coupling)
    let statistics = HierarchyStatistics(coupling: coupling)
    var scaled = coupling
    for index in scaled.elements.indices { scaled.elements[index] *= 8 }
    #expect(HierarchyStatistics(coupling: scaled) == statistics)
    let reversed = coupling.selectingColumns((0..<coupling.columnCount).reversed())
    #expect(
      isClose(HierarchyStatistics(coupling: reversed).spearman, -statistics.spearman, within: 1e-14)
    )
    #expect(HierarchyStatistics(coupling: reversed).kendall == -statistics.kendall)
  }

  @Test("Depths that differ by rounding are ties")
  func ties() {
    let coupling = matrix([[0.1, 0.2, 0.3], [0.3 / 7, 0.6 / 7, 0.9 / 7], [0, 0, 1]])
    let statistics = HierarchyStatistics(coupling: coupling)
    #expect(isClose(statistics.kendall, 2 / 6.0.squareRoot(), within: 1e-14))
  }

  @Test("A uniform coupling has no order and the near-diagonal mass of independence")
  func uniform() {
    let statistics = HierarchyStatistics(
      coupling: Matrix(rowCount: 5, columnCount: 5, repeating: 0.04))
    #expect(statistics.spearman.isNaN && statistics.kendall.isNaN)
    #expect(isClose(statistics.nearDiagonalMass, 13.0 / 25, within: 1e-14))
  }

  @Test("A stage without mass has no depth and is left out of the order")
  func emptyStage() {
    let statistics = HierarchyStatistics(coupling: matrix([[1, 0], [0, 0], [0, 1]]))
    #expect(statistics.expectedDepths[1].isNaN)
    #expect(statistics.kendall == 1)
    let none = HierarchyStatistics(coupling: Matrix(rowCount: 2, columnCount: 2, repeating: 0))
    #expect(none.nearDiagonalMass.isNaN && none.spearman.isNaN)
  }

  private func matrix(_ rows: [[Double]]) -> Matrix<Double> {
    Matrix(
      rowCount: rows.count, columnCount: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
  }
}
