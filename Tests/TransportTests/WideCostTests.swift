import ChiasmLinearAlgebra
import Testing

@testable import ChiasmTransport

/// Costs so far apart that double precision does not hold their sums, against sums of whole numbers
/// over all ways to send the mass.
@Suite("Two ways: costs that are far apart")
struct WideCostTests {
  /// A cost: so many dear arcs, and whole numbers beside.
  struct Cost: Comparable {
    var dear = 0
    var fine = 0

    static func < (left: Cost, right: Cost) -> Bool {
      (left.dear, left.fine) < (right.dear, right.fine)
    }

    static func + (left: Cost, right: Cost) -> Cost {
      Cost(dear: left.dear + right.dear, fine: left.fine + right.fine)
    }
  }

  /// The least cost of sending each of `sources` to one of `targets`, all permutations tried.
  private func least(_ costs: [[Cost]], _ sources: ArraySlice<Int>, _ targets: [Int]) -> Cost {
    guard let source = sources.first else { return Cost() }
    var tried = Set<Int>()
    var best = Cost(dear: .max)
    for (place, target) in targets.enumerated() where tried.insert(target).inserted {
      var rest = targets
      rest.remove(at: place)
      best = min(best, costs[source][target] + least(costs, sources.dropFirst(), rest))
    }
    return best
  }

  private func units(_ masses: [Int]) -> [Int] {
    masses.enumerated().flatMap { repeatElement($0.offset, count: $0.element) }
  }

  /// Random costs with a share of dear ones, and whole masses of equal totals.
  private func problem(
    _ seed: UInt64, dear: Double, sharing share: Double
  ) throws -> (costs: [[Cost]], source: [Int], target: [Int], problem: TransportProblem) {
    var generator = SeededGenerator(seed: seed)
    let (p, q) = (
      Int.random(in: 1...5, using: &generator), Int.random(in: 1...5, using: &generator)
    )
    let given = (0..<p).map { _ in
      (0..<q).map { _ in
        Double.random(in: 0..<1, using: &generator) < share
          ? Cost(dear: 1) : Cost(fine: Int.random(in: 1...1000, using: &generator))
      }
    }
    func masses(_ count: Int) -> [Int] {
      var masses = [Int](repeating: 0, count: count)
      for _ in 0..<6 { masses[Int.random(in: 0..<count, using: &generator)] += 1 }
      return masses
    }
    let (source, target) = (masses(p), masses(q))
    let rows = given.map { $0.map { $0.dear > 0 ? dear : Double($0.fine) } }
    return (
      given, source, target,
      try TransportProblem(
        cost: costs(rows), source: .weights(source.map(Double.init)),
        target: .weights(target.map(Double.init)))
    )
  }

  private func cost(of plan: TransportPlan, _ costs: [[Cost]]) -> Cost {
    plan.entries.reduce(Cost()) { sum, entry in
      let (cost, mass) = (costs[entry.row][entry.column], Int(entry.mass))
      return sum + Cost(dear: cost.dear * mass, fine: cost.fine * mass)
    }
  }

  @Test(
    "However dear the arcs to be avoided are, the rest is optimal too and proven",
    arguments: [1e6, 1e10, 0x1p50, 1e18, 0x1p80, 1e32, 1e100, 1e149])
  func dearArcs(dear: Double) throws {
    for seed in 0..<40 as Range<UInt64> {
      let (costs, source, target, problem) = try problem(seed, dear: dear, sharing: 0.4)
      let best = least(costs, units(source)[...], units(target))
      for solver in exactSolvers {
        let solution = solver.solve(problem)
        #expect(solution.termination == .optimal)
        // Where a dear arc must be taken, what the others cost may be below 1e-9 of it.
        let found = cost(of: solution.plan, costs)
        #expect(found.dear == best.dear, "seed \(seed)")
        #expect(found.fine == best.fine || best.dear > 0, "seed \(seed)")
        #expect(solution.certificate.bound <= 1e-9 * solution.cost)
        let expected = Double(best.dear) * dear + Double(best.fine)
        #expect(abs(solution.cost - expected) <= 1e-9 * expected)
      }
    }
  }

  @Test(
    "Forbidden arcs are avoided, or it is said that they cannot be", arguments: [0.2, 0.5, 0.9])
  func forbidden(share: Double) throws {
    for seed in 100..<140 as Range<UInt64> {
      let (costs, source, target, problem) = try problem(seed, dear: .infinity, sharing: share)
      let best = least(costs, units(source)[...], units(target))
      for solver in exactSolvers {
        let solution = solver.solve(problem)
        #expect(solution.termination == (best.dear == 0 ? .optimal : .infeasible), "seed \(seed)")
        #expect(cost(of: solution.plan, costs).dear == best.dear)
        guard best.dear == 0 else { continue }
        #expect(solution.cost == Double(best.fine))
        #expect(solution.certificate.bound <= 1e-9 * solution.cost)
        let potentials = solution.sourcePotentials + solution.targetPotentials
        #expect(potentials.reduce(0, +).isFinite)
      }
    }
  }

  @Test("Costs of 24 decades between as many points as make the fast solver go its own way")
  func manyDecades() throws {
    for (p, q) in [(40, 40), (36, 48), (33, 47)] {
      let elements = try randomCosts(p, q, seed: UInt64(p), in: -40...40).values.elements
        .map { Double(sign: .plus, exponent: Int($0.rounded()), significand: 1.25) }
      let cost = try CostMatrix(Matrix(rowCount: p, columnCount: q, elements: elements))
      let solutions = try exactSolvers.map { $0.solve(try TransportProblem(cost: cost)) }
      for solution in solutions {
        #expect(solution.termination == .optimal)
        #expect(solution.certificate.bound <= 1e-9 * solution.cost)
        #expect(abs(solution.cost - solutions[0].cost) <= 1e-14 * solutions[0].cost)
      }
    }
  }

