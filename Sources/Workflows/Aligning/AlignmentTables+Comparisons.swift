internal import ChiasmAlignment
internal import ChiasmFiles

extension AlignmentTables {
  /// `comparisons`: a row for every two methods and each source stage, `mean` for the mean over
  /// stages.
  var comparisons: Table {
    let stages = result.sourceNames.indices.map { stage in
      result.comparisons { $0.stageScores[stage] }
    }
    let rows = zip(result.sourceNames + ["mean"], stages + [result.comparisons(\.score)])
      .flatMap { stage, comparisons in comparisons.map { row($0, stage) } }
    return Table(
      columns: [
        "method", "other_method", "source_stage", "difference", "sd", "lower", "upper", "t", "df",
        "p_value",
      ], rows: rows)
  }

  private func row(_ comparison: MethodComparison, _ stage: String) -> [String] {
    func text(_ value: Double?) -> String { delimiter.text(value ?? .nan) }
    return [
      comparison.method, comparison.other_method, stage, text(comparison.difference),
      text(comparison.sd), text(comparison.lower), text(comparison.upper), text(comparison.t),
      String(comparison.degrees_of_freedom), text(comparison.p_value),
    ]
  }
}
