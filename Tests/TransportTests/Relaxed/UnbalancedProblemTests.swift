import ChiasmTransport
import Testing

@Suite("Unbalanced problems and their certificates")
struct UnbalancedProblemTests {
  @Test("The gap is the objective less the dual value, for any plan and potentials")
  func gap() throws {
    let cost = try randomCosts(3, 4, seed: 2)
    let plan = TransportPlan(
      rowCount: 3, columnCount: 4,
      entries: (0..<12).map { .init(row: $0 / 4, column: $0 % 4, mass: 0.02 * Double($0 + 1)) })
    let (f, g) = ([0.1, -0.3, 0.2], [0.05, 0, -0.2, -0.7])
    for (source, target) in [(0.3, 0.7), (Double.infinity, 0.4), (2, Double.infinity)] {
      let problem = try UnbalancedProblem(
        cost: cost, sourcePenalty: source, targetPenalty: target)
      let certificate = problem.certificate(of: plan, sourcePotentials: f, targetPotentials: g)
      let dual = problem.dualValue(sourcePotentials: f, targetPotentials: g)
      #expect(isClose(certificate.gap, problem.objective(of: plan) - dual, within: 1e-13))
    }
  }

  @Test("The objective is cost and divergences, worked out by hand")
  func objective() throws {
    let problem = try UnbalancedProblem(
      cost: costs([[3]]), source: .weights([2]), target: .weights([1]), sourcePenalty: 5,
      targetPenalty: 7)
    let plan = TransportPlan(
      rowCount: 1, columnCount: 1, entries: [.init(row: 0, column: 0, mass: 1)])
    // 3 + 5 (log ½ − 1 + 2) + 7 · 0
    #expect(isClose(problem.objective(of: plan), 8 - 5 * 0.6931471805599453, within: 1e-14))
    let none = TransportPlan(rowCount: 1, columnCount: 1, entries: [])
    #expect(problem.objective(of: none) == 17)
  }

  @Test("One pair alone has the plan in closed form")
  func closedForm() throws {
    // P = exp((ρ₁ log a + ρ₂ log b − c) / (ρ₁ + ρ₂)) with a = b = 1.
    let problem = try UnbalancedProblem(cost: costs([[0.6]]), sourcePenalty: 1, targetPenalty: 2)
    let solution = UnbalancedTransport().solve(problem)
    #expect(isClose(solution.plan.masses.first ?? .nan, 0.8187307530779818, within: 1e-12))
  }

  @Test("Potentials too great are seen, and the bound still holds")
  func violation() throws {
    let problem = try UnbalancedProblem(
      cost: randomCosts(4, 5, seed: 3), sourcePenalty: 0.5, targetPenalty: 0.5)
    let right = UnbalancedTransport().solve(problem)
    let raised = right.sourcePotentials.map { $0 + 0.1 }
    let certificate = problem.certificate(
      of: right.plan, sourcePotentials: raised, targetPotentials: right.targetPotentials)
    #expect(isClose(certificate.dualViolation, 0.1, within: 1e-12))
    #expect(certificate.gap < 0)
    #expect(certificate.bound >= -1e-12)
  }

  @Test("Few steps give a plan and its honest bound, not an error")
  func fewSteps() throws {
    let problem = try UnbalancedProblem(
      cost: randomCosts(5, 12, seed: 8), targetPenalty: 0.05)
    let best = UnbalancedTransport().solve(problem)
    let rough = UnbalancedTransport(iterationLimit: 4).solve(problem)
    #expect(rough.termination == .iterationLimit)
    #expect(rough.iterations == 4)
    #expect(rough.objective - best.objective <= rough.certificate.bound + 1e-12)
    #expect(rough.certificate.primalViolation <= 1e-14)
  }

  @Test("Costs far above the penalties move next to nothing, without a trap")
  func underflow() throws {
    let solution = UnbalancedTransport().solve(
      try UnbalancedProblem(
        cost: costs([[900, 950], [990, 910]]), sourcePenalty: 0.1, targetPenalty: 0.1))
    #expect(solution.plan.masses.allSatisfy { $0 < 1e-300 })
    #expect(isClose(solution.objective, 0.2, within: 1e-12))
    #expect(solution.certificate.bound <= 1e-9)
  }

  @Test("Points without mass get none, and potentials that fit")
  func empty() throws {
    let solution = UnbalancedTransport().solve(
      try UnbalancedProblem(
        cost: randomCosts(4, 5, seed: 1), source: .weights([0, 1, 0, 2]),
        target: .weights([1, 0, 1, 1, 0]), sourcePenalty: 0.3, targetPenalty: 0.3))
    #expect(solution.plan.rowSums[0] == 0 && solution.plan.rowSums[2] == 0)
    #expect(solution.plan.columnSums[1] == 0 && solution.plan.columnSums[4] == 0)
    #expect(solution.certificate.bound <= 1e-9)
    #expect(solution.certificate.dualViolation <= 1e-15)
    #expect(solution.sourcePotentials.allSatisfy { abs($0) < 10 })
  }

  @Test("A penalty that is not positive, and totals that differ where both are fixed, are told")
  func badInput() throws {
    let cost = try randomCosts(2, 2, seed: 1)
    for penalty in [0, -1, .nan, -Double.infinity] {
      let error = #expect(throws: TransportError.self) {
        try UnbalancedProblem(cost: cost, targetPenalty: penalty)
      }
      #expect(error?.description.hasPrefix("The target penalty is \(penalty); choose") == true)
    }
    #expect(throws: TransportError.massMismatch(source: 1, target: 2)) {
      try UnbalancedProblem(cost: cost, target: .weights([1, 1]))
    }
    #expect(
      throws: TransportError.countMismatch(side: "source", expected: 2, actual: 3)
    ) {
      try UnbalancedProblem(cost: cost, source: .uniform(3), sourcePenalty: 1)
    }
  }
}
