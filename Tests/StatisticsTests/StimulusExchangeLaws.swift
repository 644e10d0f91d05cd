import ChiasmStatistics
import Testing

@Suite("Laws of orders that keep together what belongs together")
struct StimulusExchangeLaws {
  /// Six stimuli in three groups of two that are not next to each other: 0 3, 1 4, 2 5.
  private let pairs = Grouping(["a", "b", "c", "a", "b", "c"])

  private func orders(_ exchange: StimulusExchange, of count: Int, asked: Int = 1000) -> [[Int]] {
    let sampling = StimulusSampling(count: count, seed: 4, exchange: exchange)
    return (0..<sampling.permutationCount(asked)).map(sampling.permutation)
  }

  @Test("Groups are numbered as they come, whatever their names are")
  func grouping() {
    let groups = Grouping([7, 3, 7, 7, 5])
    #expect(groups.numbers == [0, 1, 0, 0, 2] && groups.members == [[0, 2, 3], [1], [4]])
    #expect(groups.count == 3 && groups.sizes == 1...3)
    #expect(groups.groups(of: [4, 0, 2]) == [0, 2])
    #expect(groups.firstScattered == 0 && Grouping(["a", "a", "b"]).firstScattered == nil)
    #expect(Grouping.singles(3).members == [[0], [1], [2]])
    #expect(Grouping([String]()).sizes == 0...0)
  }

  @Test("Of three whole groups there are five other orders, each once and never their own")
  func whole() {
    let all = orders(.whole(pairs), of: 6)
    // By hand: the pairs (0 3), (1 4), (2 5) in the places of the pairs.
    let expected: Set = [
      [0, 2, 1, 3, 5, 4], [1, 0, 2, 4, 3, 5], [1, 2, 0, 4, 5, 3], [2, 0, 1, 5, 3, 4],
      [2, 1, 0, 5, 4, 3],
    ]
    #expect(all.count == 5 && Set(all) == expected)
    #expect(StimulusExchange.whole(pairs).orderCount(of: 6) == 6)
  }

  @Test("Within three groups of two there are seven other orders")
  func within() {
    let all = orders(.within(pairs), of: 6)
    #expect(all.count == 7 && Set(all).count == 7 && !all.contains(Array(0..<6)))
    #expect(all.allSatisfy { order in order.indices.allSatisfy { order[$0] % 3 == $0 % 3 } })
    #expect(all.contains([3, 1, 2, 0, 4, 5]) && all.contains([3, 4, 5, 0, 1, 2]))
  }

  @Test("Of five stimuli there are four shifts, of which as many are taken as are asked for")
  func shift() {
    let all = orders(.shift, of: 5)
    #expect(Set(all) == [[1, 2, 3, 4, 0], [2, 3, 4, 0, 1], [3, 4, 0, 1, 2], [4, 0, 1, 2, 3]])
    #expect(orders(.shift, of: 5, asked: 3) == Array(all.prefix(3)))
  }

  @Test("Too many orders to list are drawn at random, whole groups each equally often")
  func drawn() {
    let groups = Grouping((0..<60).map { $0 / 5 })
    #expect(StimulusExchange.whole(groups).orderCount(of: 60) == 479_001_600)
    let all = orders(.whole(groups), of: 60, asked: 2400)
    #expect(all.count == 2400 && Set(all).count == 2400)
    var counts = [Int](repeating: 0, count: 12)
    for order in all {
      #expect(order.sorted() == Array(0..<60))
      for start in stride(from: 0, to: 60, by: 5) {
        #expect(order[start] % 5 == 0)
        #expect(Array(order[start..<start + 5]) == (0..<5).map { order[start] + $0 })
      }
      counts[order[0] / 5] += 1
    }
    #expect(counts.allSatisfy { abs($0 - 200) < 70 }, "\(counts)")
  }

  @Test("Draws within many groups stay there, and every order is about equally frequent")
  func drawnWithin() {
    let groups = Grouping((0..<30).map { $0 % 3 })
    for order in orders(.within(groups), of: 30, asked: 50) {
      #expect(order.sorted() == Array(0..<30))
      #expect(order.indices.allSatisfy { order[$0] % 3 == $0 % 3 })
    }
  }

  @Test("Counts beyond what a double holds are infinite; a single group has no other order")
  func counts() {
    #expect(StimulusExchange.free.orderCount(of: 4) == 24)
    #expect(StimulusExchange.free.orderCount(of: 1000) == .infinity)
    #expect(StimulusExchange.within(.singles(9)).orderCount(of: 9) == 1)
    #expect(orders(.whole(Grouping([1, 1, 1])), of: 3).isEmpty)
    #expect(StimulusSampling(count: 4, seed: 0).permutationCount(1000) == 1000)
  }

  @Test("A bootstrap sample has as many whole groups, and the jackknife leaves whole ones out")
  func samples() {
    let sampling = StimulusSampling(count: 6, seed: 2, groups: pairs)
    var seen: Set<[Int]> = []
    for number in 0..<200 {
      let sample = sampling.bootstrapSample(number)
      #expect(sample.count == 6)
      for start in [0, 2, 4] { #expect(sample[start + 1] == sample[start] + 3) }
      seen.insert(sample)
    }
    // 3³ draws of groups, in the order drawn.
    #expect(seen.count == 27)
    #expect(sampling.jackknifeSamples(20) == [[1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 3, 4]])
    #expect(sampling.jackknifeGroups(2).flatMap { $0 }.sorted() == Array(0..<6))
  }
}
