import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@Suite("Cost matrix")
struct CostMatrixTests {
  @Test("A cost that is no number is named", arguments: [Double.nan, -.infinity])
  func notFinite(value: Double) throws {
    for place in [0, 7, 8, 33, 34] {
      var matrix = Matrix(rowCount: 5, columnCount: 7, repeating: 1.0)
      matrix.elements[place] = value
      let error = #expect(throws: TransportError.self) { try CostMatrix(matrix) }
      guard case .notFinite(let row, let column, _) = error else {
        Issue.record("another error: \(String(describing: error))")
        return
      }
      #expect(row == place / 7 && column == place % 7)
    }
  }

  @Test("Costs whose sums could overflow are refused", arguments: [1e151, -1e300])
  func tooGreat(value: Double) throws {
    #expect(throws: TransportError.tooGreat(row: 1, column: 0, value: value)) {
      try costs([[0, 1], [value, 2]])
    }
    #expect(try costs([[0, 1e150]]).magnitude == 1e150)
  }

  @Test("A matrix without rows or columns is refused", arguments: [(0, 3), (3, 0), (0, 0)])
  func empty(rows: Int, columns: Int) {
    #expect(throws: TransportError.empty(what: "cost matrix")) {
      try CostMatrix(Matrix(rowCount: rows, columnCount: columns, elements: [Double]()))
    }
  }

  @Test("The range is that of the elements", arguments: [1, 7, 8, 9, 31, 64])
  func range(count: Int) throws {
    let cost = try randomCosts(1, count, seed: UInt64(count), in: -5...5)
    #expect(cost.range.lowerBound == cost.values.elements.min())
    #expect(cost.range.upperBound == cost.values.elements.max())
  }

  @Test("Costs of four bytes are checked as well")
  func floats() throws {
    let (good, bad) = ([0.25, -3, 7], [1, -Float.infinity, .infinity])
    let cost = try CostMatrix(Matrix(rowCount: 1, columnCount: 3, elements: good.map(Float.init)))
    #expect(cost.range == -3...7 && cost[0, 0] == 0.25 && cost.values.elements == good)
    #expect(throws: TransportError.notFinite(row: 1, column: 0, value: -.infinity)) {
      try CostMatrix(Matrix(rowCount: 3, columnCount: 1, elements: bad))
    }
    #expect(throws: TransportError.empty(what: "cost matrix")) {
      try CostMatrix(Matrix(rowCount: 0, columnCount: 2, elements: [Float]()))
    }
  }

  @Test("An infinite cost forbids an arc and is not in the range")
  func forbidden() throws {
    for cost in try [
      costs([[1, .infinity], [-2, 0]]),
      CostMatrix(Matrix(rowCount: 2, columnCount: 2, elements: [1, Float.infinity, -2, 0])),
    ] {
      #expect(cost.hasForbiddenArcs && cost.range == -2...1 && cost.magnitude == 2)
      #expect(cost[0, 1] == .infinity)
    }
    #expect(try !costs([[1, 2]]).hasForbiddenArcs)
    #expect(try costs([[.infinity]]).range == 0...0)
  }

  @Test("The error says where and what to do")
  func message() {
    let error = TransportError.notFinite(row: 3, column: 4, value: .nan)
    #expect(
      error.description == "The cost in row 3, column 4 is nan; "
        + "make every cost a number, or inf where nothing may be moved.")
  }
}
