@testable import ChiasmAlignment
import Foundation
import ChiasmLinearAlgebra
import ChiasmResponses
import Testing

/// Every number within 1e-9: responses are whole parts of 64, which float32 holds exactly.
@Suite("Reference: measures by rsatoolbox, scikit-learn, POT and their formulas")
struct MeasuresReference {
  private struct Stage: Decodable {
    let units: Int
    let responses: [Int]
  }

  private struct Ridge: Decodable {
    let unitScores: [Double]
    let penalties: [[Double]]
  }

  private struct Pair: Decodable {
    let source: Int
    let target: Int
    let values: [String: Double]
    let ridge: Ridge
  }

  private struct Reference: Decodable {
    let stimulusCount: Int
    let stages: [Stage]
    let folds: [[Int]]
    let penalties: [Double]
    let pairs: [Pair]
    let concatenated: Ridge
  }

  private let reference: Reference
  private let stages: [Matrix<Float>]
  private var rows: [Int] { Array(0..<reference.stimulusCount) }

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/measures_reference.json")
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    self.reference = reference
    stages = reference.stages.map { stage in
      Matrix(
        rowCount: reference.stimulusCount, columnCount: stage.units,
        elements: stage.responses.map { Float($0) / 64 })
    }
  }

  @Test("Values of all measures agree for five pairs")
  func values() throws {
    for pair in reference.pairs {
      let measures = try allMeasures().filter { !($0 is RidgePredictivity) }
      #expect(Set(measures.map(\.name)) == Set(pair.values.keys))
      for measure in measures {
        let value = try measure.values(
          [stages[pair.source]], [stages[pair.target]], rows: rows
        ).elements[0]
        let expected = try #require(pair.values[measure.name])
        // The root of a rounding error: distance and angle of a stage and itself.
        let tolerance = measure.isDistance && pair.source == pair.target ? 1e-7 : 1e-9
        #expect(abs(value - expected) <= tolerance, "\(measure.name) \(pair.source) \(pair.target)")
      }
    }
  }

  @Test("Ridge chooses the same penalties and gives every unit the same score")
  func ridge() throws {
    for pair in reference.pairs {
      try check(pair.ridge, source: stages[pair.source], target: stages[pair.target])
    }
  }

  @Test("Ridge from two stages is ridge from all their units")
  func concatenated() throws {
    try check(
      reference.concatenated, source: stages[0],
      target: joining(stages[1], stages[2]))
  }

  private func check(
    _ expected: Ridge, source: Matrix<Float>, target: Matrix<Float>
  ) throws {
    let ridge = try RidgePredictivity(
      foldCount: reference.folds.count, relativePenalties: reference.penalties, seed: 0)
    let (from, to) = (
      RidgeStage(
        ChiasmResponses.Stage(name: "from", responses: source), rows: rows, folds: reference.folds),
      RidgeStage(
        ChiasmResponses.Stage(name: "to", responses: target), rows: rows, folds: reference.folds)
    )
    let scores = try ridge.unitScores(from, to).filter { !$0.isNaN }
    #expect(largestDifference(scores, expected.unitScores) <= 1e-9)
    let mean = scores.reduce(0, +) / Double(scores.count)
    #expect(abs(try ridge.value(from, to) - mean) <= 1e-12)
    for (fold, penalties) in zip(try to.predictors(measure: "ridge"), expected.penalties) {
      let responses = RidgeResponses(from, fold: fold)
      #expect(
        try fold.bestRelativePenalties(for: responses, among: reference.penalties) == penalties)
    }
  }
}
