internal import RealModule

/// Which orders of stimuli are as likely as their own under the null that two systems have nothing to do
/// with each other. The orders of each kind are a group, so that a permutation test by them is exact where
/// the stimuli of one side may be exchanged so. References: PhipsonSmyth2010; Winkler2015.
public enum StimulusExchange: Equatable, Sendable {
  /// Every order: the stimuli are independent of each other.
  case free
  /// Stimuli change places within their group only, as within a session.
  case within(Grouping)
  /// Whole groups, all of one size, change places; each keeps the order of its stimuli. Members of
  /// different groups are independent, those of one group need not be.
  case whole(Grouping)
  /// Circular shifts along the order of the stimuli, as along time.
  case shift
}

extension StimulusExchange {
  /// How many different orders of `count` stimuli there are, their own among them: count!, ∏ n_g! over
  /// groups of n_g stimuli, G! for G groups, or `count`. Infinite where a double holds no such number.
  public func orderCount(of count: Int) -> Double {
    if case .shift = self { return Double(count) }
    let logarithm = blockSizes(count).reduce(0) { $0 + Double.logGamma(Double($1) + 1) }
    return logarithm > 700
      ? .infinity
      : blockSizes(count).reduce(1) { product, size in
        (0..<size).reduce(product) { $0 * Double($1 + 1) }
      }
  }

  /// The order with a number below `orderCount`, which is below 2⁵³; number 0 is their own. Position k
  /// has the stimulus `order[k]`.
  func order(_ number: Int, of count: Int) -> [Int] {
    if case .shift = self { return (0..<count).map { ($0 + number) % count } }
    var rest = number
    return arranged(
      blockSizes(count).map { size in
        let orders = (1...max(size, 1)).reduce(1, *)
        defer { rest /= orders }
        return Self.order(rest % orders, ofSize: size, orders: orders)
      }, count: count)
  }

  /// An order drawn at random, each equally likely: the stimuli's own is one of them.
  func randomOrder(of count: Int, using generator: inout SeededGenerator) -> [Int] {
    if case .shift = self { return order(generator.integer(below: count), of: count) }
    return arranged(
      blockSizes(count).map { generator.permutation(of: $0) }, count: count)
  }

  /// How many things there are to be put in order, in each set of them.
  private func blockSizes(_ count: Int) -> [Int] {
    switch self {
    case .free, .shift: [count]
    case .within(let groups): groups.members.map(\.count)
    case .whole(let groups): [groups.count]
    }
  }

  /// The order of all stimuli from the order of each set.
  private func arranged(_ orders: [[Int]], count: Int) -> [Int] {
    var arranged = Array(0..<count)
    switch self {
    case .free, .shift: arranged = orders[0]
    case .within(let groups):
      for (members, order) in zip(groups.members, orders) {
        for (place, other) in zip(members, order) { arranged[place] = members[other] }
      }
    case .whole(let groups):
      for (members, other) in zip(groups.members, orders[0]) {
        for (place, stimulus) in zip(members, groups.members[other]) { arranged[place] = stimulus }
      }
    }
    return arranged
  }

  /// The order with a number among all `orders` of so many things, by the alphabet.
  private static func order(_ number: Int, ofSize size: Int, orders: Int) -> [Int] {
    var (left, rest, orders) = (Array(0..<size), number, orders)
    return (0..<size).map { place in
      orders /= size - place
      defer { rest %= orders }
      return left.remove(at: rest / orders)
    }
  }
}
