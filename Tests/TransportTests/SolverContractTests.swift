import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

/// What every solver promises on every problem.
@Suite("Contract of a solver")
struct SolverContractTests {
  static let solvers: [any TransportSolver] = [
    ExactTransport(), ExactTransport.thorough, NetworkSimplex(), NetworkSimplex(pivotLimit: 3),
    Sinkhorn(regularization: 0.05),
    Sinkhorn(regularization: 0.01, iterationLimit: 20),
  ]

  static let dimensions = [
    (1, 1), (1, 7), (7, 1), (2, 2), (6, 6), (5, 15), (15, 5), (8, 12), (9, 16), (17, 3), (1, 300),
  ]

  private func check(_ solver: any TransportSolver, _ problem: TransportProblem) {
    let solution = solver.solve(problem)
    let scale = max(1, problem.cost.magnitude)
    let certificate = solution.certificate
    #expect(certificate.primalViolation <= 1e-14 * max(1, problem.totalMass))
    #expect(certificate.dualViolation <= 1e-14 * scale)
    #expect(certificate.gap >= -1e-13 * scale * problem.totalMass)
    #expect(isClose(solution.cost, solution.plan.cost(under: problem.cost), within: 0))
    #expect(solution.plan.masses.allSatisfy { $0 > 0 })
    let exact = NetworkSimplex().solve(problem)
    #expect(solution.cost - exact.cost <= certificate.bound + 1e-13 * scale * problem.totalMass)
    if solution.termination == .optimal {
      #expect(certificate.bound <= 1e-13 * scale * problem.totalMass)
    }
  }

  @Test("Uniform marginals of any shape", arguments: dimensions)
  func uniform(p: Int, q: Int) throws {
    let problem = try TransportProblem(cost: randomCosts(p, q, seed: UInt64(100 * p + q)))
    for solver in Self.solvers { check(solver, problem) }
  }

  @Test("Weights with zeros", arguments: 1...6)
  func zeroWeights(seed: UInt64) throws {
    let problem = try TransportProblem(
      cost: randomCosts(11, 14, seed: seed), source: randomWeights(11, seed: seed, sparse: true),
      target: randomWeights(14, seed: seed + 50, sparse: true))
    for solver in Self.solvers { check(solver, problem) }
  }

  @Test("All mass on one point of each side")
  func onePoint() throws {
    let problem = try TransportProblem(
      cost: randomCosts(3, 4, seed: 9), source: .weights([0, 2.5, 0]),
      target: .weights([0, 0, 0, 2.5]))
    for solver in Self.solvers {
      check(solver, problem)
      #expect(solver.solve(problem).plan.entries == [.init(row: 1, column: 3, mass: 2.5)])
    }
  }

  @Test("Constant costs, ties, negative and great costs", arguments: 1...4)
  func costKinds(seed: UInt64) throws {
    let kinds = try [
      randomCosts(7, 9, seed: seed, in: 3...3), randomCosts(7, 9, seed: seed, in: 0...0),
      randomWholeCosts(12, 12, below: 2, seed: seed), randomCosts(9, 7, seed: seed, in: -2...(-1)),
      randomCosts(10, 11, seed: seed, in: 0...1e6), randomCosts(10, 11, seed: seed, in: 0...1e-6),
      randomCosts(6, 9, seed: seed, in: 1e6...1e6 + 1),
    ]
    for cost in kinds {
      let problem = try TransportProblem(cost: cost)
      for solver in Self.solvers { check(solver, problem) }
    }
  }

  @Test("Costs of four bytes give the solution of the same costs in eight", arguments: dimensions)
  func precisions(p: Int, q: Int) throws {
    let single = Matrix(
      rowCount: p, columnCount: q,
      elements: try randomCosts(p, q, seed: 6).values.elements.map { Float($0) })
    let costs = try [CostMatrix(single), CostMatrix(CostMatrix(single).values)]
    let weights = (randomWeights(p, seed: 7, sparse: true), randomWeights(q, seed: 8, sparse: true))
    for solver in Self.solvers {
      for (source, target) in [(.uniform(p), .uniform(q)), weights] {
        let solutions = try costs.map { cost in
          solver.solve(try TransportProblem(cost: cost, source: source, target: target))
        }
        #expect(solutions[0].plan == solutions[1].plan)
        #expect(solutions[0].sourcePotentials == solutions[1].sourcePotentials)
        #expect(solutions[0].targetPotentials == solutions[1].targetPotentials)
        #expect(solutions[0].cost == solutions[1].cost)
        #expect(solutions[0].certificate == solutions[1].certificate)
        #expect(solutions[0].iterations == solutions[1].iterations)
      }
    }
  }

  @Test("The same problem gives the same solution, on many tasks at once")
  func determinism() async throws {
    let problem = try TransportProblem(cost: randomCosts(23, 31, seed: 77))
    for solver in Self.solvers {
      let first = solver.solve(problem)
      await withTaskGroup(of: TransportSolution.self) { group in
        for _ in 0..<4 { group.addTask { solver.solve(problem) } }
        for await other in group {
          #expect(other.plan == first.plan && other.iterations == first.iterations)
          #expect(other.sourcePotentials == first.sourcePotentials)
        }
      }
    }
  }
}
