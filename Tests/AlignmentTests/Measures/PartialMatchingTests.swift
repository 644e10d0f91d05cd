import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@Suite("Partial soft matching")
struct PartialMatchingTests {
  @Test("A plan carries its mass and no unit more than its share", arguments: [0.2, 0.55, 1])
  func marginals(mass: Double) throws {
    let measure = try PartialSoftMatching(mass: .fixed(mass))
    let match = try match(measure, try responses(6, seed: 1), try responses(9, seed: 2))
    #expect(abs(match.plan.masses.reduce(0, +) - mass) <= 1e-12)
    #expect(match.plan.rowSums.allSatisfy { $0 <= 1.0 / 6 + 1e-12 })
    #expect(match.plan.columnSums.allSatisfy { $0 <= 1.0 / 9 + 1e-12 })
    #expect((match.plan.rowCount, match.plan.columnCount) == (6, 9))
  }

  @Test("Less mass never matches worse")
  func monotone() throws {
    let (one, other) = (try responses(6, seed: 1), try responses(9, seed: 2))
    let values = try [0.1, 0.3, 0.5, 0.7, 0.9, 1].map {
      try PartialSoftMatching(mass: .fixed($0)).value(of: one, other)
    }
    for (less, more) in zip(values, values.dropFirst()) { #expect(less >= more - 1e-12) }
    #expect(abs(values[5] - (try SoftMatching().value(of: one, other))) <= 1e-12)
  }

  @Test("The corner is where the units run out that have a partner")
  func corner() throws {
    // Six of ten units are there on both sides; four on each have nothing to do with the other's.
    let shared = noise(6, stimuli: 400, seed: 1)
    let one = joining(shared, noise(4, stimuli: 400, seed: 2))
    let other = joining(noise(4, stimuli: 400, seed: 3), shared)
    let match = try match(PartialSoftMatching(), one, other)
    #expect(match.mass == 0.6)
    #expect(abs(match.similarity - 1) <= 1e-9)
    #expect(match.plan.rowSums.suffix(4).allSatisfy { $0 == 0 })
  }

  @Test("Without a corner everything is matched")
  func noCorner() throws {
    let stage = noise(10, stimuli: 50, seed: 1)
    #expect(try match(PartialSoftMatching(), stage, stage).mass == 1)
  }

  @Test("Masses out of range are refused with the value", arguments: [0, -1, 1.5, .infinity])
  func range(mass: Double) throws {
    let error = #expect(throws: AlignmentError.self) {
      try PartialSoftMatching(mass: .corner(of: [0.5, mass]))
    }
    #expect(
      error?.description == "The mass of the measure partial-soft-matching is \(mass); "
        + "give a number above 0 and at most 1.")
    #expect(throws: AlignmentError.self) { try PartialSoftMatching(mass: .corner(of: [])) }
  }

  private func match(
    _ measure: PartialSoftMatching, _ one: Matrix<Float>, _ other: Matrix<Float>
  ) throws -> PartialMatch {
    let rows = Array(0..<one.rowCount)
    return try measure.match(
      try measure.prepare(one, rows: rows), try measure.prepare(other, rows: rows))
  }
}
