import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@Suite("Transport certificate")
struct TransportCertificateTests {
  private func solved() throws -> (TransportProblem, TransportSolution) {
    let problem = try TransportProblem(cost: randomCosts(9, 13, seed: 5))
    return (problem, NetworkSimplex().solve(problem))
  }

  private func certificate(
    _ problem: TransportProblem, _ solution: TransportSolution,
    entries change: (inout [TransportPlan.Entry]) -> Void = { _ in },
    source: (inout [Double]) -> Void = { _ in }, target: (inout [Double]) -> Void = { _ in }
  ) -> TransportCertificate {
    var (entries, u, v) = (
      solution.plan.entries, solution.sourcePotentials, solution.targetPotentials
    )
    change(&entries)
    source(&u)
    target(&v)
    return TransportCertificate(
      problem: problem, plan: TransportPlan(rowCount: 9, columnCount: 13, entries: entries),
      sourcePotentials: u, targetPotentials: v)
  }

  @Test("An untouched solution passes")
  func sound() throws {
    let (problem, solution) = try solved()
    #expect(certificate(problem, solution) == solution.certificate)
    #expect(abs(solution.certificate.gap) < 1e-14)
  }

  @Test("Mass in a wrong place is a primal violation of that mass")
  func misplacedMass() throws {
    let (problem, solution) = try solved()
    let moved = solution.plan.masses[3]
    let bad = certificate(
      problem, solution, entries: { $0[3].column = ($0[3].column + 1) % 13 })
    #expect(isClose(bad.primalViolation, moved, within: 1e-14))
  }

  @Test("A lost or a negative entry is a primal violation")
  func lostMass() throws {
    let (problem, solution) = try solved()
    #expect(certificate(problem, solution, entries: { $0.removeLast() }).primalViolation > 1e-3)
    #expect(certificate(problem, solution, entries: { $0[0].mass = -0.5 }).primalViolation >= 0.5)
  }

  @Test("A raised potential is a dual violation of that height", arguments: [1e-9, 1e-3, 1])
  func raisedPotential(height: Double) throws {
    let (problem, solution) = try solved()
    let bySource = certificate(problem, solution, source: { $0[8] += height })
    let byTarget = certificate(problem, solution, target: { $0[12] += height })
    #expect(abs(bySource.dualViolation - height) < 1e-15)
    #expect(abs(byTarget.dualViolation - height) < 1e-15)
  }

  @Test("A lowered potential opens the gap")
  func loweredPotential() throws {
    let (problem, solution) = try solved()
    let bad = certificate(problem, solution, source: { $0[0] -= 0.9 })
    #expect(isClose(bad.gap, 0.1, within: 1e-14))
    #expect(bad.bound >= bad.gap)
  }

  @Test("A worse plan with right marginals has the gap of its extra cost")
  func worsePlan() throws {
    let problem = try TransportProblem(cost: costs([[0, 1], [1, 0]]))
    let crossed = TransportPlan(
      rowCount: 2, columnCount: 2,
      entries: [.init(row: 0, column: 1, mass: 0.5), .init(row: 1, column: 0, mass: 0.5)])
    let certificate = TransportCertificate(
      problem: problem, plan: crossed, sourcePotentials: [0, 0], targetPotentials: [0, 0])
    #expect(certificate.primalViolation == 0 && certificate.dualViolation == 0)
    #expect(certificate.gap == 1)
  }

  @Test("NaN in a plan or a potential shows")
  func nan() throws {
    let (problem, solution) = try solved()
    #expect(certificate(problem, solution, entries: { $0[0].mass = .nan }).primalViolation.isNaN)
    #expect(certificate(problem, solution, source: { $0[0] = .nan }).dualViolation.isNaN)
    #expect(certificate(problem, solution, target: { $0[0] = .nan }).gap.isNaN)
  }
}
