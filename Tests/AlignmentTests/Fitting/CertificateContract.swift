import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import Testing

@Suite("Contract: what is not proven is not accepted")
struct CertificateContract {
  /// Spreads all mass evenly and calls that optimal.
  private struct EvenSpread: TransportSolver {
    func solve(_ problem: TransportProblem) -> TransportSolution {
      let (rows, columns) = (problem.cost.rowCount, problem.cost.columnCount)
      let entries = (0..<rows * columns).map { index in
        TransportPlan.Entry(
          row: index / columns, column: index % columns, mass: 1 / Double(rows * columns))
      }
      return TransportSolution(
        problem: problem,
        plan: TransportPlan(rowCount: rows, columnCount: columns, entries: entries),
        sourcePotentials: [Double](repeating: 0, count: rows),
        targetPotentials: [Double](repeating: 0, count: columns), iterations: 0,
        termination: .optimal)
    }
  }

  @Test("A wrong plan of units is refused with the names of the stages and its gap")
  func inner() async throws {
    let gap = try await refusal(
      HierarchicalTransport(innerSolver: EvenSpread()), between: ("stage 0", "stage 0"))
    #expect(gap > 0.1)
  }

  @Test("A wrong coupling of stages is refused")
  func outer() async throws {
    let gap = try await refusal(
      HierarchicalTransport(outerSolver: EvenSpread()), between: ("source stages", "target stages"))
    #expect(gap > 0.01)
  }

  @Test("A plan that loses mass is refused")
  func lostMass() async throws {
    _ = try await refusal(
      HierarchicalTransport(outerSolver: LostMass()), between: ("source stages", "target stages"))
  }

  @Test("Without a tolerance the certificate tells what was accepted")
  func accepted() async throws {
    let data = try StandardizedPair(onePair(), split: thirds())
    let loose = HierarchicalTransport(
      innerSolver: EvenSpread(), outerSolver: EvenSpread(), tolerance: nil)
    let fit = try await loose.fit(data, threads: 1)
    #expect(fit.matches.allSatisfy { $0.certificate.gap > 0.1 })
    #expect(!fit.outerCertificate.holds(within: 1e-9))
  }

  @Test("No plan costs less than the certified one")
  func optimal() async throws {
    let data = try StandardizedPair(onePair(), split: thirds())
    let exact = try await HierarchicalTransport().fit(data, threads: 1)
    let even = HierarchicalTransport(innerSolver: EvenSpread(), tolerance: nil)
    let worse = try await even.fit(data, threads: 1)
    #expect(zip(exact.costs.elements, worse.costs.elements).allSatisfy { $0 < $1 })
  }

  private func onePair() throws -> ResponsePair {
    try ResponsePair(source: system([6, 9], seed: 1), target: system([7, 5, 8], seed: 2))
  }

  /// Expects the fit to be refused, and gives the gap that the error tells.
  private func refusal(
    _ transport: HierarchicalTransport, between names: (String, String)
  ) async throws -> Double {
    let data = try StandardizedPair(onePair(), split: thirds())
    let error = await #expect(throws: AlignmentError.self) {
      try await transport.fit(data, threads: 1)
    }
    guard case .notCertified(let source, let target, let primal, let dual, let gap) = error else {
      Issue.record("The fit was not refused as uncertified")
      return .nan
    }
    #expect(max(primal, dual, abs(gap)) > 1e-3)
    let text = try #require(error).description
    // The largest pair of stages is solved first, so that any pair can be the one refused.
    if names.0 == "source stages" { #expect((source, target) == names) }
    #expect(text.contains("between \(source) and \(target) is not proven optimal"))
    #expect(text.contains("gap \(gap)"))
    return abs(gap)
  }
}
