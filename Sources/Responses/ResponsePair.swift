/// A source and a target over the same stimuli, in the same order.
public struct ResponsePair: Equatable, Sendable {
  /// What is explained.
  public let source: ResponseSet
  /// What explains it.
  public let target: ResponseSet
  /// Which stimuli the two sets had in common; the others are left out.
  public let overlap: StimulusOverlap

  /// The stimuli of both, in the order of the source's rows.
  public var stimulusIDs: [String] { source.stimulusIDs }

  /// Joins two sets by `stimulus_id`.
  ///
  /// The rows keep the source's order, which may be that of time: the order of rows in the target
  /// changes nothing, while that of the source decides which stimuli a seed draws. Stimuli that only
  /// one set has are left out; those of both have the source's names on either side.
  ///
  /// - Parameter naming: how names are compared.
  /// - Throws: `mergedStimuli` when two stimuli of a set become one by what is compared, and
  ///   `tooFewCommonStimuli` when fewer than `minimumCommon` stimuli are in both.
  public init(
    source: ResponseSet, target: ResponseSet, naming: StimulusNaming = StimulusNaming(),
    minimumCommon: Int = 1
  ) throws(ResponseError) {
    (self.source, self.target, overlap) = try StimulusOverlap.join(
      source, target, by: naming, minimumCommon: minimumCommon)
  }
}

extension ResponsePair {
  /// The pair with every stage changed by `transform`, which keeps the stimuli; the number counts the
  /// stages of the source, then those of the target.
  public func mapStages(_ transform: (_ stage: Stage, _ number: Int) -> Stage) -> ResponsePair {
    ResponsePair(
      source: source.mapStages(from: 0, transform),
      target: target.mapStages(from: source.stages.count, transform),
      overlap: overlap)
  }

  /// The pair with the stages of a side called as its role says; nil leaves them as they are.
  public func calling(source: Role?, target: Role?) -> ResponsePair {
    ResponsePair(
      source: source.map(self.source.calling) ?? self.source,
      target: target.map(self.target.calling) ?? self.target, overlap: overlap)
  }

  /// The pair with source and target exchanged; stimuli and units stay as they are.
  public var reversed: ResponsePair {
    ResponsePair(source: target, target: source, overlap: overlap.reversed)
  }

  private init(source: ResponseSet, target: ResponseSet, overlap: StimulusOverlap) {
    self.source = source
    self.target = target
    self.overlap = overlap
  }
}

/// Which stimuli two response sets share.
///
/// Names that differ only in how letters with accents are encoded are equal, as Swift compares them.
public struct StimulusOverlap: Equatable, Sendable {
  /// Stimuli of the source.
  public private(set) var sourceCount: Int
  /// Stimuli of the target.
  public private(set) var targetCount: Int
  /// Stimuli of both, in the order of the source.
  public let common: [String]
  /// Up to three stimuli that only the source has.
  public private(set) var onlyInSource: [String]
  /// Up to three stimuli that only the target has.
  public private(set) var onlyInTarget: [String]
  /// What keeps names apart that are the same but for case, leading zeros, folders or a file's ending,
  /// and what would join them: a clause with an example; nil where there are none.
  public let hint: String?

  /// Compares two lists of names without repetitions.
  public init(source: [String], target: [String]) {
    self.init(source: source, target: target, keys: (source, target))
  }

  /// The same, of names that are joined by others.
  fileprivate init(
    source: [String], target: [String], keys: (source: [String], target: [String])
  ) {
    let (inSource, inTarget) = (Set(keys.source), Set(keys.target))
    func names(_ names: [String], _ keys: [String], in other: Set<String>, _ isIn: Bool) -> [String]
    {
      zip(names, keys).filter { other.contains($1) == isIn }.map(\.0)
    }
    sourceCount = source.count
    targetCount = target.count
    common = names(source, keys.source, in: inTarget, true)
    onlyInSource = Array(names(source, keys.source, in: inTarget, false).prefix(3))
    onlyInTarget = Array(names(target, keys.target, in: inSource, false).prefix(3))
    hint = NameVariant.hint(keys.source, keys.target)
  }

  /// The same with source and target exchanged.
  var reversed: StimulusOverlap {
    var reversed = self
    (reversed.sourceCount, reversed.targetCount) = (targetCount, sourceCount)
    (reversed.onlyInSource, reversed.onlyInTarget) = (onlyInTarget, onlyInSource)
    return reversed
  }
}

/// What has a row for each of some stimuli.
protocol NamedRows {
  /// The name of each row, without repetitions.
  var stimulusIDs: [String] { get }
  /// The same with the stimuli at `rows`, in that order, and with other names where these are given.
  func selectingStimuli(_ rows: [Int], named names: [String]?) -> Self
}

extension StimulusOverlap {
  /// Both sides with the rows that they have in common, in the order and by the names of the source.
  ///
  /// - Throws: `mergedStimuli` when two stimuli of a side become one, and `tooFewCommonStimuli` when
  ///   fewer than `minimumCommon` stimuli are in both.
  static func join<Side: NamedRows>(
    _ source: Side, _ target: Side, by naming: StimulusNaming, minimumCommon: Int
  ) throws(ResponseError) -> (source: Side, target: Side, overlap: StimulusOverlap) {
    let keys = try (
      source: naming.keys(of: source.stimulusIDs), target: naming.keys(of: target.stimulusIDs)
    )
    let overlap = StimulusOverlap(
      source: source.stimulusIDs, target: target.stimulusIDs, keys: keys)
    guard overlap.common.count >= minimumCommon else {
      throw .tooFewCommonStimuli(overlap, needed: minimumCommon)
    }
    let places = Dictionary(uniqueKeysWithValues: zip(keys.target, 0...))
    let rows = keys.source.enumerated().compactMap { row, key in
      places[key].map { (source: row, target: $0) }
    }
    return (
      source.selectingStimuli(rows.map(\.source), named: nil),
      target.selectingStimuli(rows.map(\.target), named: overlap.common), overlap
    )
  }
}

extension StimulusOverlap: CustomStringConvertible {
  /// The counts and the examples, as a clause.
  public var description: String {
    func examples(_ names: [String]) -> String {
      names.isEmpty ? "none" : names.joined(separator: ", ")
    }
    let names = "stimulus_id\(common.count == 1 ? "" : "s")"
    return
      "source (\(sourceCount) \(sourceCount == 1 ? "stimulus" : "stimuli")) and target "
      + "(\(targetCount)) share \(common.count) \(names) "
      + "(only in the source, for example: \(examples(onlyInSource)); "
      + "only in the target: \(examples(onlyInTarget))\(hint.map { "; " + $0 } ?? ""))"
  }
}
