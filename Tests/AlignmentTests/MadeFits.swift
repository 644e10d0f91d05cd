@testable import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmStatistics
import ChiasmTransport

/// A fit with given costs, coupled exactly, and no unit plans; `coupling` replaces the exact one.
func madeFit(
  _ costs: [[Double]], coupling: [[Double]]? = nil, split: String = "split_1"
) throws -> FittedTransport {
  let problem = try TransportProblem(cost: CostMatrix(matrix(costs)))
  let solution = NetworkSimplex().solve(problem)
  return FittedTransport(
    split: Split(name: split, training: [], heldOut: []), source: [], target: [], matches: [],
    costs: problem.cost.values, coupling: coupling.map(matrix) ?? solution.plan.dense,
    cost: solution.cost, outerCertificate: solution.certificate)
}

/// The matrix of rows of numbers.
func matrix(_ rows: [[Double]]) -> Matrix<Double> {
  Matrix(rowCount: rows.count, columnCount: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
}

/// Solves exactly, then forgets the mass of the first entry.
struct LostMass: TransportSolver {
  func solve(_ problem: TransportProblem) -> TransportSolution {
    let exact = NetworkSimplex().solve(problem)
    return TransportSolution(
      problem: problem,
      plan: TransportPlan(
        rowCount: exact.plan.rowCount, columnCount: exact.plan.columnCount,
        entries: Array(exact.plan.entries.dropFirst())),
      sourcePotentials: exact.sourcePotentials, targetPotentials: exact.targetPotentials,
      iterations: exact.iterations, termination: .optimal)
  }
}
