import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@Suite("Two ways to one optimum")
struct TwoWaysTests {
  /// The least mean cost over all permutations, by Heap's algorithm.
  private func bestPermutationCost(_ cost: CostMatrix) -> Double {
    let n = cost.rowCount
    var columns = Array(0..<n)
    var counters = [Int](repeating: 0, count: n)
    let total = { columns.enumerated().reduce(0) { $0 + cost[$1.offset, $1.element] } }
    var best = total()
    var index = 1
    while index < n {
      if counters[index] < index {
        columns.swapAt(index % 2 == 0 ? 0 : counters[index], index)
        best = min(best, total())
        counters[index] += 1
        index = 1
      } else {
        counters[index] = 0
        index += 1
      }
    }
    return best / Double(n)
  }

  @Test("Brute force over permutations", arguments: 1...6)
  func permutations(n: Int) throws {
    for seed in 0..<20 {
      for cost in try [
        randomCosts(n, n, seed: UInt64(seed), in: -1...1),
        randomWholeCosts(n, n, below: 3, seed: UInt64(seed)),
      ] {
        let (problem, best) = (try TransportProblem(cost: cost), bestPermutationCost(cost))
        for solver in exactSolvers {
          #expect(isClose(solver.solve(problem).cost, best, within: 1e-15), "seed \(seed)")
        }
      }
    }
  }

  @Test("Successive shortest paths on whole masses", arguments: 1...25)
  func shortestPaths(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (p, q) = (
      Int.random(in: 1...12, using: &generator), Int.random(in: 1...12, using: &generator)
    )
    var source = (0..<p).map { _ in Int.random(in: 0...6, using: &generator) }
    var target = (0..<q).map { _ in Int.random(in: 0...6, using: &generator) }
    let (a, b) = (source.reduce(0, +), target.reduce(0, +))
    source[p - 1] += max(0, b - a) + 1
    target[q - 1] += max(0, a - b) + 1
    let cost =
      seed % 2 == 0
      ? try randomCosts(p, q, seed: seed, in: -1...1)
      : try randomWholeCosts(p, q, below: 4, seed: seed)
    let problem = try TransportProblem(
      cost: cost, source: .weights(source.map(Double.init)),
      target: .weights(target.map(Double.init)))
    let expected = costBySuccessiveShortestPaths(cost, source: source, target: target)
    for solver in exactSolvers {
      let solution = solver.solve(problem)
      #expect(isClose(solution.cost, expected, within: 1e-11))
      #expect(solution.plan.rowSums == source.map(Double.init))
      #expect(solution.plan.columnSums == target.map(Double.init))
    }
  }

  @Test("Scaling with falling regularisation approaches the exact cost", arguments: 1...3)
  func entropic(seed: UInt64) throws {
    let problem = try TransportProblem(cost: randomCosts(20, 25, seed: seed))
    let exact = NetworkSimplex().solve(problem).cost
    var excess: [Double] = []
    for regularization in [0.1, 0.02, 0.004] {
      let solution = Sinkhorn(regularization: regularization, tolerance: 1e-8).solve(problem)
      #expect(solution.termination == .converged)
      #expect(solution.cost - exact <= solution.certificate.gap)
      excess.append(solution.cost - exact)
    }
    #expect(excess[0] > excess[1] && excess[1] > excess[2] && excess[2] > 0)
    #expect(excess[2] < 0.01 * exact)
  }
}
