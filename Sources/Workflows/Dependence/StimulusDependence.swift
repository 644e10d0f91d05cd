internal import ChiasmAlignment
internal import ChiasmResults
internal import ChiasmStatistics

/// What belongs together among the stimuli of a pair: the groups, the orders that permutations take, and
/// the splits.
struct StimulusDependence: Sendable {
  /// What belongs together; nil where the stimuli are independent of each other.
  let groups: Grouping?
  /// The orders that permutations take.
  let exchange: StimulusExchange
  private let settings: DependenceSettings
  private let stimulusCount: Int
  private let permutationCount: Int

  /// Makes groups of the columns that the settings name.
  ///
  /// - Parameters:
  ///   - columns: for each of them a label of every stimulus.
  ///   - permutationCount: how many permutations are asked for; with none, orders are not looked at.
  /// - Throws: `setting` for a column that is not there; `grouping` for one of a single group, or whose
  ///   groups cannot be exchanged.
  init(
    _ settings: DependenceSettings?, columns: [String: [String]], stimulusCount: Int,
    permutationCount: Int
  ) throws(WorkflowError) {
    func grouping(_ column: String) throws(WorkflowError) -> Grouping {
      guard let labels = columns[column], labels.count == stimulusCount else {
        throw .setting(
          name: "The column \(column) of the stimuli",
          expected: "given with the input, a label for each of its \(stimulusCount) stimuli",
          actual: columns[column].map { "\($0.count) labels" } ?? "missing")
      }
      let groups = Grouping(labels)
      guard groups.count > 1 else {
        throw .grouping(
          column: column,
          problem: "has the one value '\(labels.first ?? "")' only; at least 2 groups are needed")
      }
      return groups
    }
    self.settings = settings ?? DependenceSettings()
    self.stimulusCount = stimulusCount
    self.permutationCount = permutationCount
    groups = try settings?.groups.map { column throws(WorkflowError) in try grouping(column) }
    exchange =
      switch permutationCount > 0 ? settings?.usedExchange : nil {
      case nil: .free
      case .shift: .shift
      case .within(let column): .within(try grouping(column))
      case .whole(let column): .whole(try Self.ofOneSize(grouping(column), column))
      }
    if case .within(let column) = settings?.exchange, exchange.orderCount(of: stimulusCount) == 1,
      permutationCount > 0
    {
      throw .grouping(
        column: column, problem: "has no value twice, so that nothing can change places within it")
    }
  }

  private static func ofOneSize(
    _ groups: Grouping, _ column: String
  ) throws(WorkflowError) -> Grouping {
    let sizes = groups.sizes
    guard sizes.lowerBound == sizes.upperBound else {
      throw .grouping(
        column: column,
        problem:
          "makes groups of \(sizes.lowerBound) to \(sizes.upperBound) common stimuli, and only groups of "
          + "one size can change places whole; --exchange within:\(column) permutes within them")
    }
    return groups
  }
}

extension StimulusDependence {
  /// Checks what can be told before anything is read.
  static func check(
    _ settings: DependenceSettings?, splitCount: Int, splitsFile: String?
  ) throws(WorkflowError) {
    guard let settings else { return }
    if let folds = settings.folds {
      guard splitsFile == nil else {
        throw .setting(
          name: "--folds", expected: "left out with --splits-file", actual: folds.rawValue)
      }
      guard splitCount > 1 else {
        throw .setting(
          name: "The number of folds (--splits)", expected: "at least 2", actual: "\(splitCount)")
      }
    }
    guard let gap = settings.gap else { return }
    guard (0...1_000_000).contains(gap) else {
      throw .setting(name: "The gap", expected: "from 0 to 1,000,000", actual: "\(gap)")
    }
    guard settings.folds == .contiguous || settings.groups != nil, splitsFile == nil else {
      throw .setting(
        name: "The gap",
        expected: "left out without --folds contiguous or --groups, and with "
          + "--splits-file", actual: "\(gap)")
    }
  }

