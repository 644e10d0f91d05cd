internal import Statistics

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

  init(_ ceilings: AlignmentCeilings) {
    floor = ceilings.normalization.floor
    source_units = ceilings.stages.map(\.count)
    units_below_floor = ceilings.belowFloorCounts
    units_unknown = ceilings.unknownCounts
  }
}
