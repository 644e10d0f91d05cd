import ChiasmLinearAlgebra
import Testing

@testable import ChiasmTransport

/// The solvers that promise the optimum.
let exactSolvers: [any TransportSolver] = [
  ExactTransport(), ExactTransport.thorough, NetworkSimplex(),
]

extension ExactTransport {
  /// A solver that goes its own way on small problems too.
  static var thorough: ExactTransport {
    var solver = ExactTransport()
    solver.leavesSmallProblems = false
    return solver
  }
}

@Suite("Laws of an exact solver")
struct ExactSolverLaws {
  private func solve(
    _ cost: CostMatrix, source: Marginal? = nil, target: Marginal? = nil,
    with solver: any TransportSolver
  ) throws -> TransportSolution {
    solver.solve(try TransportProblem(cost: cost, source: source, target: target))
  }

  @Test(
    "Marginals hold, the dual is feasible, the gap is nil and the plan is a vertex",
    arguments: [(40, 40), (40, 41), (30, 90), (97, 64), (3, 500), (500, 3), (1, 4096), (3, 2000)])
  func optimality(p: Int, q: Int) throws {
    for solver in exactSolvers {
      let solution = try solve(randomCosts(p, q, seed: UInt64(p + 7 * q)), with: solver)
      #expect(solution.termination == .optimal)
      #expect(solution.certificate.primalViolation <= 1e-16)
      #expect(solution.certificate.dualViolation <= 1e-15)
      #expect(abs(solution.certificate.gap) <= 1e-14)
      #expect(solution.plan.count <= p + q - 1)
    }
  }

  @Test("Constants on rows and columns shift the cost and keep the plan", arguments: 1...5)
  func constants(seed: UInt64) throws {
    for solver in exactSolvers {
      let cost = try randomWholeCosts(14, 18, below: 1_000_000, seed: seed)
      var shifted = cost.values
      for row in 0..<14 {
        for column in 0..<18 { shifted[row, column] += Double(row * row) - 3 * Double(column) }
      }
      let (first, second) = (
        try solve(cost, with: solver), try solve(CostMatrix(shifted), with: solver)
      )
      let squares: Double = (0..<14).reduce(0) { $0 + Double($1 * $1) }
      let shift = squares / 14 - 25.5
      #expect(isClose(second.cost, first.cost + shift, within: 1e-14))
      #expect(isClose(second.plan.cost(under: cost), first.cost, within: 1e-14))
    }
  }

  @Test("Scaling the costs scales cost and potentials", arguments: [0.25, 1024])
  func scaling(factor: Double) throws {
    for solver in exactSolvers {
      let cost = try randomCosts(16, 21, seed: 3)
      let scaled = try CostMatrix(
        Matrix(rowCount: 16, columnCount: 21, elements: cost.values.elements.map { $0 * factor }))
      let (first, second) = (try solve(cost, with: solver), try solve(scaled, with: solver))
      #expect(second.plan == first.plan)
      #expect(second.cost == first.cost * factor)
    }
  }

  @Test(
    "Exchanging source and target transposes the plan", arguments: [(12, 12), (9, 20), (20, 9)])
  func transposition(p: Int, q: Int) throws {
    for solver in exactSolvers {
      let cost = try randomCosts(p, q, seed: 8)
      let turned = try CostMatrix(
        Matrix(rowCount: q, columnCount: p, elements: (0..<q).flatMap { cost.values.column($0) }))
      let (first, second) = (try solve(cost, with: solver), try solve(turned, with: solver))
      #expect(second.plan == first.plan.transposed)
      #expect(isClose(second.cost, first.cost, within: 1e-15))
    }
  }

  @Test("Permuted points permute the plan", arguments: 1...5)
  func permutation(seed: UInt64) throws {
    for solver in exactSolvers {
      var generator = SeededGenerator(seed: seed)
      let cost = try randomCosts(15, 22, seed: seed)
      let rows = Array(0..<15).shuffled(using: &generator)
      let columns = Array(0..<22).shuffled(using: &generator)
      let mixed = try CostMatrix(cost.values.selectingRows(rows).selectingColumns(columns))
      let permuted = try solve(mixed, with: solver).plan.entries.map {
        TransportPlan.Entry(row: rows[$0.row], column: columns[$0.column], mass: $0.mass)
      }
      let expected = try solve(cost, with: solver).plan
      #expect(TransportPlan(rowCount: 15, columnCount: 22, entries: permuted) == expected)
    }
  }

  @Test("Between equal numbers of points the plan is a permutation", arguments: [1, 2, 17, 60])
  func permutationPlan(n: Int) throws {
    for solver in exactSolvers {
      let plan = try solve(randomCosts(n, n, seed: UInt64(n)), with: solver).plan
      #expect(plan.entries.map(\.row) == Array(0..<n))
      #expect(Set(plan.columns).count == n)
      #expect(plan.masses.allSatisfy { $0 == 1 / Double(n) })
    }
  }

  @Test("Points without mass take part in the certificate and not in the plan", arguments: 1...5)
  func zeroWeights(seed: UInt64) throws {
    for solver in exactSolvers {
      let (source, target) = (
        randomWeights(20, seed: seed, sparse: true), randomWeights(17, seed: seed + 9, sparse: true)
      )
      let solution = try solve(
        randomCosts(20, 17, seed: seed, in: -1...1), source: source, target: target,
        with: solver)
      #expect(solution.certificate.dualViolation <= 1e-15)
      #expect(abs(solution.certificate.gap) <= 1e-14)
      for entry in solution.plan.entries {
        #expect(source.masses[entry.row] > 0 && target.masses[entry.column] > 0)
      }
    }
  }

  @Test("A pivot limit ends in a feasible plan with a proven bound")
  func pivotLimit() throws {
    let problem = try TransportProblem(cost: randomCosts(30, 37, seed: 6))
    let (stopped, exact) = (
      NetworkSimplex(pivotLimit: 5).solve(problem), NetworkSimplex().solve(problem)
    )
    #expect(stopped.termination == .iterationLimit && stopped.iterations == 5)
    #expect(stopped.certificate.primalViolation <= 1e-16)
    #expect(stopped.cost > exact.cost)
    #expect(stopped.cost - exact.cost <= stopped.certificate.bound)
    #expect(NetworkSimplex(pivotLimit: exact.iterations).solve(problem).termination == .optimal)
  }
}
