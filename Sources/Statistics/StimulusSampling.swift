/// Random samples of stimuli 0 ..< `count`, replicate by replicate.
///
/// Replicate k has a stream of the seed to itself, so that it depends neither on how many replicates
/// there are nor on their order; samples and orders of one replicate use different streams.
///
/// Stimuli that belong together are drawn and left out together, and orders are those of an exchange.
public struct StimulusSampling: Equatable, Sendable {
  /// The number of stimuli.
  public let count: Int
  /// The seed of all streams.
  public let seed: UInt64
  /// What belongs together among the stimuli; nil where they are independent of each other.
  public let groups: Grouping?
  /// Which orders there are.
  public let exchange: StimulusExchange
  /// The numbers of all orders but the stimuli's own, in random order; nil where all are too many, and of
  /// a free exchange.
  private let orders: [Int]?

  /// All orders are listed where there are no more than these.
  private static let mostListed = 1_000_000

  /// Configures a source of samples. Traps when there is no stimulus.
  public init(
    count: Int, seed: UInt64, groups: Grouping? = nil, exchange: StimulusExchange = .free
  ) {
    precondition(count > 0, "There is nothing to sample from.")
    self.count = count
    self.seed = seed
    self.groups = groups
    self.exchange = exchange
    let orderCount = exchange.orderCount(of: count)
    if exchange != .free && orderCount <= Double(Self.mostListed) {
      var generator = SeededGenerator(seed: seed, stream: fingerprint("orders".utf8))
      orders = generator.permutation(of: Int(orderCount) - 1).map { $0 + 1 }
    } else {
      orders = nil
    }
  }

  /// A bootstrap sample: `count` stimuli drawn with replacement, in the order drawn; of groups, as many
  /// groups as there are, each with all its stimuli.
  public func bootstrapSample(_ replicate: Int) -> [Int] {
    var generator = generator("bootstrap", replicate)
    guard let groups else { return (0..<count).map { _ in generator.integer(below: count) } }
    return groups.members.flatMap { _ in
      groups.members[generator.integer(below: groups.count)]
    }
  }

  /// How many permutations there are where so many are asked for: no more than other orders exist, if
  /// these can be listed.
  public func permutationCount(_ asked: Int) -> Int { min(asked, orders?.count ?? asked) }

  /// An order of the stimuli, each equally likely, by the exchange.
  ///
  /// Where all orders can be listed, every other one comes once, and never the stimuli's own: with all of
  /// them a rank is exact. Otherwise orders are drawn at random, and their own is one of them. Traps
  /// beyond `permutationCount`.
  public func permutation(_ replicate: Int) -> [Int] {
    if let orders { return exchange.order(orders[replicate], of: count) }
    var generator = generator("permutation", replicate)
    return exchange.randomOrder(of: count, using: &generator)
  }

  /// The stimuli in `groupCount` random groups, whose sizes differ by at most one; where stimuli belong
  /// together, the numbers of their groups do.
  ///
  /// No more groups than stimuli are made; with as many, group k is stimulus k. Each is ascending.
  /// Leaving out one group at a time is the delete-a-group jackknife. Reference: Kott2001.
  public func jackknifeGroups(_ groupCount: Int) -> [[Int]] {
    precondition(groupCount > 0, "A jackknife needs a group.")
    let count = groups?.count ?? count
    let groupCount = min(groupCount, count)
    var generator = generator("jackknife", 0)
    let order = groupCount == count ? Array(0..<count) : generator.permutation(of: count)
    return (0..<groupCount).map { group in
      let drawn = stride(from: group, to: count, by: groupCount).map { order[$0] }
      return (groups.map { groups in drawn.flatMap { groups.members[$0] } } ?? drawn).sorted()
    }
  }

  /// The stimuli that stay when each of the groups is left out in turn, ascending.
  public func jackknifeSamples(_ groupCount: Int) -> [[Int]] {
    jackknifeGroups(groupCount).map { group in
      let left = Set(group)
      return (0..<count).filter { !left.contains($0) }
    }
  }

  private func generator(_ purpose: String, _ replicate: Int) -> SeededGenerator {
    SeededGenerator(seed: seed, stream: fingerprint(purpose.utf8) &+ UInt64(replicate))
  }
}

/// A division of stimuli into those that a fit sees and those that judge it.
public struct Split: Equatable, Sendable {
  /// The name that results carry: of the split file's column, or `split_1` ….
  public let name: String
  /// Positions of the training stimuli, ascending.
  public let training: [Int]
  /// Positions of the held-out stimuli, ascending.
  public let heldOut: [Int]

  /// Takes positions in any order.
  public init(name: String, training: [Int], heldOut: [Int]) {
    self.name = name
    self.training = training.sorted()
    self.heldOut = heldOut.sorted()
  }
}

extension Split {
  /// Random splits `split_1` … of stimuli 0 ..< `stimulusCount`.
  ///
  /// Each puts ⌊`stimulusCount` · `trainingFraction` + ½⌋ stimuli in training, but leaves at least
  /// `leastHeldOut` where there are as many, drawn without replacement from stream k of the seed, so
  /// that split k does not depend on how many there are.
  public static func random(
    count: Int, stimulusCount: Int, trainingFraction: Double, seed: UInt64, leastHeldOut: Int = 0
  ) -> [Split] {
    let wanted = Int((Double(stimulusCount) * trainingFraction).rounded())
    let trainingCount = max(0, min(wanted, stimulusCount - leastHeldOut))
    return (1...max(count, 1)).prefix(count).map { number in
      var generator = SeededGenerator(seed: seed, stream: UInt64(number))
      let order = generator.permutation(of: stimulusCount)
      return Split(
        name: "split_\(number)", training: Array(order.prefix(trainingCount)),
        heldOut: Array(order.dropFirst(trainingCount)))
    }
  }

  /// How far the error of the held-out score of one split goes with that of another of the same stimuli:
  /// an assumed correlation, for the spread of their mean.
  ///
  /// With held-out stimuli H and training stimuli T, the error being the score on H less that on all
  /// stimuli there could be, the fit kept:
  ///
  ///     ρ = |H₁ ∩ H₂| / √(|H₁| |H₂|) + ¼ · |H₁ ∩ T₂| |H₂ ∩ T₁| / √(|H₁| |T₁| |H₂| |T₂|)
  ///
  /// The first part takes the fits for equal, so that a stimulus held out twice errs alike both times.
  /// The second is for pairs of stimuli that change sides: each judges a fit that the other shaped. A
  /// quarter is the assumed share of the errors' variance that depends on single training stimuli; it
  /// was chosen by simulation (Benchmarks, calibration). Like the correction of NadeauBengio2003 this is
  /// a rule: the correlation itself cannot be estimated from one set of data.
  ///
  /// Symmetric; 1 with itself, 0 where a split holds out nothing.
  public func errorCorrelation(with other: Split) -> Double {
    let tests = Double(heldOut.count * other.heldOut.count).squareRoot()
    let trainings = Double(training.count * other.training.count).squareRoot()
    guard tests > 0 else { return 0 }
    let sharedCount = Self.sharedCount(heldOut, other.heldOut)
    let changingCount =
      Self.sharedCount(heldOut, other.training) * Self.sharedCount(other.heldOut, training)
    let changing = changingCount == 0 ? 0 : Double(changingCount) / (4 * tests * trainings)
    return Double(sharedCount) / tests + changing
  }

  private static func sharedCount(_ one: [Int], _ other: [Int]) -> Int {
    Set(one).intersection(other).count
  }
}
