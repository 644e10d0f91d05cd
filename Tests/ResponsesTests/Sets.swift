import ChiasmLinearAlgebra
import ChiasmResponses

/// A stage whose response to stimulus i of unit j is 10 i + j.
func stage(_ name: String, stimuli: Int, units: Int) -> Stage {
  Stage(
    name: name,
    responses: Matrix(
      rowCount: stimuli, columnCount: units,
      elements: (0..<stimuli * units).map { Float(10 * ($0 / units) + $0 % units) }))
}

/// A set of one stage with three units, a row for each name.
func set(_ names: [String]) throws -> ResponseSet {
  try ResponseSet(stimulusIDs: names, stages: [stage("V1", stimuli: names.count, units: 3)])
}
