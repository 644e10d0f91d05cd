import Foundation
import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@Suite("Reference: POT")
struct PotReferenceTests {
  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let rows: Int
    let columns: Int
    let cost: Double
    let costs: [Double]?
    let modulus: Int?
    let source: [Double]?
    let target: [Double]?
    var testDescription: String { name }

    var matrix: Matrix<Double> {
      let elements =
        costs
        ?? (0..<rows * columns).map { index in
          let (i, j) = (index / columns, index % columns)
          return Double((7919 * i + 104_729 * j + i * j) % (modulus ?? 1))
        }
      return Matrix(rowCount: rows, columnCount: columns, elements: elements)
    }
  }

  private struct Cases: Decodable {
    let cases: [Case]
  }

  static func cases() throws -> [Case] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/pot_reference.json")
    return try JSONDecoder().decode(Cases.self, from: Data(contentsOf: file)).cases
  }

  @Test("The exact cost is that of ot.emd", arguments: try cases())
  func exactCost(reference: Case) throws {
    let problem = try TransportProblem(
      cost: CostMatrix(reference.matrix), source: reference.source.map { .weights($0) },
      target: reference.target.map { .weights($0) })
    for solver in exactSolvers {
      let solution = solver.solve(problem)
      #expect(isClose(solution.cost, reference.cost, within: 1e-12))
      #expect(abs(solution.certificate.bound) <= 1e-13 * max(1, problem.cost.magnitude))
      #expect(solution.plan.count <= reference.rows + reference.columns - 1)
    }
  }

  @Test("The reference holds every kind of case")
  func kinds() throws {
    let cases = try Self.cases()
    #expect(cases.count == 15)
    #expect(cases.contains { $0.source?.contains(0) == true })
  }
}
