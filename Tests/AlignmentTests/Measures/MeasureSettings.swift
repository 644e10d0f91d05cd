@testable import ChiasmAlignment
import ChiasmLinearAlgebra
import Testing

@Suite("Settings of the measures")
struct MeasureSettings {
  @Test("A fraction of the median distance is a positive number", arguments: [0, -1, .nan])
  func fraction(value: Double) {
    #expect(throws: AlignmentError.self) {
      try CentredKernelAlignment(kernel: .gaussian(fraction: value))
    }
  }

  @Test("Ridge wants three folds and positive penalties")
  func ridge() {
    let error = #expect(throws: AlignmentError.self) {
      try RidgePredictivity(foldCount: 2, seed: 0)
    }
    #expect(
      error?.description == "The number of folds of the measure ridge is 2.0; give at least 3.")
    for penalties in [[], [1, 0], [-1], [.infinity]] as [[Double]] {
      #expect(throws: AlignmentError.self) {
        try RidgePredictivity(relativePenalties: penalties, seed: 0)
      }
    }
  }

  @Test("The seed of ridge decides the folds, and equal seeds give equal values")
  func seeds() throws {
    let (one, other) = (try responses(7, seed: 1), try responses(12, seed: 2))
    let values = try [1, 1, 2].map { try RidgePredictivity(seed: $0).value(of: one, other) }
    #expect(values[0] == values[1] && values[0] != values[2])
  }

  @Test("Units that ridge cannot score have no score, and do not count")
  func unscored() throws {
    let (one, other) = (try responses(3, seed: 1), try responses(12, seed: 2))
    var spoiled = one
    for row in 0..<30 { spoiled[row, 1] = 4 }
    let ridge = try RidgePredictivity(seed: 1)
    let rows = Array(0..<30)
    let scores = try ridge.unitScores(
      try ridge.prepare(spoiled, rows: rows), try ridge.prepare(other, rows: rows))
    #expect(scores.count == 3 && scores[1].isNaN && !scores[0].isNaN)
    #expect(abs(try ridge.value(of: spoiled, other) - (scores[0] + scores[2]) / 2) <= 1e-15)
  }

  @Test("A kernel of mostly equal stimuli tells equal from different")
  func equalStimuli() throws {
    // Four of five stimuli are equal, so that the median distance is 0.
    let one = Matrix<Float>(rowCount: 5, columnCount: 1, elements: [1, 1, 1, 1, 2])
    let value = try CentredKernelAlignment(kernel: .gaussian(fraction: 1)).value(of: one, one)
    #expect(abs(value - 1) <= 1e-12)
  }
}
