import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import ChiasmStatistics
import Testing

@testable import ChiasmAlignment

@Suite("Laws of partial matchings of units")
struct InnerMassLaws {
  private let pair: ResponsePair

  init() throws { pair = try smallPair() }

  private func fit(_ mass: MatchedMass, threads: Int = 1) async throws -> FittedTransport {
    try await HierarchicalTransport(innerMass: mass)
      .fit(StandardizedPair(pair, split: thirds()), threads: threads)
  }

  @Test("The whole mass is the balanced problem, to the bit when nothing is chosen")
  func whole() async throws {
    let balanced = try await fitted(pair)
    let whole = try await fit(.fixed(1))
    #expect(whole.costs == balanced.costs && whole.coupling == balanced.coupling)
    #expect(zip(whole.matches, balanced.matches).allSatisfy { $0.plan == $1.plan })
    #expect(whole.matches.allSatisfy { $0.mass == 1 && $0.curve.isEmpty })
    let solved = try await fit(.corner(of: [1]))
    #expect(largestDifference(solved.costs.elements, balanced.costs.elements) <= 1e-12)
    #expect(solved.matches.allSatisfy { $0.curve.count == 1 })
  }

  @Test("A plan has its mass, and no unit has more than its share", arguments: [0.15, 0.5, 0.9])
  func marginals(mass: Double) async throws {
    let fit = try await fit(.fixed(mass))
    for match in fit.matches {
      let (rows, columns) = (match.plan.rowCount, match.plan.columnCount)
      #expect(abs(match.plan.masses.reduce(0, +) - mass) <= 1e-12)
      #expect(match.plan.rowSums.allSatisfy { $0 <= 1 / Double(rows) + 1e-12 })
      #expect(match.plan.columnSums.allSatisfy { $0 <= 1 / Double(columns) + 1e-12 })
      #expect(match.mass == mass && match.curve == [.init(mass: mass, cost: match.cost)])
      #expect(match.certificate.holds(within: 1e-9))
    }
  }

  @Test("The cost of what is matched rises with the mass, up to that of the balanced problem")
  func monotone() async throws {
    let masses = [0.2, 0.4, 0.6, 0.8, 1]
    let curves = try await fit(.corner(of: masses.reversed())).matches.map(\.curve)
    let balanced = try await fitted(pair).matches
    for (curve, whole) in zip(curves, balanced) {
      #expect(curve.map(\.mass) == masses)
      for (less, more) in zip(curve, curve.dropFirst()) { #expect(less.cost <= more.cost + 1e-12) }
      #expect(abs(curve[4].cost - whole.cost) <= 1e-12)
    }
  }

  @Test("A pair's mass is at the corner of its own curve, and its cost is on it")
  func corner() async throws {
    let fit = try await fit(.automatic)
    for match in fit.matches {
      let last = match.curve[match.curve.count - 1]
      let depths = match.curve.map { $0.mass - $0.mass * $0.cost / last.cost }
      let point = try #require(match.curve.firstIndex { $0.mass == match.mass })
      #expect(match.cost == match.curve[point].cost)
      #expect(depths[point] >= (depths.max() ?? .nan) - 1e-12)
      #expect(abs(match.plan.masses.reduce(0, +) - match.mass) <= 1e-12)
    }
    #expect(Set(fit.matches.map(\.mass)).count > 1)
  }

  @Test("No number depends on threads, and little on the splits beside")
  func threads() async throws {
    let data = try ["a", "b"].map { try StandardizedPair(pair, split: thirds(name: $0)) }
    let method = HierarchicalTransport(innerMass: .automatic)
    let one = try await method.fit(data, threads: 1)
    let three = try await method.fit(data, threads: 3)
    let alone = try await method.fit(data[1], threads: 1)
    for (left, right) in zip(one, three) {
      #expect(left.costs == right.costs && left.coupling == right.coupling)
      #expect(zip(left.matches, right.matches).allSatisfy { $0.plan == $1.plan })
    }
    #expect(one[1].matches.map(\.mass) == alone.matches.map(\.mass))
    #expect(largestDifference(one[1].costs.elements, alone.costs.elements) <= 1e-12)
  }

  @Test("A plan that loses mass is refused")
  func lostMass() async throws {
    let data = try StandardizedPair(pair, split: thirds())
    let error = await #expect(throws: AlignmentError.self) {
      try await HierarchicalTransport(innerSolver: LostMass(), innerMass: .fixed(0.5))
        .fit(data, threads: 1)
    }
    #expect(error?.description.contains("is not proven optimal") == true)
  }
}
