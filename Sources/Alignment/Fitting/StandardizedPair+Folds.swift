internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

extension StandardizedPair {
  /// The training stimuli in `count` parts of nearly equal size, each held out once from the rest.
  ///
  /// A stimulus that a sample holds more than once is in one part with all its copies. Parts depend on
  /// the seed, the name of the split and its stimuli only.
  ///
  /// - Parameter check: throws when there are too few stimuli.
  func folds(
    count: Int, seed: UInt64, check: (_ stimuli: Int) throws(AlignmentError) -> Void
  ) throws(AlignmentError) -> [StandardizedPair] {
    let (rows, training) = (source[0].rows, source[0].training)
    let stimuli = Set(training.map { rows[$0] }).sorted()
    try check(stimuli.count)
    var generator = SeededGenerator(seed: seed, stream: fingerprint("outer \(split.name)".utf8))
    var foldOf: [Int: Int] = [:]
    for (place, index) in generator.permutation(of: stimuli.count).enumerated() {
      foldOf[stimuli[index]] = place % count
    }
    var folds: [StandardizedPair] = []
    for fold in 0..<count {
      let heldOut = stimuli.filter { foldOf[$0] == fold }
      let rest = stimuli.filter { foldOf[$0] != fold }
      folds.append(
        try StandardizedPair(
          self,
          split: Split(
            name: "\(split.name), fold \(fold + 1)", training: rest, heldOut: heldOut),
          training: training.filter { foldOf[rows[$0]] != fold },
          heldOut: training.filter { foldOf[rows[$0]] == fold }))
    }
    return folds
  }

  /// The same rows with other places in use.
  private init(
    _ whole: StandardizedPair, split: Split, training: [Int], heldOut: [Int]
  ) throws(AlignmentError) {
    self.split = split
    source = try Self.refitted(whole.source, training, heldOut)
    target = try Self.refitted(whole.target, training, heldOut)
  }

  private static func refitted(
    _ stages: [StandardizedStage], _ training: [Int], _ heldOut: [Int]
  ) throws(AlignmentError) -> [StandardizedStage] {
    var refitted: [StandardizedStage] = []
    for stage in stages {
      refitted.append(
        try StandardizedStage(
          stage.stage, rows: stage.rows, training: training, heldOut: heldOut))
    }
    return refitted
  }
}
