import ChiasmStatistics
import Testing

@Suite("Laws of random splits")
struct SplitLaws {
  @Test("Training and held-out stimuli are disjoint, sorted and cover all", arguments: [10, 37])
  func partition(count: Int) {
    for split in splits(5, of: count) {
      #expect((split.training + split.heldOut).sorted() == Array(0..<count))
      #expect(split.training == split.training.sorted())
      #expect(split.heldOut == split.heldOut.sorted())
    }
  }

  @Test(
    "Training has ⌊n · fraction + ½⌋ stimuli",
    arguments: [
      (1000, 0.8, 800), (10, 0.25, 3), (11, 0.5, 6), (7, 0.8, 6), (9, 0, 0), (9, 1, 9), (0, 0.8, 0),
    ])
  func sizes(count: Int, fraction: Double, training: Int) {
    let split = Split.random(count: 1, stimulusCount: count, trainingFraction: fraction, seed: 1)[0]
    #expect(split.training.count == training)
    #expect(split.heldOut.count == count - training)
  }

  @Test("Errors of two splits go together by the stimuli that they share and exchange")
  func errorCorrelation() {
    let folds = (0..<5).map { fold in
      Split(
        name: "fold \(fold)", training: (0..<20).filter { $0 % 5 != fold },
        heldOut: (0..<20).filter { $0 % 5 == fold })
    }
    #expect(folds[0].errorCorrelation(with: folds[0]) == 1)
    // All 4 held-out stimuli of each train the other, which has 16: ¼ · 4 · 4 / (4 · 16).
    #expect(folds[0].errorCorrelation(with: folds[3]) == 1.0 / 16)
    let other = Split(name: "other", training: Array(2..<20), heldOut: [0, 1])
    // Fold 0 holds out 0, 5, 10 and 15, of which 5, 10 and 15 train the other; 1 trains fold 0.
    let sizes: Double = 4 * 16 * 2 * 18
    let expected = 1 / Double(8).squareRoot() + 3 / (4 * sizes.squareRoot())
    #expect(abs(folds[0].errorCorrelation(with: other) - expected) < 1e-15)
    #expect(abs(other.errorCorrelation(with: folds[0]) - expected) < 1e-15)
    let nothing = Split(name: "nothing", training: Array(0..<20), heldOut: [])
    #expect(nothing.errorCorrelation(with: folds[0]) == 0)
    let untrained = Split(name: "untrained", training: [], heldOut: Array(0..<20))
    #expect(untrained.errorCorrelation(with: untrained) == 1)
  }

  @Test("The fewest held-out stimuli are kept where there are as many")
  func leastHeldOut() {
    for (count, expected) in [(10, 3), (20, 4), (2, 2), (0, 0)] {
      let split = Split.random(
        count: 1, stimulusCount: count, trainingFraction: 0.8, seed: 1, leastHeldOut: 3)[0]
      #expect(split.heldOut.count == expected && split.training.count == count - expected)
    }
  }

  @Test("A split does not depend on how many there are")
  func independentOfCount() {
    #expect(Array(splits(9, of: 30).prefix(4)) == splits(4, of: 30))
    #expect(splits(0, of: 30).isEmpty)
  }

  @Test("Splits of one seed differ, and seeds differ")
  func differing() {
    let one = splits(6, of: 30)
    let other = splits(6, of: 30, seed: 4)
    #expect(Set((one + other).map(\.training)).count == 12)
    #expect(one.map(\.name) == (1...6).map { "split_\($0)" })
    #expect(splits(6, of: 30) == one)
  }

  @Test("Every stimulus is trained on about equally often")
  func evenly() {
    var counts = [Int](repeating: 0, count: 20)
    for split in splits(2000, of: 20) { for stimulus in split.training { counts[stimulus] += 1 } }
    // Mean 1600, deviation √(2000 · 0.8 · 0.2) = 17.9.
    #expect(counts.allSatisfy { abs($0 - 1600) < 80 })
  }

  @Test("Positions given in any order are sorted")
  func sorting() {
    let split = Split(name: "a", training: [5, 1, 3], heldOut: [4, 0])
    #expect(split.training == [1, 3, 5])
    #expect(split.heldOut == [0, 4])
  }

  private func splits(_ count: Int, of stimuli: Int, seed: UInt64 = 3) -> [Split] {
    Split.random(count: count, stimulusCount: stimuli, trainingFraction: 0.8, seed: seed)
  }
}
