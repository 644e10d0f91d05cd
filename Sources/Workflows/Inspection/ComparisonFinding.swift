internal import ChiasmFiles

/// A finished comparison by measures.
struct ComparisonFinding: Finding {
  static let fileName = "comparison.json"

  let path: String
  let record: ComparisonRecord

  init(path: String) throws {
    self.path = path
    record = try JSONFile.read(ComparisonRecord.self, from: path)
    try check()
  }

  /// The tables must be as large as the lists of stages say.
  private func check() throws {
    let (sources, targets) = (record.source.stages.count, record.target.stages.count)
    func fits(_ table: [[Double?]]) -> Bool {
      table.count == sources && table.allSatisfy { $0.count == targets }
    }
    let isComplete = record.measure_order.allSatisfy { name in
      guard let measure = record.measures[name] else { return false }
      return fits(measure.values) && measure.preferred.count == sources
        && (measure.bootstrap.map { fits($0.preferred_share) } ?? true)
        && (measure.null?.preferred_share.map(fits) ?? true)
    }
    guard isComplete, record.format.hasPrefix("chiasm-comparison ") else {
      throw ArrayFileError.malformed(
        path: path,
        problem: "is no comparison of \(sources) with \(targets) stages; compare anew")
    }
  }

  /// The keys of `comparison.json`.
  func encode(to encoder: any Encoder) throws { try record.encode(to: encoder) }
}
