internal import Reporting

extension AlignmentRecord {
  /// Where each source stage lies: depth, layers and, where they are asked for, the right answers and the
  /// held-out scores of HOT.
  func placeTable(known: [String: String]? = nil, withScores: Bool = false) -> TextTable {
    let titles = ["stage", "expected depth", "best layer", "least-cost layer"]
    let least = leastCostTargets
    return TextTable(
      titles + (known == nil ? [] : ["known"]) + (withScores ? ["score"] : []),
      rows: source.stages.enumerated().map { index, name in
        [
          name, NumberText.fixed(coupling.expected_depth[index], decimals: 2),
          coupling.best_layer[index] ?? "n/a", least[index] ?? "n/a",
        ] + (known.map { [$0[name] ?? "n/a"] } ?? [])
          + (withScores ? [NumberText.fixed(scores["hot"]?.stages[index], decimals: 4)] : [])
      })
  }
}

extension AlignmentResult {
  /// Where each source stage lies and how well it is predicted, a line each, for the terminal.
  public var placeLines: [String] {
    AlignmentRecord(self).placeTable(withScores: true).lines(width: 100)
  }
}
