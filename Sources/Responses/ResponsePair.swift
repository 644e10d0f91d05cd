/// A source and a target over the same stimuli, in the same order.
public struct ResponsePair: Equatable, Sendable {
  /// What is explained.
  public let source: ResponseSet
  /// What explains it.
  public let target: ResponseSet
  /// Which stimuli the two sets had in common; the others are left out.
  public let overlap: StimulusOverlap

  /// The stimuli of both, ascending by the bytes of their names.
  public var stimulusIDs: [String] { source.stimulusIDs }

  /// Joins two sets by `stimulus_id`.
  ///
  /// The rows of the result are sorted by name, so that the order of rows in either set changes
  /// nothing. Stimuli that only one set has are left out.
  ///
  /// - Throws: `tooFewCommonStimuli` when fewer than `minimumCommon` stimuli are in both.
  public init(
    source: ResponseSet, target: ResponseSet, minimumCommon: Int = 1
  ) throws(ResponseError) {
    let overlap = try StimulusOverlap(
      source: source.stimulusIDs, target: target.stimulusIDs, minimumCommon: minimumCommon)
    self.source = source.selectingStimuli(overlap.rows(in: source.stimulusIDs))
    self.target = target.selectingStimuli(overlap.rows(in: target.stimulusIDs))
    self.overlap = overlap
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
/// Names that differ only in how letters with accents are encoded are equal, as Swift compares them;
/// the order is that of the bytes of their composed form (NFC), so that it is the same from either
/// side.
public struct StimulusOverlap: Equatable, Sendable {
  /// Stimuli of the source.
  public private(set) var sourceCount: Int
  /// Stimuli of the target.
  public private(set) var targetCount: Int
  /// Stimuli of both, ascending by the bytes of their names.
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
    common = source.filter(inTarget.contains).sorted()
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

extension StimulusOverlap {
  /// Compares two lists of names without repetitions.
  ///
  /// - Throws: `tooFewCommonStimuli` when fewer than `minimumCommon` names are in both.
  init(source: [String], target: [String], minimumCommon: Int) throws(ResponseError) {
    self.init(source: source, target: target)
    guard common.count >= minimumCommon else {
      throw .tooFewCommonStimuli(self, needed: minimumCommon)
    }
  }

  /// Where the common stimuli stand in a list of either side, in the order of `common`.
  func rows(in stimulusIDs: [String]) -> [Int] {
    let rows = Dictionary(zip(stimulusIDs, 0...)) { first, _ in first }
    return common.compactMap { rows[$0] }
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
