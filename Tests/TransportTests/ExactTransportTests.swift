import ChiasmLinearAlgebra
import Testing

@testable import ChiasmTransport

/// The fast exact solver against the plain one, over what can differ between them.
@Suite("Two ways: primal-dual and simplex")
struct ExactTransportTests {
  private func expectAgreement(
    _ problem: TransportProblem, _ label: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (fast, plain) = (ExactTransport.thorough.solve(problem), NetworkSimplex().solve(problem))
    let scale = max(1, problem.cost.magnitude) * problem.totalMass
    let isSound =
      abs(fast.cost - plain.cost) <= 1e-13 * scale
      && fast.certificate.holds(within: 1e-13 * scale)
      && fast.plan.count <= problem.cost.rowCount + problem.cost.columnCount - 1
      && fast.plan.masses.allSatisfy { $0 > 0 } && fast.termination == .optimal
    #expect(isSound, "\(label): \(fast.cost), \(plain.cost)", sourceLocation: sourceLocation)
  }

  @Test("Every shape up to 12 × 12, with ties and without", arguments: 1...12)
  func smallShapes(p: Int) throws {
    for q in 1...12 {
      let seed = UInt64(100 * p + q)
      for cost in try [
        randomCosts(p, q, seed: seed), randomWholeCosts(p, q, below: 3, seed: seed),
      ] {
        expectAgreement(try TransportProblem(cost: cost), "\(p) × \(q)")
        expectAgreement(
          try TransportProblem(
            cost: cost, source: randomWeights(p, seed: seed, sparse: true),
            target: randomWeights(q, seed: seed + 1, sparse: true)), "\(p) × \(q), weights")
      }
    }
  }

  @Test("Random shapes up to 64 × 64", arguments: 1...40)
  func randomShapes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (p, q) = (
      Int.random(in: 1...64, using: &generator), Int.random(in: 1...64, using: &generator)
    )
    expectAgreement(
      try TransportProblem(cost: randomCosts(p, q, seed: seed, in: -2...2)), "\(p) × \(q)")
  }

  @Test(
    "Extreme, divisible and coprime shapes",
    arguments: [(1, 900), (900, 1), (2, 701), (400, 3), (20, 400), (360, 30), (97, 101), (128, 96)])
  func shapes(p: Int, q: Int) throws {
    expectAgreement(try TransportProblem(cost: randomCosts(p, q, seed: 3)), "uniform")
    expectAgreement(
      try TransportProblem(
        cost: randomCosts(p, q, seed: 4), source: randomWeights(p, seed: 5),
        target: randomWeights(q, seed: 6)), "weights")
  }

  @Test("Scales, outliers and costs that the grid cannot tell apart", arguments: 1...3)
  func costKinds(seed: UInt64) throws {
    for (p, q) in [(30, 30), (24, 37), (50, 10)] {
      let base = try randomCosts(p, q, seed: seed).values.elements
      let kinds: [(String, (Int, Double) -> Double)] = [
        ("great", { $1 * 1e6 }), ("negative", { -$1 }), ("shifted", { 1e6 + $1 }),
        ("constant", { _, _ in 2.5 }), ("small differences", { 1 + $1 * 1e-9 }),
        ("dear outliers", { $0 % 13 == 0 ? 1e6 : $1 }),
        ("cheap outliers", { $0 % 7 == 0 ? -1e9 : $1 }),
        ("half forbidden", { $0 % 2 == 0 ? 1e4 : $1 }), ("greatest", { ($1 - 0.5) * 2e150 }),
        ("least", { $1 * 1e-304 }),
      ]
      for (name, kind) in kinds {
        let elements = base.enumerated().map { kind($0.offset, $0.element) }
        let cost = try CostMatrix(Matrix(rowCount: p, columnCount: q, elements: elements))
        expectAgreement(try TransportProblem(cost: cost), "\(name), \(p) × \(q)")
      }
    }
  }

  @Test("Distances in the plane", arguments: 1...4)
  func distances(seed: UInt64) throws {
    let (p, q) = (40 + Int(seed), 44)
    var generator = SeededGenerator(seed: seed)
    let points = (0..<p + q).map { _ in
      (Double.random(in: 0...1, using: &generator), Double.random(in: 0...1, using: &generator))
    }
    let elements = (0..<p * q).map { index in
      let (a, b) = (points[index / q], points[p + index % q])
      return (a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)
    }
    let cost = try CostMatrix(Matrix(rowCount: p, columnCount: q, elements: elements))
    expectAgreement(try TransportProblem(cost: cost), "distances")
  }

  @Test("Small problems are left to the plain solver, and others are not")
  func smallProblems() throws {
    for (p, q, isSmall) in [(20, 900, true), (60, 70, true), (60, 60, false), (260, 255, false)] {
      let problem = try TransportProblem(cost: randomCosts(p, q, seed: 1))
      #expect(ExactRun(problem, kernels: Kernels(.baseline)).isSmall == isSmall)
    }
    expectAgreement(try TransportProblem(cost: randomCosts(260, 255, seed: 1)), "260 × 255")
  }

  @Test("Every instruction set gives the same solution", arguments: [(60, 60), (61, 47), (30, 90)])
  func instructionSets(p: Int, q: Int) throws {
    let problem = try TransportProblem(cost: randomCosts(p, q, seed: 12))
    let solutions = InstructionSet.available.map { set in
      var solver = ExactTransport.thorough
      solver.instructionSet = set
      return solver.solve(problem)
    }
    for solution in solutions {
      #expect(solution.plan == solutions[0].plan)
      #expect(solution.sourcePotentials == solutions[0].sourcePotentials)
      #expect(solution.targetPotentials == solutions[0].targetPotentials)
      #expect(solution.iterations == solutions[0].iterations)
    }
  }
}
