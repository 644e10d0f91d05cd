internal import ChiasmLinearAlgebra

extension ResponseSet {
  /// A set whose rows show stimuli more than once: the rows of each stimulus are averaged, in double
  /// precision, and stand where it came first.
  ///
  /// - Parameter stimulusIDs: the stimulus of each row.
  /// - Throws: as for a set in which every stimulus has one row.
  public init(averagingRowsOf stimulusIDs: [String], stages: [Stage]) throws(ResponseError) {
    for stage in stages where stage.responses.rowCount != stimulusIDs.count {
      throw .rowCount(
        stage: stage.name, expected: stimulusIDs.count, actual: stage.responses.rowCount)
    }
    let groups = Self.rows(ofEachIn: stimulusIDs)
    try self.init(
      stimulusIDs: groups.map { stimulusIDs[$0[0]] },
      stages: stages.map { $0.averagingStimuli(groups) })
  }

  /// The rows of each stimulus, in the order in which these come first.
  public static func rows(ofEachIn stimulusIDs: [String]) -> [[Int]] {
    var places: [String: Int] = [:]
    var groups: [[Int]] = []
    for (row, id) in stimulusIDs.enumerated() {
      if let place = places[id] {
        groups[place].append(row)
      } else {
        places[id] = groups.count
        groups.append([row])
      }
    }
    return groups
  }
}
