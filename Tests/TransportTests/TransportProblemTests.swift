import ChiasmLinearAlgebra
import Testing

@testable import ChiasmTransport

@Suite("Transport problem")
struct TransportProblemTests {
  @Test("Marginals must have as many points as the costs")
  func counts() throws {
    let cost = try randomCosts(2, 3, seed: 1)
    #expect(throws: TransportError.countMismatch(side: "target", expected: 3, actual: 2)) {
      try TransportProblem(cost: cost, target: .uniform(2))
    }
    #expect(throws: TransportError.countMismatch(side: "source", expected: 2, actual: 0)) {
      try TransportProblem(cost: cost, source: .weights([]))
    }
  }

  @Test("A weight that is negative or not finite is named", arguments: [-0.1, .nan, .infinity])
  func badWeights(weight: Double) throws {
    let cost = try randomCosts(2, 2, seed: 1)
    let error = #expect(throws: TransportError.self) {
      try TransportProblem(cost: cost, source: .weights([1, weight]))
    }
    guard case .badWeight(side: "source", index: 1, _) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
  }

  @Test("Weights that are all zero are refused")
  func noMass() throws {
    let cost = try randomCosts(2, 2, seed: 1)
    #expect(throws: TransportError.noMass(side: "target")) {
      try TransportProblem(cost: cost, source: .weights([0.5, 0.5]), target: .weights([0, 0]))
    }
  }

  @Test("Totals may differ by 1e-9 of the greater and no more")
  func totals() throws {
    let cost = try randomCosts(1, 2, seed: 1)
    let near = try TransportProblem(
      cost: cost, source: .weights([4]), target: .weights([2, 2 + 3e-9]))
    #expect(isClose(near.targetMasses.reduce(0, +), 4, within: 1e-15))
    #expect(throws: TransportError.massMismatch(source: 4, target: 4.00000001)) {
      try TransportProblem(cost: cost, source: .weights([4]), target: .weights([2, 2.00000001]))
    }
  }

  @Test(
    "Uniform masses are the least whole numbers",
    arguments: [(6, 4, 2, 3), (5, 5, 1, 1), (3, 12, 4, 1), (7, 9, 9, 7)])
  func uniformGrains(p: Int, q: Int, ofSource: Int64, ofTarget: Int64) {
    let grains = IntegerMasses(source: .uniform(p), target: .uniform(q))
    #expect(grains.source == [Int64](repeating: ofSource, count: p))
    #expect(grains.target == [Int64](repeating: ofTarget, count: q))
  }

  @Test("Whole-number weights are taken as they are")
  func wholeGrains() {
    let grains = IntegerMasses(source: .weights([3, 0, 5]), target: .weights([2, 6]))
    #expect(grains.source == [3, 0, 5] && grains.target == [2, 6] && grains.total == 8)
  }

  @Test("Other weights are off by less than a grain, and zero stays zero", arguments: 1...20)
  func roundedGrains(seed: Int) {
    let source = randomWeights(37, seed: UInt64(seed), sparse: true)
    let target = randomWeights(53, seed: UInt64(seed + 100))
    let grains = IntegerMasses(source: source, target: target)
    #expect(grains.total == 1 << 52)
    #expect(grains.target.reduce(0, +) == grains.total)
    for (marginal, whole) in [(source, grains.source), (target, grains.target)] {
      for (mass, count) in zip(marginal.masses, whole) {
        #expect(abs(mass * Double(grains.total) - Double(count)) <= 2)
        #expect(mass > 0 || count == 0)
      }
    }
  }

  @Test("Weights of any finite size make grains", arguments: [1e-300, 1, 1e300])
  func extremeWeights(unit: Double) throws {
    let problem = try TransportProblem(
      cost: randomCosts(2, 3, seed: 4), source: .weights([unit, 2.5 * unit]),
      target: .weights([unit, unit, 1.5 * unit]))
    #expect(problem.grains.source.reduce(0, +) == problem.grains.target.reduce(0, +))
  }
}
