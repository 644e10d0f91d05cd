internal import ArrayFiles
internal import LinearAlgebra
internal import OptimalTransport

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
  private let problem: TransportProblem
  private let solver: any TransportSolver

  /// Reads the problem and checks it.
  public init(_ settings: Settings) throws(WorkflowError) {
    let clock = ContinuousClock()
    let start = clock.now
    do {
      problem = try Self.problem(settings)
    } catch let error as TransportError {
      throw .transport(path: settings.cost, error)
    } catch {
      throw WorkflowError(error)
    }
    solver =
      switch settings.solver {
      case .exact: ExactTransport()
      case .sinkhorn: Sinkhorn()
      }
    readSeconds = Self.seconds(clock.now - start)
  }

  /// Solves the problem on one thread.
  public func run() -> TransportResult {
    let clock = ContinuousClock()
    let start = clock.now
    let solution = solver.solve(problem)
    return TransportResult(
      solution: solution, readSeconds: readSeconds, solveSeconds: Self.seconds(clock.now - start))
  }

  private static func problem(_ settings: Settings) throws -> TransportProblem {
    let array = try NumpyArray(path: settings.cost)
    guard array.shape.count == 2 else {
      throw ArrayFileError.malformed(
        path: settings.cost, problem: "has shape \(array.shape), but rows × columns are expected")
    }
    let cost = try costs(array, name: settings.cost)
    return try TransportProblem(
      cost: cost, source: try settings.sourceWeights.map(weights) ?? .uniform(cost.rowCount),
      target: try settings.targetWeights.map(weights) ?? .uniform(cost.columnCount))
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

  private static func weights(_ path: String) throws -> Marginal {
    .weights(try NumpyArray(path: path).doubles(name: path))
  }

  private static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
