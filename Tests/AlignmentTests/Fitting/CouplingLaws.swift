import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import Testing

@Suite("Laws of the two levels")
struct CouplingLaws {
  private let pair: ResponsePair

  init() throws { pair = try smallPair() }

  @Test("Rows of P sum to 1/L and columns to 1/M; rows of the shares sum to 1")
  func outerMarginals() async throws {
    let fit = try await fitted(pair)
    let coupling = fit.coupling
    #expect((coupling.rowCount, coupling.columnCount) == (3, 4))
    let rows = (0..<3).map { coupling.row($0).reduce(0, +) }
    let columns = (0..<4).map { coupling.column($0).reduce(0, +) }
    #expect(largestDifference(rows, [Double](repeating: 1.0 / 3, count: 3)) <= 1e-15)
    #expect(largestDifference(columns, [Double](repeating: 0.25, count: 4)) <= 1e-15)
    #expect(coupling.elements.allSatisfy { $0 >= 0 })
    #expect(coupling.elements.count { $0 > 0 } <= 3 + 4 - 1)
    for row in 0..<3 { #expect(abs(fit.shares.row(row).reduce(0, +) - 1) <= 1e-15) }
  }

  @Test("Rows of every Q sum to 1/n and columns to 1/q")
  func innerMarginals() async throws {
    let fit = try await fitted(pair)
    for (source, n) in [6, 9, 8].enumerated() {
      for (target, q) in [7, 5, 10, 6].enumerated() {
        let plan = fit.match(source, target).plan
        #expect((plan.rowCount, plan.columnCount) == (n, q))
        let (rows, columns) = (plan.rowSums, plan.columnSums)
        #expect(largestDifference(rows, [Double](repeating: 1 / Double(n), count: n)) <= 1e-15)
        #expect(largestDifference(columns, [Double](repeating: 1 / Double(q), count: q)) <= 1e-15)
        #expect(plan.count <= n + q - 1)
      }
    }
  }

  @Test("The cost is ⟨C, P⟩, and C holds the cost of every unit plan")
  func costs() async throws {
    let fit = try await fitted(pair)
    let sum = zip(fit.costs.elements, fit.coupling.elements).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(sum - fit.cost) <= 1e-15)
    #expect(fit.costs.elements == fit.matches.map(\.cost))
    #expect(fit.costs.elements.allSatisfy { 0 <= $0 && $0 <= 2 })
  }

  @Test("From the other side C and P are transposed and the cost is the same")
  func eitherSide() async throws {
    let fit = try await fitted(pair)
    let other = try await fitted(ResponsePair(source: pair.target, target: pair.source))
    #expect(abs(fit.cost - other.cost) <= 1e-7)
    for row in 0..<3 {
      for column in 0..<4 {
        #expect(abs(fit.costs[row, column] - other.costs[column, row]) <= 1e-7)
        #expect(abs(fit.coupling[row, column] - other.coupling[column, row]) <= 1e-15)
        let turned = other.match(column, row).plan.transposed
        let plan = fit.match(row, column).plan
        #expect(largestDifference(plan.dense.elements, turned.dense.elements) <= 1e-15)
      }
    }
  }

  @Test("Both levels are proven optimal")
  func certificates() async throws {
    let fit = try await fitted(pair)
    #expect(fit.outerCertificate.holds(within: 1e-13))
    #expect(fit.matches.allSatisfy { $0.certificate.holds(within: 1e-13) })
  }

  @Test("One stage and one unit on either side are enough")
  func smallest() async throws {
    let pair = try ResponsePair(source: system([1], seed: 1), target: system([1], seed: 2))
    let alignment = try await align(pair)
    #expect(alignment.fit.coupling.elements == [1])
    // Sums in other orders, which the machine's BLAS chooses.
    let (hot, matched) = (alignment.scores[0].stageScores, alignment.scores[1].stageScores)
    #expect(largestDifference(hot, matched) <= 1e-15)
  }

  @Test("Progress counts every pair of stages once")
  func progress() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
    let data = try StandardizedPair(pair, split: thirds())
    _ = try await HierarchicalTransport().fit([data], threads: 2) { continuation.yield($0) }
    continuation.finish()
    let counts = await stream.reduce(into: []) { $0.append($1) }
    #expect(counts.sorted() == Array(1...12))
  }
}
