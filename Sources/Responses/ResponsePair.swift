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
  /// one set has are left out.
  ///
  /// - Throws: `tooFewCommonStimuli` when fewer than `minimumCommon` stimuli are in both.
  public init(
    source: ResponseSet, target: ResponseSet, minimumCommon: Int = 1
  ) throws(ResponseError) {
    (self.source, self.target, overlap) = try StimulusOverlap.join(
      source, target, minimumCommon: minimumCommon)
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
  /// What keeps names apart that are the same but for case, leading zeros, folders or a file's ending: a
  /// clause with an example; nil where there are none. They are never joined.
  public let hint: String?

  /// Compares two lists of names without repetitions.
  public init(source: [String], target: [String]) {
    let (inSource, inTarget) = (Set(source), Set(target))
    sourceCount = source.count
    targetCount = target.count
    common = source.filter(inTarget.contains)
    onlyInSource = Array(source.lazy.filter { !inTarget.contains($0) }.prefix(3))
    onlyInTarget = Array(target.lazy.filter { !inSource.contains($0) }.prefix(3))
    hint =
      onlyInSource.isEmpty || onlyInTarget.isEmpty
      ? nil
      : NameVariant.hint(
        source.filter { !inTarget.contains($0) }, target.filter { !inSource.contains($0) })
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
  /// The same with the stimuli named by `rows`, in that order.
  func selectingStimuli(_ rows: [Int]) -> Self
}

extension StimulusOverlap {
  /// Both sides with the rows that they have in common, in the order of the source.
  ///
  /// - Throws: `tooFewCommonStimuli` when fewer than `minimumCommon` stimuli are in both.
  static func join<Side: NamedRows>(
    _ source: Side, _ target: Side, minimumCommon: Int
  ) throws(ResponseError) -> (source: Side, target: Side, overlap: StimulusOverlap) {
    let overlap = StimulusOverlap(source: source.stimulusIDs, target: target.stimulusIDs)
    guard overlap.common.count >= minimumCommon else {
      throw .tooFewCommonStimuli(overlap, needed: minimumCommon)
    }
    func common(_ side: Side) -> Side {
      let rows = Dictionary(zip(side.stimulusIDs, 0...)) { first, _ in first }
      return side.selectingStimuli(overlap.common.compactMap { rows[$0] })
    }
    return (common(source), common(target), overlap)
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
