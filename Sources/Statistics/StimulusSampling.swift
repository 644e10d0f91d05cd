/// Random samples of stimuli 0 ..< `count`, replicate by replicate.
///
/// Replicate k has a stream of the seed to itself, so that it depends neither on how many replicates
/// there are nor on their order; samples and orders of one replicate use different streams.
public struct StimulusSampling: Equatable, Sendable {
  /// The number of stimuli.
  public let count: Int
  /// The seed of all streams.
  public let seed: UInt64

  /// Configures a source of samples. Traps when there is no stimulus.
  public init(count: Int, seed: UInt64) {
    precondition(count > 0, "There is nothing to sample from.")
    self.count = count
    self.seed = seed
  }

  /// A bootstrap sample: `count` stimuli drawn with replacement, in the order drawn.
  public func bootstrapSample(_ replicate: Int) -> [Int] {
    var generator = generator("bootstrap", replicate)
    return (0..<count).map { _ in generator.integer(below: count) }
  }

  /// A random order of the stimuli, each equally likely: the identity is one of them.
  public func permutation(_ replicate: Int) -> [Int] {
    var generator = generator("permutation", replicate)
    return generator.permutation(of: count)
  }

  /// The stimuli in `groupCount` random groups, whose sizes differ by at most one.
  ///
  /// No more groups than stimuli are made; with as many, group k is stimulus k. Each is ascending.
  /// Leaving out one group at a time is the delete-a-group jackknife. Reference: Kott2001.
  public func jackknifeGroups(_ groupCount: Int) -> [[Int]] {
    precondition(groupCount > 0, "A jackknife needs a group.")
    let groupCount = min(groupCount, count)
    var generator = generator("jackknife", 0)
    let order = groupCount == count ? Array(0..<count) : generator.permutation(of: count)
    return (0..<groupCount).map { group in
      stride(from: group, to: count, by: groupCount).map { order[$0] }.sorted()
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
