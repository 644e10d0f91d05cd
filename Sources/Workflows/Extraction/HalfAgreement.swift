internal import ChiasmStatistics

/// How well the halves of the repeats agree in a region, beside what they would if the table named
/// other stimuli.
///
/// The correlation is the mean over voxels of that of the two halves, over stimuli. Its null pairs the
/// halves of different stimuli, shifted against each other, with all voxels alike, so that what
/// neighbours share does not make it look more certain than it is. Where no voxel answers to the
/// stimuli, or the table names others than were shown, the correlation is above all N wrong pairings
/// with probability 1 / (N + 1).
struct HalfAgreement: Codable, Equatable, Sendable {
  /// The mean correlation of the halves.
  let correlation: Double
  /// The greatest mean correlation of a wrong pairing.
  let greatest_wrong: Double
  /// How many wrong pairings were tried.
  let wrong_pairings: Int
  /// How many voxels it was taken over, evenly through the region.
  let voxels: Int

  /// At most as many wrong pairings are tried.
  static let mostPairings = 99
  /// At most as many voxels of a region are looked at.
  static let mostVoxels = 200

  /// Whether it is no more than wrong stimuli give.
  var isByChance: Bool { !(correlation > greatest_wrong) }

  /// No shift, then as many as are tried with `count` stimuli, far apart.
  static func shifts(stimulusCount count: Int) -> [Int] {
    let tried = min(mostPairings, count - 1)
    return [0] + (0..<tried).map { 1 + $0 * (count - 1) / tried }
  }

  /// Takes the correlations of some voxels, for each shift; nil where none has any.
  init?(_ correlations: [[Double]]) {
    let means = correlations.map { Spread(ofDefined: $0).mean }
    guard let own = means.first, !own.isNaN, let greatest = means.dropFirst().max() else {
      return nil
    }
    correlation = own
    greatest_wrong = greatest
    wrong_pairings = means.count - 1
    voxels = correlations[0].count { !$0.isNaN }
  }

  /// At most `mostVoxels` of some voxels, evenly through them.
  static func sample(_ voxels: [Int]) -> [Int] {
    let count = min(voxels.count, mostVoxels)
    return (0..<count).map { voxels[$0 * voxels.count / count] }
  }
}
