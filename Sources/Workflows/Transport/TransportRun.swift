public import ChiasmResults
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmTransport

/// The use case `transport`: one dense cost matrix in, one certified plan out.
public struct TransportRun: Sendable {
  /// What is to be solved and how.
  public struct Settings: Sendable {
    /// The costs: a two-dimensional `.npy`.
    public var cost: String
    /// The masses of the rows, a `.npy`; all equal when nil.
    public var sourceWeights: String?
    /// The masses of the columns, a `.npy`; all equal when nil.
    public var targetWeights: String?
    /// How it is solved.
    public var solver = AlignmentSettings.Solver.exact

    /// Solves the costs of one file between equal masses.
    public init(cost: String) { self.cost = cost }
  }

  /// The seconds that reading took.
  public let readSeconds: Double
  /// A sentence about weights whose totals differ by more than double precision explains, and were
  /// scaled; nil for others.
  public let note: String?
  private let path: String
  private let problem: TransportProblem
  private let targetScale: Double
  private let solver: any TransportSolver

  /// Reads the problem and checks it.
  public init(_ settings: Settings) throws(WorkflowError) {
    let clock = ContinuousClock()
    let start = clock.now
    do {
      (problem, targetScale) = try Self.problem(settings)
    } catch let error as TransportError {
      throw .transport(path: settings.cost, error)
    } catch {
      throw WorkflowError(error)
    }
    if settings.solver == .sinkhorn, problem.cost.hasForbiddenArcs {
      throw .setting(
        name: "--solver", expected: "exact where costs are infinite", actual: "sinkhorn")
    }
    path = settings.cost
    note =
      abs(targetScale - 1) > 1e-9
      ? "The weights sum to the same only within the rounding of float32; those of the columns were "
        + "multiplied by \(targetScale)." : nil
    solver =
      switch settings.solver {
      case .exact: ExactTransport()
      case .sinkhorn: Sinkhorn()
      }
    readSeconds = Self.seconds(clock.now - start)
  }

  /// Solves the problem on one thread.
  ///
  /// - Throws: `WorkflowError.transport` with `TransportError.infeasible` when no plan avoids the
  ///   infinite costs.
  public func run() throws(WorkflowError) -> TransportResult {
    let clock = ContinuousClock()
    let start = clock.now
    let solution = solver.solve(problem)
    let seconds = Self.seconds(clock.now - start)
    if solution.termination == .infeasible {
      let mass = solution.plan.entries.reduce(0) {
        problem.cost[$1.row, $1.column] == .infinity ? $0 + $1.mass : $0
      }
      throw .transport(path: path, .infeasible(mass: mass, total: problem.totalMass))
    }
    return TransportResult(
      path: path, solution: solution, targetScale: targetScale, readSeconds: readSeconds,
      solveSeconds: seconds)
  }

  /// The share by which totals of weights may differ where one side is stored as float32: some ulps.
  private static let singleTolerance = 1e-6

  private static func problem(
    _ settings: Settings
  ) throws -> (TransportProblem, targetScale: Double) {
    let array = try NumpyArray(path: settings.cost)
    guard array.shape.count == 2 else {
      throw ArrayFileError.malformed(
        path: settings.cost, problem: "has shape \(array.shape), but rows × columns are expected")
    }
    let cost = try costs(array, name: settings.cost)
    let source = try settings.sourceWeights.map(weights)
    let target = try settings.targetWeights.map(weights)
    let isSingle = source?.isSingle ?? false || target?.isSingle ?? false
    let marginals = (
      source?.marginal ?? .uniform(cost.rowCount), target?.marginal ?? .uniform(cost.columnCount)
    )
    let problem = try TransportProblem(
      cost: cost, source: marginals.0, target: marginals.1,
      massTolerance: isSingle ? singleTolerance : 1e-9)
    return (problem, marginals.0.total / marginals.1.total)
  }

  /// The costs in the precision of the file, as far as there are two.
  private static func costs(_ array: NumpyArray, name: String) throws -> CostMatrix {
    let (rowCount, columnCount) = (array.shape[0], array.shape[1])
    if case .float32(let costs) = array.elements {
      return try CostMatrix(
        Matrix(rowCount: rowCount, columnCount: columnCount, elements: costs))
    }
    return try CostMatrix(
      Matrix(
        rowCount: rowCount, columnCount: columnCount, elements: try array.doubles(name: name)))
  }

  private static func weights(
    _ path: String
  ) throws -> (marginal: Marginal, isSingle: Bool) {
    let array = try NumpyArray(path: path)
    var isSingle = false
    if case .float32 = array.elements { isSingle = true }
    return (.weights(try array.doubles(name: path)), isSingle)
  }

  private static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
