import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@Suite("Partial transport")
struct PartialTransportTests {
  @Test("The cost is that of ot.partial, and the certificate proves it")
  func reference() throws {
    let cases = try RelaxedReference.read().partial
    #expect(cases.count == 7)
    for key in cases {
      let problem = try PartialProblem(
        cost: key.costMatrix(), source: .weights(key.source), target: .weights(key.target),
        mass: key.mass ?? .nan)
      let solution = PartialTransport().solve(problem)
      #expect(isClose(solution.cost, key.cost ?? .nan, within: 1e-9), "\(key.name)")
      #expect(solution.certificate.holds(within: 1e-13), "\(key.name): \(solution.certificate)")
      #expect(solution.plan.count <= key.rows + key.columns + 1)
    }
  }

  @Test("All mass is balanced transport", arguments: [(6, 6), (5, 8), (9, 4)])
  func allMass(rows: Int, columns: Int) throws {
    let cost = try randomCosts(rows, columns, seed: 3)
    let (a, b) = (randomWeights(rows, seed: 1), randomWeights(columns, seed: 2, sparse: true))
    let balanced = ExactTransport().solve(try TransportProblem(cost: cost, source: a, target: b))
    let solution = PartialTransport().solve(
      try PartialProblem(cost: cost, source: a, target: b, mass: min(a.total, b.total)))
    #expect(isClose(solution.cost, balanced.cost, within: 1e-13))
    #expect(solution.certificate.holds(within: 1e-13))
  }

  @Test(
    "With uniform marginals masses are whole parts: a point that is left out has none",
    arguments: [0.1, 0.5, 0.7, 0.025])
  func wholeParts(mass: Double) throws {
    let (p, q) = (60, 77)
    let problem = try PartialProblem(cost: randomCosts(p, q, seed: 7), mass: mass)
    let solution = PartialTransport().solve(problem)
    let part = 1 / (Double(p * q) * 1000)
    for entry in solution.plan.entries {
      #expect(entry.mass >= 0.999 * part, "\(entry)")
      #expect(abs(entry.mass / part - (entry.mass / part).rounded()) < 1e-6)
    }
    #expect(solution.plan.rowSums.contains(0))
    #expect(isClose(solution.plan.masses.reduce(0, +), mass, within: 1e-14))
    #expect(solution.certificate.holds(within: 1e-13))
  }

  @Test("A little mass goes by the cheapest pair, none is an empty plan")
  func littleMass() throws {
    let cost = try costs([[3, 2, 5], [4, 1.5, 6]])
    let little = PartialTransport().solve(try PartialProblem(cost: cost, mass: 0.01))
    #expect(little.plan.entries.map { [$0.row, $0.column] } == [[1, 1]])
    #expect(isClose(little.cost, 0.015, within: 1e-14))
    #expect(isClose(little.massPotential, 1.5, within: 1e-12))
    let none = PartialTransport().solve(try PartialProblem(cost: cost, mass: 0))
    #expect(none.plan.count == 0)
    #expect(none.certificate.holds(within: 1e-14))
  }

  @Test("Cost is convex in the mass, and its slope is the potential of the mass")
  func convexity() throws {
    let cost = try randomCosts(6, 9, seed: 8, in: -0.5...0.5)
    let solutions = try (1...19).map { step in
      PartialTransport().solve(try PartialProblem(cost: cost, mass: Double(step) / 20))
    }
    for (one, next) in zip(solutions, solutions.dropFirst()) {
      let slope = (next.cost - one.cost) * 20
      #expect(one.massPotential <= slope + 1e-12)
      #expect(slope <= next.massPotential + 1e-12)
      #expect(one.certificate.holds(within: 1e-13))
    }
    // Negative costs do not make it move more than it should.
    #expect(isClose(solutions[0].plan.masses.reduce(0, +), 0.05, within: 1e-14))
  }

  @Test("Equal costs, also zero ones, move the mass asked for", arguments: [0.0, -2, 7])
  func equalCosts(value: Double) throws {
    let cost = try CostMatrix(Matrix(rowCount: 4, columnCount: 3, repeating: value))
    let solution = PartialTransport().solve(try PartialProblem(cost: cost, mass: 0.4))
    #expect(isClose(solution.plan.masses.reduce(0, +), 0.4, within: 1e-14))
    #expect(isClose(solution.cost, 0.4 * value, within: 1e-14))
    #expect(solution.certificate.holds(within: 1e-13))
  }

