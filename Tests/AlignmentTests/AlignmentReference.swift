import ChiasmAlignment
import Foundation
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import Testing

/// The greatest differences seen are 3e-9 (costs) and 3e-8 (scores): z-scores are kept in single
/// precision here, and in double precision by the script.
@Suite("Reference: NumPy and POT")
struct AlignmentReference {
  private struct System: Decodable {
    let units: Int
    let responses: [Int]
  }

  struct Expected: Decodable {
    let name: String
    let heldOut: [Int]
    let sourceUnits: [[Int]]
    let targetUnits: [[Int]]
    let costs: [Double]
    let coupling: [Double]
    let cost: Double
    let scores: [String: [Double]]
    let otherOrders: [Double]
    let unitScores: [[Double]]
  }

  private struct Reference: Decodable {
    let stimulusCount: Int
    let source: [System]
    let target: [System]
    let splits: [Expected]

    func set(_ systems: [System]) throws -> ResponseSet {
      // Three digits each, so that names sort as numbers do.
      try ResponseSet(
        stimulusIDs: (0..<stimulusCount).map { "\(100 + $0)" },
        stages: systems.enumerated().map { number, system in
          Stage(
            name: "stage \(number)",
            responses: Matrix(
              rowCount: stimulusCount, columnCount: system.units,
              elements: system.responses.map { Float($0) / 256 }))
        })
    }
  }

  private let reference: Reference
  private let pair: ResponsePair

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/alignment_reference.json")
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    pair = try ResponsePair(
      source: reference.set(reference.source), target: reference.set(reference.target))
  }

  @Test("Plans, couplings and costs are those of ot.emd", arguments: 0..<2)
  func fit(number: Int) async throws {
    let (expected, alignment) = try await aligned(number)
    let fit = alignment.fit
    #expect(fit.source.map(\.unitColumns) == expected.sourceUnits)
    #expect(fit.target.map(\.unitColumns) == expected.targetUnits)
    #expect(largestDifference(fit.costs.elements, expected.costs) <= 1e-7)
    #expect(largestDifference(fit.coupling.elements, expected.coupling) <= 1e-12)
    #expect(abs(fit.cost - expected.cost) <= 1e-7)
  }

  @Test("Scores of HOT and of every control agree, stage by stage", arguments: 0..<2)
  func scores(number: Int) async throws {
    let (expected, alignment) = try await aligned(number)
    #expect(expected.scores.count == 6)
    for (method, values) in expected.scores {
      let score = try #require(alignment.scores.first { $0.method == method })
      #expect(largestDifference(score.stageScores, values) <= 1e-7, "\(method)")
    }
    let units = alignment.unitScores.flatMap { $0 }
    #expect(largestDifference(units, expected.unitScores.flatMap { $0 }) <= 1e-7)
  }

  @Test("The draws of Perm-P are all other orders of the rows", arguments: 0..<2)
  func permuted(number: Int) async throws {
    let (expected, alignment) = try await aligned(number)
    let score = try #require(alignment.scores.first { $0.method == "perm-p" })
    #expect(largestDifference(score.drawScores, expected.otherOrders) <= 1e-7)
  }

  private func aligned(_ number: Int) async throws -> (Expected, SplitAlignment) {
    let expected = reference.splits[number]
    let held = Set(expected.heldOut)
    let split = Split(
      name: expected.name, training: (0..<40).filter { !held.contains($0) },
      heldOut: expected.heldOut)
    let alignment = try await align(
      pair, split,
      controls: [
        CoupledStages(), SingleBestStage(), CheapestStage(), UniformCoupling(),
        PermutedCoupling(count: 400, seed: 5),
      ])
    return (expected, alignment)
  }
}
