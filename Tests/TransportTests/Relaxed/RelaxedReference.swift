import Foundation
import ChiasmLinearAlgebra
import ChiasmTransport

/// What `Reference/relaxed_reference.py` wrote.
struct RelaxedReference: Decodable {
  struct Case: Decodable {
    let name: String
    let rows, columns: Int
    let costs: [Double]?
    let modulus: Int?
    let source, target: [Double]
    let mass, cost, objective, sourcePenalty, targetPenalty: Double?
    let rowSums, columnSums: [Double]?

    func costMatrix() throws -> CostMatrix {
      let formula = (0..<rows * columns).map { index in
        let (i, j) = (index / columns, index % columns)
        let modulus = modulus ?? 1
        return Double((7919 * i + 104_729 * j + i * j) % modulus) / Double(modulus)
      }
      return try CostMatrix(
        Matrix(rowCount: rows, columnCount: columns, elements: costs ?? formula))
    }

    func unbalancedProblem() throws -> UnbalancedProblem {
      try UnbalancedProblem(
        cost: costMatrix(), source: .weights(source), target: .weights(target),
        sourcePenalty: sourcePenalty ?? .infinity, targetPenalty: targetPenalty ?? .infinity)
    }
  }

  let partial: [Case]
  let unbalanced: [Case]

  static func read() throws -> RelaxedReference {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Reference/relaxed_reference.json")
    return try JSONDecoder().decode(RelaxedReference.self, from: Data(contentsOf: file))
  }
}
