import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@Suite("Laws of unbalanced transport")
struct UnbalancedLaws {
  private func solve(
    _ cost: CostMatrix, _ source: Marginal? = nil, _ target: Marginal? = nil,
    _ sourcePenalty: Double, _ targetPenalty: Double
  ) throws -> RelaxedSolution {
    let solution = UnbalancedTransport().solve(
      try UnbalancedProblem(
        cost: cost, source: source, target: target, sourcePenalty: sourcePenalty,
        targetPenalty: targetPenalty))
    #expect(solution.termination == .optimal, "\(solution.certificate)")
    return solution
  }

  @Test("Infinite penalties are balanced transport, great ones nearly")
  func balanced() throws {
    let cost = try randomCosts(5, 12, seed: 4)
    let exact = ExactTransport().solve(try TransportProblem(cost: cost))
    #expect(try solve(cost, .infinity, .infinity).cost == exact.cost)
    for (source, target) in [(1e4, 1e4), (Double.infinity, 1e4), (1e4, Double.infinity)] {
      let solution = try solve(cost, source, target)
      #expect(isClose(solution.cost, exact.cost, within: 1e-3))
      #expect(solution.plan.columnSums.allSatisfy { abs($0 - 1.0 / 12) < 1e-4 })
      // What is relaxed is never dearer.
      #expect(solution.objective <= exact.cost)
    }
  }

  @Test("With a small penalty on one side every source takes its cheapest target")
  func cheapest() throws {
    let cost = try randomCosts(5, 12, seed: 9)
    let solution = try solve(cost, .infinity, 1e-4)
    for row in 0..<5 {
      let best = (0..<12).min { cost[row, $0] < cost[row, $1] }
      #expect(isClose(solution.plan.dense[row, best ?? 0], 0.2, within: 1e-9))
    }
  }

  @Test("A row has no dust: an entry is 1e-12 of its row or it is zero", arguments: 1...6)
  func noDust(seed: Int) throws {
    let cost = try randomCosts(5, 12, seed: UInt64(seed))
    for penalty in [0.003, 0.01, 0.03] {
      let plan = try solve(cost, .infinity, penalty).plan
      let sums = plan.rowSums
      for entry in plan.entries { #expect(entry.mass >= 1e-12 * sums[entry.row], "\(entry)") }
      #expect(sums.allSatisfy { isClose($0, 0.2, within: 1e-11) })
    }
  }

  @Test("The objective rises with either penalty, and the cost of fixed sources does as well")
  func monotone() throws {
    let cost = try randomCosts(6, 7, seed: 5)
    let path = try [0.01, 0.03, 0.1, 0.3, 1, 3, 10].map { try solve(cost, .infinity, $0) }
    for (one, next) in zip(path, path.dropFirst()) {
      #expect(one.objective <= next.objective)
      #expect(one.cost <= next.cost + 1e-9)
    }
  }

  @Test("Costs and penalties times a factor leave the plan; masses times a factor scale it")
  func scaling() throws {
    let cost = try randomCosts(5, 8, seed: 7)
    let one = try solve(cost, 0.2, 0.5)
    let costly = try CostMatrix(
      Matrix(rowCount: 5, columnCount: 8, elements: cost.values.elements.map { $0 * 1e6 }))
    let scaled = try solve(costly, 2e5, 5e5)
    #expect(isClose(scaled.objective, one.objective * 1e6, within: 1e-8))
    let (a, b) = ([Double](repeating: 20, count: 5), [Double](repeating: 12.5, count: 8))
    let massive = try solve(cost, .weights(a), .weights(b), 0.2, 0.5)
    #expect(isClose(massive.objective, one.objective * 100, within: 1e-8))
    for (left, right) in zip(massive.plan.dense.elements, one.plan.dense.elements) {
      #expect(abs(left - right * 100) < 1e-6)
    }
  }

  @Test(
    "Adding k to all costs multiplies the plan by exp(−k/(ρ₁ + ρ₂)), and leaves it if a side is fixed"
  )
  func shift() throws {
    let cost = try randomCosts(5, 8, seed: 2)
    let shifted = try CostMatrix(
      Matrix(rowCount: 5, columnCount: 8, elements: cost.values.elements.map { $0 + 3 }))
    let (one, other) = (try solve(cost, 0.2, 0.3), try solve(shifted, 0.2, 0.3))
    for (left, right) in zip(one.plan.dense.elements, other.plan.dense.elements) {
      #expect(abs(left * 0.0024787521766663585 - right) < 1e-10)
    }
    let (fixed, moved) = (try solve(cost, .infinity, 0.3), try solve(shifted, .infinity, 0.3))
    #expect(isClose(moved.objective, fixed.objective + 3, within: 1e-8))
  }

  @Test("Exchanging the sides transposes the plan")
  func transposition() throws {
    let cost = try randomCosts(4, 9, seed: 12)
    var turned = Matrix(rowCount: 9, columnCount: 4, repeating: 0.0)
    for row in 0..<4 {
      for column in 0..<9 { turned[column, row] = cost[row, column] }
    }
    let (a, b) = (randomWeights(4, seed: 1), randomWeights(9, seed: 2, sparse: true))
    let one = try solve(cost, a, b, 0.1, 0.4)
    let other = try solve(try CostMatrix(turned), b, a, 0.4, 0.1)
    #expect(isClose(one.objective, other.objective, within: 1e-9))
    for (left, right) in zip(one.plan.dense.elements, other.plan.transposed.dense.elements) {
      #expect(abs(left - right) < 1e-7)
    }
  }

  @Test("Nothing to pay is nothing to gain: equal masses at no cost stay where they are")
  func free() throws {
    let cost = try costs([[0, 1, 1], [1, 0, 1], [1, 1, 0]])
    let solution = try solve(cost, 0.5, 0.5)
    #expect(abs(solution.objective) < 1e-12)
    #expect(isClose(solution.plan.dense[1, 1], 1.0 / 3, within: 1e-7))
    let constant = try solve(
      CostMatrix(Matrix(rowCount: 2, columnCount: 3, repeating: 0.0)), .infinity, 0.5)
    #expect(abs(constant.objective) < 1e-12)
  }

  @Test(
    "Penalties from tiny to great end with a proof",
    arguments: [1e-6, 1e-3, 0.1, 10, 1e3, 1e6], [1e-6, 1e-3, 0.1, 10, 1e3, 1e6, Double.infinity])
  func robustness(sourcePenalty: Double, targetPenalty: Double) throws {
    let cost = try randomCosts(5, 12, seed: 31, in: 0.2...1.4)
    let (a, b) = (randomWeights(5, seed: 3), Marginal.weights((1...12).map(Double.init)))
    let solution = try solve(cost, a, b, sourcePenalty, targetPenalty)
    #expect(solution.certificate.bound <= 1e-8 * solution.objective, "\(solution.certificate)")
  }

  @Test("Twenty-five stages against a hundred are proven, too")
  func greater() throws {
    let solution = try solve(randomCosts(25, 100, seed: 13), .infinity, 0.05)
    #expect(solution.certificate.bound <= 1e-8 * solution.objective, "\(solution.certificate)")
    #expect(solution.plan.count <= 124)
  }

  private func solve(
    _ cost: CostMatrix, _ sourcePenalty: Double, _ targetPenalty: Double
  ) throws -> RelaxedSolution {
    try solve(cost, nil, nil, sourcePenalty, targetPenalty)
  }
}
