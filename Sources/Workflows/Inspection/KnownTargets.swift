internal import ChiasmFiles

/// Which target stage is the right one of every source stage: the answer to a made-up or published
/// alignment.
struct KnownTargets: Equatable {
  let targets: [String: String]

  /// Reads a table with the columns `source_stage` and `target_stage`.
  init(path: String) throws {
    let table = try Table(path: path)
    var targets: [String: String] = [:]
    let pairs = zip(
      try table.identifiers("source_stage"), try table.identifiers("target_stage"))
    for (row, (source, target)) in pairs.enumerated() {
      if let other = targets[source], other != target {
        throw WorkflowError.tableRow(
          path: path, place: table.location(ofRow: row),
          problem: "\(source) belongs to \(target) here and to \(other) before; keep one")
      }
      targets[source] = target
    }
    self.targets = targets
  }
}
