public import Responses
public import Statistics

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
  public init(_ pair: ResponsePair, split: Split) throws(AlignmentError) {
    try Self.check(split)
    self.split = split
    source = try Self.standardize(pair.source, split)
    target = try Self.standardize(pair.target, split)
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
    _ set: ResponseSet, _ split: Split
  ) throws(AlignmentError) -> [StandardizedStage] {
    var stages: [StandardizedStage] = []
    for stage in set.stages {
      stages.append(
        try StandardizedStage(stage, training: split.training, heldOut: split.heldOut))
    }
    return stages
  }
}
