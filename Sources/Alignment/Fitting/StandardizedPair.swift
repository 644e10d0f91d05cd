internal import ChiasmLinearAlgebra
public import ChiasmResponses
public import ChiasmStatistics

/// Both sides of an alignment, standardised on the training stimuli of one split.
public struct StandardizedPair: Sendable {
  /// The split whose training stimuli the z-scores were fitted on.
  public let split: Split
  let source: [StandardizedStage]
  let target: [StandardizedStage]
  /// What belongs together among the stimuli: folds of the training stimuli keep it together.
  let groups: Grouping?

  /// Fits the z-scores of every unit of both sides.
  ///
  /// - Parameter groups: what belongs together among the stimuli of the pair; nil where they are
  ///   independent of each other.
  /// - Throws: `splitTooSmall` for fewer than 3 stimuli on either side of the split;
  ///   `noVaryingUnits` for a stage in which nothing varies.
  public init(
    _ pair: ResponsePair, split: Split, resampling: Resampling = .none, groups: Grouping? = nil
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
    self.groups = groups
    source = try Self.standardized(pair.source.stages, rows: rows, places)
    target = try Self.standardized(pair.target.stages, rows: targetRows, places)
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

  private static func standardized(
    _ stages: [Stage], rows: [Int], _ places: Split
  ) throws(AlignmentError) -> [StandardizedStage] {
    try stages.map { stage throws(AlignmentError) in
      try StandardizedStage(stage, rows: rows, training: places.training, heldOut: places.heldOut)
    }
  }
}

extension StandardizedPair {
  /// The training stimuli in `count` parts of nearly equal size, each held out once from the rest.
  ///
  /// A stimulus that a sample holds more than once is in one part with all its copies, and so are stimuli
  /// of one group. Parts depend on the seed, the name of the split and its stimuli only.
  ///
  /// - Parameter check: throws when there are too few stimuli.
  /// - Throws: what `check` throws; `tooFewGroupsForFolds`.
  func folds(
    count: Int, seed: UInt64, check: (_ stimuli: Int) throws(AlignmentError) -> Void
  ) throws(AlignmentError) -> [StandardizedPair] {
    let (rows, training) = (source[0].rows, source[0].training)
    let stimuli = Set(training.map { rows[$0] }).sorted()
    try check(stimuli.count)
    let parts = groups.map { groups in Grouping(stimuli.map { groups.numbers[$0] }) }
    let units = parts ?? .singles(stimuli.count)
    var generator = SeededGenerator(seed: seed, stream: fingerprint("outer \(split.name)".utf8))
    var foldOf: [Int: Int] = [:]
    for (place, unit) in generator.permutation(of: units.count).enumerated() {
      for index in units.members[unit] { foldOf[stimuli[index]] = place % count }
    }
    let least = (0..<count).map { fold in foldOf.values.count { $0 == fold } }.min() ?? 0
    guard parts == nil || least >= Self.leastCount else {
      throw .tooFewGroupsForFolds(split: split.name, groups: units.count, folds: count)
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
    groups = whole.groups
    func refitted(_ stages: [StandardizedStage]) throws(AlignmentError) -> [StandardizedStage] {
      try stages.map { stage throws(AlignmentError) in
        try StandardizedStage(stage.stage, rows: stage.rows, training: training, heldOut: heldOut)
      }
    }
    source = try refitted(whole.source)
    target = try refitted(whole.target)
  }
}

/// Which stimuli an alignment sees, beside the data as they are.
public enum Resampling: Equatable, Sendable {
  /// The data as they are.
  case none
  /// Stimulus k of the source is taken for stimulus `order[k]` of the target: with a random order,
  /// a pair of systems without any relation but with all their inner structure.
  case permutation([Int])
  /// These stimuli, on both sides, some perhaps more than once: a bootstrap sample. A stimulus is on
  /// the side of each split that it was on, so that none is both trained on and held out.
  case sample([Int])
}
