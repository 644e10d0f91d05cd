internal import ChiasmAlignment
internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmStatistics

/// `comparison.json`: everything that a program wants of a comparison. Keys are snake case; a number
/// that is not defined is null, and a section that was not
/// asked for is absent.
struct ComparisonRecord: Codable, Equatable {
  /// The settings that numbers depend on.
  struct Settings: Codable, Equatable {
    let permutations: Int
    let bootstrap: Int
    let seed: UInt64
    let max_units: Int?
  }

  let format: String
  let provenance: Provenance
  let settings: Settings
  let source: AlignmentRecord.Side
  let target: AlignmentRecord.Side
  let common_stimuli: Int
  let measures: [String: MeasureRecord]
  let measure_order: [String]

  init(_ result: ComparisonResult) {
    format = "chiasm-comparison 1"
    provenance = result.provenance
    settings = Settings(
      permutations: result.settings.permutationCount, bootstrap: result.settings.bootstrapCount,
      seed: result.settings.seed, max_units: result.settings.maximumUnits)
    source = AlignmentRecord.Side(
      path: result.settings.source, stages: result.sourceNames, units: result.fileUnitCounts.source,
      stimuli: result.overlap.sourceCount, averaged_repeats: result.averagedRepeats.source)
    target = AlignmentRecord.Side(
      path: result.settings.target, stages: result.targetNames, units: result.fileUnitCounts.target,
      stimuli: result.overlap.targetCount, averaged_repeats: result.averagedRepeats.target)
    common_stimuli = result.overlap.common.count
    measures = Dictionary(
      uniqueKeysWithValues: result.measures.map {
        ($0.measure, MeasureRecord($0, targetNames: result.targetNames))
      })
    measure_order = result.measures.map(\.measure)
  }
}
