internal import ChiasmLinearAlgebra
internal import ChiasmTransport

/// The problem of `GlobalTransport` on one split: all units in use of one side against all of the
/// other, stage after stage.
struct GlobalProblem: Sendable {
  /// For each stage the units in use, as places among those that vary.
  private let units: (source: [[Int]], target: [[Int]])
  /// Units that vary, a number a source stage.
  private let sourceCounts: [Int]
  private let problem: TransportProblem

  /// Fills the costs; threads take the target stages of one source stage at a time.
  init(_ split: FittedSplit, units: (source: [[Int]], target: [[Int]])) async throws {
    let (source, target) = (split.data.source, split.data.target)
    self.units = units
    sourceCounts = source.map(\.unitCount)
    let stages = try await concurrentMap(
      count: source.count + target.count, threads: split.threads
    ) { StageAcrossSplits([(source + target)[$0]]) }
    let pairs = source.indices.map { row in
      target.indices.map { (stages[row], stages[source.count + $0]) }
    }
    if stages[0].hasFewStimuli(inSplit: 0) {
      let costs = try await Self.costs(pairs, units, split.threads) { $0.preciseCosts(ofSplit: 0) }
      problem = try Self.problem(units) { () throws(TransportError) in try CostMatrix(costs) }
    } else {
      let costs = try await Self.costs(pairs, units, split.threads) { $0.costs(ofSplit: 0) }
      problem = try Self.problem(units) { () throws(TransportError) in try CostMatrix(costs) }
    }
  }

  /// The costs of all units in use, from those of each pair of stages.
  private static func costs<Cost: Sendable>(
    _ pairs: [[(StageAcrossSplits, StageAcrossSplits)]],
    _ units: (source: [[Int]], target: [[Int]]), _ threads: Int,
    ofPair: @escaping @Sendable (inout PairCosts) -> Matrix<Cost>
  ) async throws -> Matrix<Cost> {
    let rowCount = units.source.reduce(0) { $0 + $1.count }
    let width = units.target.reduce(0) { $0 + $1.count }
    var elements: [Cost] = []
    elements.reserveCapacity(rowCount * width)
    for (pairs, rows) in zip(pairs, units.source) {
      let blocks = try await concurrentMap(count: pairs.count, threads: threads) { column in
        var costs = PairCosts(pairs[column].0, pairs[column].1)
        return ofPair(&costs).selectingRows(rows).selectingColumns(units.target[column])
      }
      for row in rows.indices { for block in blocks { elements += block.row(row) } }
    }
    return Matrix(rowCount: rowCount, columnCount: width, elements: elements)
  }

  private static func problem(
    _ units: (source: [[Int]], target: [[Int]]), cost: () throws(TransportError) -> CostMatrix
  ) throws(AlignmentError) -> TransportProblem {
    do {
      return try TransportProblem(
        cost: cost(), source: masses(units.source), target: masses(units.target))
    } catch {
      throw .transport(source: sides.0, target: sides.1, problem: "\(error)")
    }
  }

  private static let sides = ("all source units", "all target units")

  /// The same mass for each stage, and within it for each unit.
  private static func masses(_ units: [[Int]]) -> Marginal {
    .weights(
      units.flatMap { stage in
        repeatElement(1 / (Double(units.count) * Double(stage.count)), count: stage.count)
      })
  }
}

extension GlobalProblem {
  /// - Throws: `notCertified`.
  func solve(
    with solver: any TransportSolver, tolerance: Double?
  ) throws(AlignmentError) -> TransportSolution {
    let solution = solver.solve(problem)
    try solution.certificate.require(tolerance, between: Self.sides)
    return solution
  }

  /// The masses of the plan between the units of every two stages.
  func coupling(_ solution: TransportSolution) -> GlobalCoupling {
    let stages = (Self.stageOfUnit(units.source), Self.stageOfUnit(units.target))
    var masses = Matrix(
      rowCount: units.source.count, columnCount: units.target.count, repeating: 0.0)
    for entry in solution.plan.entries {
      masses[stages.0[entry.row], stages.1[entry.column]] += entry.mass
    }
    return GlobalCoupling(
      masses: masses, cost: solution.cost, certificate: solution.certificate,
      sourceUnitCounts: units.source.map(\.count), targetUnitCounts: units.target.map(\.count))
  }

  private static func stageOfUnit(_ units: [[Int]]) -> [Int] {
    units.enumerated().flatMap { stage, units in repeatElement(stage, count: units.count) }
  }

  /// The held-out stimuli with the target units as a single stage.
  func evaluate(_ plan: TransportPlan, _ split: FittedSplit) async throws -> HeldOutEvaluation {
    let evaluation = split.evaluation
    let target = zip(evaluation.target, units.target).map { $0.selecting($1) }
    let blocks = rowBlocks(of: plan)
    return try await HeldOutEvaluation(
      source: zip(evaluation.source, units.source).map { $0.selecting($1) },
      target: [HeldOutResponses(joining: target)], threads: split.threads
    ) { stage, _ in blocks[stage] }
  }

  /// The rows of each source stage as a plan of their own, of mass 1.
  private func rowBlocks(of plan: TransportPlan) -> [TransportPlan] {
    var first = 0
    return units.source.map { stage in
      let rows = first..<first + stage.count
      first = rows.upperBound
      let entries = rows.flatMap { row in
        plan.indices(ofRow: row).map { index in
          TransportPlan.Entry(
            row: row - rows.lowerBound, column: Int(plan.columns[index]),
            mass: plan.masses[index] * Double(units.source.count))
        }
      }
      return TransportPlan(
        rowCount: stage.count, columnCount: plan.columnCount, entries: entries)
    }
  }

  /// Scores of the units in use at their places among those that vary; NaN for the others.
  func spread(_ scores: [Double], stage: Int) -> [Double] {
    var all = [Double](repeating: .nan, count: sourceCounts[stage])
    for (unit, score) in zip(units.source[stage], scores) { all[unit] = score }
    return all
  }
}
