import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import ChiasmStatistics
import Testing

@testable import ChiasmAlignment

@Suite("Two ways: costs from shared cross-products and from the correlation of each pair")
struct PairCostsTwoWays {
  /// Splits that train on most stimuli, of which each is held out in one, and one that trains on few.
  private static let fifths = (0..<5).map { fold in
    Split(
      name: "fold \(fold)", training: (0..<30).filter { $0 % 5 != fold },
      heldOut: (0..<30).filter { $0 % 5 == fold })
  }
  private static let few = Split(
    name: "few", training: [1, 5, 6, 9, 20, 29], heldOut: [0, 2, 3, 11])

  @Test(
    "They are 1 − ρ over the training stimuli of each split",
    arguments: [[thirds()], fifths, [few], fifths + [few], [few, few]])
  func definition(splits: [Split]) throws {
    let (one, other) = (try stage(5, seed: 1), try stage(700, seed: 2))
    var costs = PairCosts(try standardized(one, splits), try standardized(other, splits))
    for (number, split) in splits.enumerated() {
      let cost = costs.costs(ofSplit: number)
      let expected = costsOneByOne(one, other, split)
      #expect((cost.rowCount, cost.columnCount) == (5, 700))
      #expect(largestDifference(cost.elements.map(Double.init), expected) <= 1e-6)
    }
  }

  @Test("A unit costs nothing against itself and 2 against its negative, never less or more")
  func extremes() throws {
    let one = try stage(60, seed: 3)
    let negative = mapping(one) { response, _ in -response }
    for splits in [[thirds()], Self.fifths] {
      let standard = try standardized(one, splits)
      var same = PairCosts(standard, standard)
      var opposed = PairCosts(standard, try standardized(negative, splits))
      let (least, greatest) = (same.costs(ofSplit: 0), opposed.costs(ofSplit: 0))
      for unit in 0..<60 {
        #expect((0...1e-6).contains(least[unit, unit]))
        #expect((2 - 1e-6...2).contains(greatest[unit, unit]))
      }
    }
  }

  @Test("A unit that varies in some splits only is left out of the others")
  func varyingInSome() throws {
    var responses = try stage(4, seed: 4).responses
    for row in Self.few.training { responses[row, 2] = 0.5 }
    let (one, other) = (Stage(name: "one", responses: responses), try stage(6, seed: 5))
    let splits = [Self.few] + Self.fifths
    for (left, right) in [(one, other), (other, one)] {
      var costs = PairCosts(try standardized(left, splits), try standardized(right, splits))
      let shapes = [costs.costs(ofSplit: 0), costs.costs(ofSplit: 1)].map {
        [$0.rowCount, $0.columnCount].sorted()
      }
      #expect(shapes == [[3, 6], [4, 6]])
    }
    let without = one.selectingUnits([0, 1, 3])
    var costs = PairCosts(try standardized(one, splits), try standardized(other, splits))
    let expected = costsOneByOne(without, other, Self.few)
    #expect(
      largestDifference(costs.costs(ofSplit: 0).elements.map(Double.init), expected) <= 1e-6)
  }

  @Test("Large means and tiny or huge deviations cost no digits")
  func scales() throws {
    let one = mapping(try stage(5, seed: 6)) { response, unit in
      unit == 0 ? response * 1e-9 : unit == 1 ? response * 1e15 : response + 4096
    }
    let other = try stage(8, seed: 7)
    var costs = PairCosts(
      try standardized(one, Self.fifths), try standardized(other, Self.fifths))
    let expected = costsOneByOne(one, other, Self.fifths[0])
    #expect(
      largestDifference(costs.costs(ofSplit: 0).elements.map(Double.init), expected) <= 1e-6)
  }

  @Test("A unit that responds to hardly any but held-out stimuli costs no digits")
  func sparse() throws {
    var responses = try stage(6, seed: 8).responses
    for unit in [1, 4] {
      for row in 0..<30 { responses[row, unit] *= row == 5 ? 1000 : row % 5 == 0 ? 1 : 1e-3 }
    }
    let (one, other) = (Stage(name: "one", responses: responses), try stage(9, seed: 9))
    for (left, right) in [(one, other), (other, one), (one, one)] {
      var costs = PairCosts(
        try standardized(left, Self.fifths), try standardized(right, Self.fifths))
      for (number, split) in Self.fifths.enumerated() {
        let expected = costsOneByOne(left, right, split)
        let cost = costs.costs(ofSplit: number).elements.map(Double.init)
        #expect(largestDifference(cost, expected) <= 1e-6)
      }
    }
  }

  @Test("Over few stimuli they are right to the last digits, over more to single precision")
  func precision() throws {
    for (count, limit) in [
      (StageAcrossSplits.fewStimuli, 1e-14), (StageAcrossSplits.fewStimuli + 1, 1e-6),
    ] {
      let stages = try system([5, 9], stimuli: count + 20, seed: 10).stages
      let split = Split(
        name: "split", training: Array(0..<count), heldOut: Array(count..<count + 20))
      let both = try stages.map {
        StageAcrossSplits([
          try StandardizedStage(
            $0, rows: Array(0..<count + 20), training: split.training, heldOut: split.heldOut)
        ])
      }
      var costs = PairCosts(both[0], both[1])
      let found = try costs.costMatrix(ofSplit: 0).values.elements
      let expected = costsOneByOne(stages[0], stages[1], split)
      #expect(largestDifference(found, expected) <= limit)
      #expect(found.contains { Double(Float($0)) != $0 } == (count == StageAcrossSplits.fewStimuli))
    }
  }

  private func stage(_ units: Int, seed: UInt64) throws -> Stage {
    try system([units], seed: seed).stages[0]
  }

  private func standardized(_ stage: Stage, _ splits: [Split]) throws -> StageAcrossSplits {
    StageAcrossSplits(
      try splits.map {
        try StandardizedStage(
          stage, rows: Array(0..<30), training: $0.training, heldOut: $0.heldOut)
      })
  }

  private func costsOneByOne(_ one: Stage, _ other: Stage, _ split: Split) -> [Double] {
    let values = { (stage: Stage, unit: Int) in
      split.training.map { Double(stage.responses[$0, unit]) }
    }
    return (0..<one.unitCount).flatMap { row in
      (0..<other.unitCount).map { 1 - correlation(values(one, row), values(other, $0)) }
    }
  }
}
