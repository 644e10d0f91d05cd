internal import ChiasmStatistics

/// How scores were normalised, in `alignment.json`.
struct CeilingRecord: Codable, Equatable {
  /// The least ceiling, a share of variance, that a score is divided by.
  let floor: Double
  /// Units in use, a number a source stage.
  let source_units: [Int]
  /// Of these, units left out of normalised scores because their ceiling is below the floor.
  let units_below_floor: [Int]
  /// Of these, units left out because their ceiling is not known.
  let units_unknown: [Int]
  /// The same of the target, by whose ceilings matched scores are divided too; absent when it has
  /// none.
  let target_units: [Int]?
  let target_units_below_floor: [Int]?
  let target_units_unknown: [Int]?

  init(_ ceilings: AlignmentCeilings) {
    let floor = ceilings.normalization.floor
    func below(_ stages: [[Double]]) -> [Int] { stages.map { stage in stage.count { $0 < floor } } }
    func unknown(_ stages: [[Double]]) -> [Int] { stages.map { $0.count(where: \.isNaN) } }
    self.floor = floor
    source_units = ceilings.stages.map(\.count)
    units_below_floor = below(ceilings.stages)
    units_unknown = unknown(ceilings.stages)
    target_units = ceilings.targetStages?.map(\.count)
    target_units_below_floor = ceilings.targetStages.map(below)
    target_units_unknown = ceilings.targetStages.map(unknown)
  }
}
