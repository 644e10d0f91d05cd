internal import Responses
internal import Statistics

/// Both sides of an alignment, standardised on the training stimuli of one split.
struct StandardizedPair: Sendable {
  let source: [StandardizedStage]
  let target: [StandardizedStage]

  init(_ pair: ResponsePair, split: Split) throws(AlignmentError) {
    guard split.training.count >= 3, split.heldOut.count >= 3 else {
      throw .splitTooSmall(
        split: split.name, training: split.training.count, heldOut: split.heldOut.count)
    }
    source = try Self.standardize(pair.source, split)
    target = try Self.standardize(pair.target, split)
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
