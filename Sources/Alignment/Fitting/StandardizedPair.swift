public import ChiasmResponses
public import ChiasmStatistics

/// Both sides of an alignment, standardised on the training stimuli of one split.
public struct StandardizedPair: Sendable {
  /// The split whose training stimuli the z-scores were fitted on.
  public let split: Split
  let source: [StandardizedStage]
  let target: [StandardizedStage]

  /// Fits the z-scores of every unit of both sides.
  ///
  /// - Throws: `splitTooSmall` for fewer than 3 stimuli on either side of the split;
  ///   `noVaryingUnits` for a stage in which nothing varies.
  public init(
    _ pair: ResponsePair, split: Split, resampling: Resampling = .none
  ) throws(AlignmentError) {
    let all = Array(pair.stimulusIDs.indices)
    let (rows, targetRows, places) =
      switch resampling {
      case .none: (all, all, split)
      case .permutation(let order): (all, order, split)
      case .sample(let sample): (sample, sample, Self.places(of: split, in: sample))
      }
    try Self.check(places)
    self.split = split
    source = try Self.standardize(pair.source, rows, places)
    target = try Self.standardize(pair.target, targetRows, places)
  }

  /// The places of a sample that hold stimuli of either side of a split.
  private static func places(of split: Split, in sample: [Int]) -> Split {
    let (training, heldOut) = (Set(split.training), Set(split.heldOut))
    return Split(
      name: split.name, training: sample.indices.filter { training.contains(sample[$0]) },
      heldOut: sample.indices.filter { heldOut.contains(sample[$0]) })
  }

  /// The fewest stimuli that either side of a split needs.
  public static let leastCount = 3

  /// Throws `splitTooSmall` for a split that cannot be fitted or judged.
  public static func check(_ split: Split) throws(AlignmentError) {
    guard min(split.training.count, split.heldOut.count) >= leastCount else {
      throw .splitTooSmall(
        split: split.name, training: split.training.count, heldOut: split.heldOut.count)
    }
  }

  private static func standardize(
    _ set: ResponseSet, _ rows: [Int], _ places: Split
  ) throws(AlignmentError) -> [StandardizedStage] {
    var stages: [StandardizedStage] = []
    for stage in set.stages {
      stages.append(
        try StandardizedStage(
          stage, rows: rows, training: places.training, heldOut: places.heldOut))
    }
    return stages
  }
}