  @Test("Any solver of balanced problems will do")
  func otherSolver() throws {
    let problem = try PartialProblem(cost: randomCosts(7, 5, seed: 6), mass: 0.6)
    let one = PartialTransport().solve(problem)
    let other = PartialTransport(solver: NetworkSimplex()).solve(problem)
    #expect(isClose(one.cost, other.cost, within: 1e-13))
  }

  @Test("Where a solve starts changes nothing but its work", arguments: [0.1, 0.35, 0.8, 1])
  func start(mass: Double) throws {
    let near = PartialTransport().solve(
      try PartialProblem(cost: randomCosts(9, 12, seed: 6), mass: 0.5))
    let other = PartialTransport().solve(
      try PartialProblem(cost: randomCosts(9, 7, seed: 6), mass: 0.5))
    let problem = try PartialProblem(cost: randomCosts(9, 12, seed: 7), mass: mass)
    let cold = PartialTransport().solve(problem)
    for start in [cold, near, other] {
      let warm = PartialTransport().solve(problem, startingFrom: start)
      #expect(isClose(warm.cost, cold.cost, within: 1e-13))
      #expect(warm.certificate.holds(within: 1e-13))
    }
  }

  @Test("Costs of four bytes give the solution of the same costs of eight")
  func fourBytes() throws {
    let costs = try randomCosts(6, 8, seed: 5).values
    let floats = Matrix(rowCount: 6, columnCount: 8, elements: costs.elements.map(Float.init))
    let doubles = Matrix(rowCount: 6, columnCount: 8, elements: floats.elements.map(Double.init))
    let one = PartialTransport().solve(
      try PartialProblem(cost: CostMatrix(floats), mass: 0.6))
    let other = PartialTransport().solve(
      try PartialProblem(cost: CostMatrix(doubles), mass: 0.6))
    #expect(one.plan == other.plan && one.cost == other.cost)
    // Twice the greatest number of four bytes needs eight.
    let great = try CostMatrix(
      Matrix(rowCount: 1, columnCount: 2, elements: [Float(3e38), 1e38]))
    let half = PartialTransport().solve(try PartialProblem(cost: great, mass: 0.5))
    #expect(isClose(half.cost / 1e38, 0.5, within: 1e-6))
  }

  @Test("The certificate shows a worse plan, a wrong mass and a limit that is exceeded")
  func certificateFails() throws {
    let problem = try PartialProblem(cost: costs([[1, 2], [3, 5]]), mass: 0.5)
    let right = PartialTransport().solve(problem)
    func judged(_ entries: [TransportPlan.Entry], lambda: Double? = nil) -> TransportCertificate {
      problem.certificate(
        of: TransportPlan(rowCount: 2, columnCount: 2, entries: entries),
        sourcePotentials: right.sourcePotentials, targetPotentials: right.targetPotentials,
        massPotential: lambda ?? right.massPotential)
    }
    #expect(judged(right.plan.entries).holds(within: 1e-14))
    #expect(isClose(judged([.init(row: 1, column: 1, mass: 0.5)]).gap, 2, within: 1e-12))
    #expect(judged([.init(row: 0, column: 0, mass: 0.3)]).primalViolation >= 0.2 - 1e-14)
    #expect(judged([.init(row: 0, column: 0, mass: 0.7)]).primalViolation >= 0.2 - 1e-14)
    #expect(judged(right.plan.entries, lambda: 9).dualViolation >= 6)
  }

  @Test("A mass out of range and bad marginals are told in a sentence")
  func badInput() throws {
    let cost = try randomCosts(2, 3, seed: 1)
    for mass in [-0.1, 1.1, .nan, Double.infinity] {
      let error = #expect(throws: TransportError.self) {
        try PartialProblem(cost: cost, mass: mass)
      }
      #expect(error?.description.hasPrefix("The mass to be moved is \(mass); choose") == true)
    }
    #expect(throws: TransportError.badWeight(side: "target", index: 1, value: -1)) {
      try PartialProblem(cost: cost, target: .weights([1, -1, 1]), mass: 0.5)
    }
    #expect(throws: TransportError.massOutOfRange(mass: 0.8, limit: 0.75)) {
      try PartialProblem(cost: cost, source: .weights([0.25, 0.5]), mass: 0.8)
    }
    #expect(try PartialProblem(cost: cost, mass: 1 + 1e-13).mass == 1)
  }
}