  /// The splits by groups, folds and gap; nil where none of these was asked for.
  ///
  /// - Throws: for fewer groups than splits or folds need, groups that are no stretches where folds are
  ///   contiguous, and a gap that leaves too few training stimuli.
  func splits(_ whole: AlignmentSettings) throws(WorkflowError) -> [Split]? {
    guard groups != nil || settings.folds != nil else { return nil }
    let units = groups ?? .singles(stimulusCount)
    let splits: [Split]
    if let folds = settings.folds {
      try checkFolds(folds, count: whole.splitCount, of: units)
      splits =
        folds == .contiguous
        ? Split.contiguousFolds(whole.splitCount, of: units)
        : Split.randomFolds(whole.splitCount, of: units, seed: whole.seed)
    } else {
      splits = Split.random(
        count: whole.splitCount, leavingOut: units,
        trainingFraction: whole.trainingFraction ?? AlignmentSettings.usualTrainingFraction,
        seed: whole.seed, leastHeldOut: StandardizedPair.leastCount)
      guard splits.count == whole.splitCount else {
        throw .grouping(
          column: settings.groups ?? "",
          problem:
            "makes \(units.count) groups, of which no more than \(splits.count) different random "
            + "splits can be made; give --splits \(splits.count) or fewer")
      }
    }
    guard let gap = settings.gap, gap > 0 else { return splits }
    let apart = splits.map { $0.leavingGap(gap) }
    if let short = apart.first(where: { $0.training.count < StandardizedPair.leastCount }) {
      throw .setting(
        name: "The gap",
        expected:
          "so small that training stimuli are left in every split, of which \(short.name) holds "
          + "out \(short.heldOut.count) of \(stimulusCount) stimuli and keeps \(short.training.count)",
        actual: "\(gap)")
    }
    return apart
  }

  private func checkFolds(
    _ folds: DependenceSettings.Folds, count: Int, of units: Grouping
  ) throws(WorkflowError) {
    guard count <= units.count else {
      guard let column = settings.groups else {
        throw .setting(
          name: "The number of folds (--splits)",
          expected: "at most that of the stimuli, \(units.count)",
          actual: "\(count)")
      }
      throw .grouping(
        column: column,
        problem:
          "makes \(ReportText.count(units.count, "group")), too few for \(count) folds; give "
          + "--splits \(units.count) or fewer")
    }
    if folds == .contiguous, let scattered = units.firstScattered, let column = settings.groups {
      throw .grouping(
        column: column,
        problem:
          "makes groups that are no stretches of the source's order, such as that of its stimulus "
          + "\(units.members[scattered][0] + 1); leave out --folds contiguous, or put them in order"
      )
    }
  }

  /// Refuses splits that were given and have a group on both sides.
  func check(_ splits: [Split]) throws(WorkflowError) {
    guard let groups, let column = settings.groups else { return }
    for split in splits {
      let sides = split.ofGroups(groups)
      guard let shared = Set(sides.training).intersection(sides.heldOut).min() else { continue }
      throw .grouping(
        column: column,
        problem: "has a group on both sides of split \(split.name), that of stimulus "
          + "\(groups.members[shared][0] + 1) in order; leave whole groups out, or leave out --groups"
      )
    }
  }
}

extension StimulusDependence {
  /// The permutations that there are of those asked for.
  private var madeCount: Int {
    StimulusSampling(count: stimulusCount, seed: 0, exchange: exchange)
      .permutationCount(permutationCount)
  }

  /// What the result tells; nil where nothing was said of stimuli that depend on each other.
  var result: DependenceResult? {
    guard settings != DependenceSettings() else { return nil }
    let isPermuted = permutationCount > 0
    return DependenceResult(
      groups: groups?.count, sizes: groups?.sizes,
      orders: isPermuted ? exchange.orderCount(of: stimulusCount).finite : nil,
      leastP: isPermuted ? 1 / Double(1 + madeCount) : nil)
  }

  /// Of fewer groups 95 % intervals hold too little: in simulations 78 % with 6, 86 % with 10, 96 % with 20
  /// (Benchmarks, calibration).
  static let fewGroups = 20

  /// What the user should know before the work starts.
  ///
  /// - Parameter hasIntervals: whether stimuli are drawn for intervals.
  func notes(hasIntervals: Bool) -> [String] {
    var notes: [String] = []
    if permutationCount > 0, madeCount < permutationCount {
      let least = ReportText.p(1 / Double(1 + madeCount))
      notes.append(
        "There are \(ReportText.grouped(madeCount)) other orders of the stimuli by "
          + "\(settings.usedExchange?.rawValue ?? ""), fewer than the \(ReportText.grouped(permutationCount)) "
          + "permutations asked for: each is taken once, and no p is below \(least)"
          + (madeCount < 19 ? ", so that none can be .05 or less." : "."))
    }
    if let groups, groups.count == stimulusCount {
      notes.append(
        "Each stimulus is a group of its own by column '\(settings.groups ?? "")', as without groups."
      )
    } else if let groups, hasIntervals, groups.count < Self.fewGroups {
      notes.append(
        "Intervals draw the \(groups.count) groups by column '\(settings.groups ?? "")'; of so few they are "
          + "too narrow.")
    }
    return notes
  }

  /// What tells other groups and orders from these.
  var prints: [String] {
    let exchanged: Grouping? =
      switch exchange {
      case .within(let groups), .whole(let groups): groups
      case .free, .shift: nil
      }
    return [settings.usedExchange?.rawValue ?? ""]
      + [groups, exchanged].map { "\($0?.numbers ?? [])" }
  }
}
