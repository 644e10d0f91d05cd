import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmStatistics
import Testing

@testable import ChiasmAlignment

@Suite("Laws of the problems between stages")
struct OuterProblemLaws {
  /// 4 source stages × 6 target stages with costs from 0.5 to 0.9.
  private let costs: Matrix<Double>

  init() {
    var generator = SeededGenerator(seed: 11)
    costs = Matrix(
      rowCount: 4, columnCount: 6, elements: (0..<24).map { _ in 0.5 + 0.4 * generator.uniform() })
  }

  private func solve(_ problem: OuterProblem, weights: [Double]? = nil) throws -> StageCoupling {
    try HierarchicalTransport(outer: OuterTransport(problem, sourceWeights: weights))
      .couple(costs, by: problem)
  }

  @Test("Every penalty leaves the source its masses, and is proven to 1e-9")
  func sourceMasses() throws {
    let ends = [1e-6, 1e6].map { OuterProblem.unbalanced(targetPenalty: $0) }
    for problem in OuterProblem.penalties + ends {
      let coupling = try solve(problem)
      #expect(largestDifference(coupling.sourceMasses, Array(repeating: 0.25, count: 4)) <= 1e-12)
      #expect(coupling.certificate.holds(within: 1e-9), "\(problem)")
    }
  }

  @Test(
    "The cost falls with the penalty, from that of the balanced problem to the least of each row")
  func fallingCosts() throws {
    let path = try OuterProblem.penalties.map { try solve($0) }
    for (near, far) in zip(path, path.dropFirst()) { #expect(far.cost <= near.cost + 1e-9) }
    let least = (0..<4).reduce(0) { $0 + (costs.row($1).min() ?? .nan) / 4 }
    #expect(abs(path[9].cost - least) <= 1e-6)
    let nearlyBalanced = try solve(.unbalanced(targetPenalty: 1e5))
    #expect(largestDifference(nearlyBalanced.masses.elements, path[0].masses.elements) <= 1e-4)
    #expect(path[0].cost - least > 0.01)
  }

  @Test("A penalty near 0 gives each source stage to its cheapest target stage")
  func cheapest() throws {
    let shares = try solve(.unbalanced(targetPenalty: 1e-6)).shares
    for row in 0..<4 {
      let cheapest = try #require((0..<6).min { costs[row, $0] < costs[row, $1] })
      #expect(abs(shares[row, cheapest] - 1) <= 1e-9)
    }
  }

  @Test("Partial transport moves its mass within the masses of the stages, at a convex cost")
  func partial() throws {
    let path = try OuterProblem.masses.map { try solve($0) }
    for (problem, coupling) in zip(OuterProblem.masses, path) {
      #expect(abs(coupling.masses.elements.reduce(0, +) - problem.mass) <= 1e-12)
      #expect(coupling.sourceMasses.allSatisfy { $0 <= 0.25 + 1e-12 })
      #expect(coupling.targetMasses.allSatisfy { $0 <= 1.0 / 6 + 1e-12 })
    }
    #expect(abs(path[0].cost - (try solve(.balanced).cost)) <= 1e-12)
    let steps = zip(path, path.dropFirst()).map { $0.cost - $1.cost }
    for (dear, cheap) in zip(steps, steps.dropFirst()) { #expect(cheap <= dear + 1e-12) }
  }

  @Test("Weights are the masses of the source, whatever their sum, and shares sum to 1")
  func weights() throws {
    for problem in [OuterProblem.balanced, .unbalanced(targetPenalty: 0.05)] {
      let coupling = try solve(problem, weights: [1, 2, 3, 4])
      #expect(largestDifference(coupling.sourceMasses, [0.1, 0.2, 0.3, 0.4]) <= 1e-12)
      for row in 0..<4 { #expect(abs(coupling.shares.row(row).reduce(0, +) - 1) <= 1e-12) }
    }
    let partial = try solve(.partial(mass: 0.5), weights: [1, 2, 3, 4])
    #expect(zip(partial.sourceMasses, [0.1, 0.2, 0.3, 0.4]).allSatisfy { $0 <= $1 + 1e-12 })
  }

  @Test("A path begins at the balanced end and holds the problem asked for once")
  func path() {
    #expect(OuterProblem.balanced.path.isEmpty)
    let between = OuterProblem.unbalanced(targetPenalty: 0.02).path
    #expect(between.count == 11 && between[0] == .balanced)
    #expect(between[5] == .unbalanced(targetPenalty: 0.02))
    #expect(OuterProblem.unbalanced(targetPenalty: 0.3).path == OuterProblem.penalties)
    #expect(OuterProblem.partial(mass: 0.55).path[5] == .partial(mass: 0.55))
  }
}