  @Test("Weights that balance but for rounding need no forbidden arc")
  func roundedBlocks() throws {
    for dear in [1e12, .infinity] {
      let problem = try TransportProblem(
        cost: costs([[1, dear], [2, dear], [dear, 3]]), source: .weights([0.1, 0.2, 0.7]),
        target: .weights([0.3, 0.7]))
      for solver in exactSolvers {
        let solution = solver.solve(problem)
        #expect(solution.termination == .optimal)
        #expect(isClose(solution.cost, 2.6, within: 1e-15))
        #expect(solution.certificate.primalViolation <= 1e-14)
        #expect(solution.certificate.bound <= 1e-9 * solution.cost)
      }
    }
  }

  @Test("A cost below the precision of doubles is not called proven")
  func underflow() throws {
    let problem = try TransportProblem(
      cost: costs([[6, 4], [5, 8]].map { $0.map { $0 * Double.leastNonzeroMagnitude } }))
    for solver in exactSolvers { #expect(solver.solve(problem).termination == .unproven) }
  }

  @Test("Costs and masses whose products overflow are refused")
  func overflow() throws {
    let cost = try costs([[1e140, 2e140]])
    #expect(throws: TransportError.tooCostly(cost: 2e140, mass: 1e200)) {
      try TransportProblem(
        cost: cost, source: .weights([1e200]), target: .weights([5e199, 5e199]))
    }
  }

  @Test("Totals that differ more than rounding does are scaled only where that is allowed")
  func scaledTotals() throws {
    let cost = try costs([[1, 2]])
    let marginals = (Marginal.weights([1]), Marginal.weights([0.5, 0.5000001]))
    #expect(throws: TransportError.self) {
      try TransportProblem(cost: cost, source: marginals.0, target: marginals.1)
    }
    let problem = try TransportProblem(
      cost: cost, source: marginals.0, target: marginals.1, massTolerance: 1e-6)
    #expect(isClose(problem.targetMasses.reduce(0, +), 1, within: 1e-15))
  }

  @Test("Relaxed problems have no forbidden arcs")
  func relaxed() throws {
    let cost = try costs([[1, 2], [.infinity, 0]])
    let error = TransportError.notFinite(row: 1, column: 0, value: .infinity)
    #expect(throws: error) { try PartialProblem(cost: cost, mass: 0.5) }
    #expect(throws: error) { try UnbalancedProblem(cost: cost, sourcePenalty: 1) }
  }
}

/// Numbers of many words against those of the machine; these run under the address sanitizer too.
@Suite("Unchecked numbers of many words")
struct UncheckedWideNumberTests {
  private func set(_ numbers: borrowing WideNumbers, _ index: Int, _ value: Int, shift: Int = 0) {
    numbers.set(index, to: index, minus: index)
    numbers.add(
      .init(isNegative: value < 0, magnitude: UInt64(value.magnitude), shift: shift), to: index)
  }

  @Test("Sums, differences, order and size", arguments: [2, 3, 5], [0, 1, 50, 63, 64])
  func arithmetic(width: Int, shift: Int) {
    var generator = SeededGenerator(seed: UInt64(width + shift))
    let numbers = WideNumbers(count: 4, width: width)
    let limit = Int.max >> 12
    for _ in 0..<200 {
      let (x, y) = (
        Int.random(in: -limit...limit, using: &generator),
        Int.random(in: -limit...limit, using: &generator)
      )
      set(numbers, 0, x, shift: shift)
      set(numbers, 1, y, shift: shift)
      let unit = Double(sign: .plus, exponent: shift, significand: 1)
      let (value, isNegative) = (numbers.double(0, exponent: 0), numbers.isNegative(0))
      #expect(value == Double(x) * unit && isNegative == (x < 0))
      let (isLess, ranks) = (numbers.isLess(0, 1), (numbers.rank(0), numbers.rank(1)))
      #expect(isLess == (x < y))
      #expect((ranks.0 < ranks.1) == (abs(x) < abs(y)))
      numbers.set(2, to: 0, minus: 1)
      let difference = numbers.double(2, exponent: -shift)
      #expect(difference == Double(x - y))
      numbers.add(1, to: 2)
      let isEqual = !numbers.isLess(2, 0) && !numbers.isLess(0, 2)
      #expect(isEqual)
      numbers.subtract(0, from: 2)
      let nothing = (numbers.double(2, exponent: 0), numbers.rank(2))
      #expect(nothing == (0, 0))
    }
  }

  @Test("Nothing is lost between a great term and a small one")
  func farApart() {
    let numbers = WideNumbers(count: 2, width: 4)
    set(numbers, 0, 1, shift: 240)
    numbers.add(.init(isNegative: true, magnitude: 1, shift: 0), to: 0)
    let (isNegative, bits) = (numbers.isNegative(0), numbers.leadingBits(0).count)
    #expect(!isNegative && bits == 240)
    numbers.add(.init(isNegative: true, magnitude: 1, shift: 240), to: 0)
    let rest = numbers.double(0, exponent: 0)
    #expect(rest == -1)
  }
}
