import ChiasmStatistics
import Testing

@Suite("Laws of splits that leave whole groups out")
struct GroupSplitLaws {
  /// Groups of 1, 2 … 8 stimuli, in turns.
  private let uneven = Grouping(
    (0..<8).flatMap { turn in (0..<8).filter { $0 >= turn } })

  private func expectWhole(_ splits: [Split], _ groups: Grouping) {
    for split in splits {
      #expect((split.training + split.heldOut).sorted() == Array(groups.numbers.indices))
      let sides = split.ofGroups(groups)
      #expect(Set(sides.training).isDisjoint(with: sides.heldOut), "\(split.name)")
      #expect(!sides.training.isEmpty && !sides.heldOut.isEmpty)
    }
  }

  private func random(
    _ count: Int, _ groups: Grouping, fraction: Double = 0.8, leastHeldOut: Int = 0,
    seed: UInt64 = 3
  ) -> [Split] {
    Split.random(
      count: count, leavingOut: groups, trainingFraction: fraction, seed: seed,
      leastHeldOut: leastHeldOut)
  }

  @Test("No group is on both sides, and splits differ", arguments: [0.1, 0.5, 0.8, 0.99])
  func random(fraction: Double) {
    let splits = random(8, uneven, fraction: fraction)
    expectWhole(splits, uneven)
    #expect(splits.count == 8 && Set(splits.map(\.heldOut)).count == 8)
    let training = max(1, min(7, Int((8 * fraction).rounded())))
    #expect(splits.allSatisfy { $0.ofGroups(uneven).training.count == training })
    #expect(splits.map(\.name) == (1...8).map { "split_\($0)" })
  }

  @Test("Split k is the same however many there are, and other seeds give others")
  func streams() {
    #expect(random(3, uneven) == Array(random(7, uneven).prefix(3)))
    #expect(random(5, uneven) != random(5, uneven, seed: 4))
  }

  @Test("There are no more splits than ways to leave groups out")
  func exhausted() {
    let three = Grouping([0, 0, 1, 1, 2, 2])
    #expect(Set(random(5, three).map(\.heldOut)) == [[0, 1], [2, 3], [4, 5]])
  }

  @Test("More groups are held out until there are enough stimuli")
  func leastHeldOut() {
    let splits = random(4, .singles(12), fraction: 0.95, leastHeldOut: 3)
    #expect(splits.allSatisfy { $0.heldOut.count == 3 && $0.training.count == 9 })
  }

  @Test(
    "Random folds hold every group out once and are of nearly equal size", arguments: [2, 3, 5])
  func folds(count: Int) {
    let folds = Split.randomFolds(count, of: uneven, seed: 1)
    expectWhole(folds, uneven)
    #expect(folds.flatMap(\.heldOut).sorted() == Array(0..<36))
    #expect(folds.map(\.name) == (1...count).map { "fold_\($0)" })
    let sizes = folds.map(\.heldOut.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 2, "\(sizes)")
    let even = Grouping((0..<30).map { $0 / 3 })
    #expect(
      Split.randomFolds(count, of: even, seed: 1) != Split.randomFolds(count, of: even, seed: 2))
    let single = Split.randomFolds(count, of: .singles(17), seed: 1).map(\.heldOut.count)
    #expect((single.max() ?? 0) - (single.min() ?? 0) <= 1)
  }

  @Test("Contiguous folds are stretches of the order")
  func contiguous() {
    let folds = Split.contiguousFolds(3, of: .singles(10))
    #expect(folds.map(\.heldOut) == [[0, 1, 2], [3, 4, 5, 6], [7, 8, 9]])
    #expect(folds[1].training == [0, 1, 2, 7, 8, 9])
    // Groups of 1, 6, 1 and 2: the cut nearest to the middle comes after the second.
    let groups = Grouping([0, 1, 1, 1, 1, 1, 1, 2, 3, 3])
    #expect(Split.contiguousFolds(2, of: groups).map(\.heldOut.count) == [7, 3])
    #expect(Split.contiguousFolds(4, of: groups).map(\.heldOut.count) == [1, 6, 1, 2])
    #expect(Split.contiguousFolds(3, of: groups).map(\.heldOut.count) == [1, 6, 3])
    #expect(Split.contiguousFolds(1, of: groups)[0].training.isEmpty)
  }

  @Test("A gap leaves out training stimuli on both sides of what is held out")
  func gap() {
    let folds = Split.contiguousFolds(4, of: .singles(12)).map { $0.leavingGap(2) }
    #expect(folds[0].training == Array(5..<12) && folds[0].heldOut == [0, 1, 2])
    #expect(folds[1].training == [0, 8, 9, 10, 11] && folds[1].heldOut == [3, 4, 5])
    #expect(folds[3].training == Array(0..<7))
    #expect(folds[1].leavingGap(0) == folds[1])
    #expect(folds[1].leavingGap(20).training.isEmpty)
  }
}
