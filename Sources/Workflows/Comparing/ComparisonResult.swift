public import ChiasmResponses

/// A finished comparison, before it is written.
public struct ComparisonResult: Sendable {
  /// How it was made.
  public let settings: ComparisonSettings
  /// The values of every measure, in the order of the settings.
  public let measures: [MeasuredPairs]
  /// Which stimuli the two sets had in common; all of these were used.
  public let overlap: StimulusOverlap
  /// The names of the source stages.
  public let sourceNames: [String]
  /// The names of the target stages.
  public let targetNames: [String]
  /// The units in the file of each stage, of the source and of the target.
  let fileUnitCounts: (source: [Int], target: [Int])
  /// The rows in the files of each set that were averaged with others of their stimulus.
  let averagedRepeats: (source: Int, target: Int)
  /// How the result was made.
  public let provenance: Provenance
}
