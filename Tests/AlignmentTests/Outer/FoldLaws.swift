import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import Testing

@testable import ChiasmAlignment

@Suite("Folds of the training stimuli")
struct FoldLaws {
  @Test("Each training stimulus is held out once, and no held-out stimulus is seen")
  func partition() throws {
    let split = thirds()
    let folds = try OuterTransport(seed: 2).folds(
      of: StandardizedPair(smallPair(), split: split))
    #expect(folds.map(\.split.name) == (1...3).map { "split_1, fold \($0)" })
    #expect(folds.flatMap(\.split.heldOut).sorted() == split.training)
    for fold in folds {
      #expect((fold.split.training + fold.split.heldOut).sorted() == split.training)
      #expect(fold.source[0].trainingRows == fold.split.training)
      #expect(abs(fold.split.heldOut.count - split.training.count / 3) <= 1)
    }
  }

  @Test("A fold is fitted as a split of the same stimuli")
  func moments() throws {
    let pair = try smallPair()
    let fold = try OuterTransport(seed: 2).folds(of: StandardizedPair(pair, split: thirds()))[1]
    let direct = try StandardizedPair(pair, split: fold.split)
    for (one, other) in zip(fold.source + fold.target, direct.source + direct.target) {
      #expect(one.fit.means == other.fit.means && one.fit.deviations == other.fit.deviations)
      #expect(one.heldOutScores() == other.heldOutScores())
    }
  }

  @Test("All copies of a stimulus in a sample are in one fold")
  func copies() throws {
    var generator = SeededGenerator(seed: 4)
    let sample = (0..<30).map { _ in generator.integer(below: 30) }
    let data = try StandardizedPair(smallPair(), split: thirds(), resampling: .sample(sample))
    for fold in try OuterTransport(seed: 2).folds(of: data) {
      let stage = fold.source[0]
      #expect(Set(stage.trainingRows).isDisjoint(with: fold.split.heldOut))
      #expect(Set(stage.trainingRows) == Set(fold.split.training))
    }
  }

  @Test("Stimuli keep their order against a permuted target")
  func permuted() throws {
    var generator = SeededGenerator(seed: 4)
    let order = generator.permutation(of: 30)
    let data = try StandardizedPair(smallPair(), split: thirds(), resampling: .permutation(order))
    for fold in try OuterTransport(seed: 2).folds(of: data) {
      #expect(fold.target[0].trainingRows == fold.source[0].trainingRows.map { order[$0] })
    }
  }

  @Test("Fewer than three stimuli a fold are refused with the numbers")
  func tooFew() throws {
    let split = Split(name: "s", training: Array(0..<8), heldOut: Array(10..<20))
    let data = try StandardizedPair(smallPair(), split: split)
    let error = #expect(throws: AlignmentError.self) {
      try OuterTransport(seed: 0).folds(of: data)
    }
    #expect(
      error?.description
        == "Split s has 8 training stimuli, but choosing the outer penalty in 3 folds needs at "
        + "least 9.")
    #expect(try OuterTransport.balanced.folds(of: data).isEmpty)
  }
}
