import ChiasmTransport
import Testing

@Suite("Reference: unbalanced transport by CVXPY and POT")
struct UnbalancedReferenceTests {
  @Test("Objective and sums are those of the cone program, with a proven gap")
  func reference() throws {
    let cases = try RelaxedReference.read().unbalanced
    #expect(cases.count == 16)
    for key in cases {
      let problem = try key.unbalancedProblem()
      let solution = UnbalancedTransport().solve(problem)
      let objective = try #require(key.objective)
      #expect(isClose(solution.objective, objective, within: 1e-8), "\(key.name): \(solution)")
      let sums = zip(solution.plan.rowSums, key.rowSums ?? [])
      #expect(sums.allSatisfy { abs($0 - $1) <= 1e-5 }, "\(key.name)")
      let columnSums = zip(solution.plan.columnSums, key.columnSums ?? [])
      #expect(columnSums.allSatisfy { abs($0 - $1) <= 1e-5 }, "\(key.name)")
    }
  }

  @Test("The proven bound is 1e-8 of the objective or better")
  func certificates() throws {
    for key in try RelaxedReference.read().unbalanced {
      let solution = UnbalancedTransport().solve(try key.unbalancedProblem())
      let certificate = solution.certificate
      #expect(solution.termination == .optimal, "\(key.name): \(certificate)")
      #expect(certificate.bound <= 1e-8 * abs(solution.objective), "\(key.name): \(certificate)")
      #expect(certificate.bound >= -1e-13, "\(key.name): \(certificate)")
      // What is below 1e-12 of its row is zero.
      #expect(certificate.primalViolation <= 1e-12, "\(key.name): \(certificate)")
      #expect(certificate.dualViolation <= 1e-14, "\(key.name): \(certificate)")
      #expect(solution.iterations < 300, "\(key.name): \(solution.iterations)")
    }
  }
}
