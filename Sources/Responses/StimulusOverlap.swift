/// Which stimuli two response sets share.
///
/// Names that differ only in how letters with accents are encoded are equal, as Swift compares them;
/// the order is that of the bytes of their composed form (NFC), so that it is the same from either
/// side.
public struct StimulusOverlap: Equatable, Sendable {
  /// Stimuli of the source.
  public let sourceCount: Int
  /// Stimuli of the target.
  public let targetCount: Int
  /// Stimuli of both, ascending by the bytes of their names.
  public let common: [String]
  /// Up to three stimuli that only the source has.
  public let onlyInSource: [String]
  /// Up to three stimuli that only the target has.
  public let onlyInTarget: [String]

  /// Compares two lists of names without repetitions.
  public init(source: [String], target: [String]) {
    let (inSource, inTarget) = (Set(source), Set(target))
    sourceCount = source.count
    targetCount = target.count
    common = source.filter(inTarget.contains).sorted()
    onlyInSource = Array(source.lazy.filter { !inTarget.contains($0) }.prefix(3))
    onlyInTarget = Array(target.lazy.filter { !inSource.contains($0) }.prefix(3))
  }
}

extension StimulusOverlap: CustomStringConvertible {
  /// The counts and the examples, as a clause.
  public var description: String {
    func examples(_ names: [String]) -> String {
      names.isEmpty ? "none" : names.joined(separator: ", ")
    }
    return "source (\(sourceCount) stimuli) and target (\(targetCount)) share \(common.count) "
      + "stimulus_ids (only in the source, for example: \(examples(onlyInSource)); "
      + "only in the target: \(examples(onlyInTarget)))"
  }
}
