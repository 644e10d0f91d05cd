internal import ChiasmResults
internal import ChiasmFiles
public import ChiasmTransport
internal import Foundation

/// A solved transport problem.
public struct TransportResult: Sendable {
  private let path: String
  /// The plan with its potentials and its certificate.
  public let solution: TransportSolution
  /// What the masses of the columns were multiplied by to have the total of the rows.
  public let targetScale: Double
  /// The seconds that reading took.
  public let readSeconds: Double
  /// The seconds that solving took, the certificate included.
  public let solveSeconds: Double

  init(
    path: String, solution: TransportSolution, targetScale: Double, readSeconds: Double,
    solveSeconds: Double
  ) {
    self.path = path
    self.solution = solution
    self.targetScale = targetScale
    self.readSeconds = readSeconds
    self.solveSeconds = solveSeconds
  }

  /// Throws `WorkflowError.transport` when the plan is not proven to 1e-9 of its cost.
  public func requireProof() throws(WorkflowError) {
    guard solution.termination == .unproven else { return }
    throw .transport(
      path: path, .unproven(cost: solution.cost, bound: solution.certificate.bound))
  }

  /// What a program wants of it.
  struct Record: Codable, Equatable {
    let rows: Int
    let columns: Int
    let cost: Double?
    let gap: Double?
    let violation: Double?
    let marginal_error: Double?
    let nonzeros: Int
    let iterations: Int
    let termination: String
    let target_scale: Double
    let read_seconds: Double
    let solve_seconds: Double
  }

  private var record: Record {
    Record(
      rows: solution.plan.rowCount, columns: solution.plan.columnCount, cost: solution.cost.finite,
      gap: solution.certificate.gap.finite, violation: solution.certificate.dualViolation.finite,
      marginal_error: solution.certificate.primalViolation.finite, nonzeros: solution.plan.count,
      iterations: solution.iterations, termination: solution.termination.rawValue,
      target_scale: targetScale,
      read_seconds: readSeconds, solve_seconds: solveSeconds)
  }

  /// The result as JSON.
  public func json() throws(WorkflowError) -> String {
    do { return try JSONFile.text(record) } catch { throw WorkflowError(error) }
  }

  /// The result in lines for people.
  public var summary: String {
    let proof = solution.certificate
    let numbers = [
      ("cost", "\(solution.cost)"),
      ("gap", String(format: "%.1e", proof.gap)),
      ("dual violation", String(format: "%.1e", proof.dualViolation)),
      ("marginal error", String(format: "%.1e", proof.primalViolation)),
      (
        "entries",
        "\(solution.plan.count) of \(solution.plan.rowCount) × \(solution.plan.columnCount)"
      ),
      ("iterations", "\(solution.iterations) (\(solution.termination.rawValue))"),
      ("reading", String(format: "%.3f s", readSeconds)),
      ("solving", String(format: "%.3f s", solveSeconds)),
    ]
    return numbers.map { $0.padding(toLength: 16, withPad: " ", startingAt: 0) + $1 }
      .joined(separator: "\n")
  }

  /// Writes the plan, for `scipy.sparse.load_npz`.
  public func writePlan(to path: String, replacing: Bool) throws(WorkflowError) {
    do {
      try CompressedSparseRows(solution.plan).write(to: path, replacing: replacing)
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension CompressedSparseRows {
  /// A transport plan, which has the same form.
  init(_ plan: TransportPlan) {
    self.init(
      rowCount: plan.rowCount, columnCount: plan.columnCount, rowStarts: plan.rowStarts,
      columns: plan.columns.map(Int.init), values: plan.masses)
  }
}
