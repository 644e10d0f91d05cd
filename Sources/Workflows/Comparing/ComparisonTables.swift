internal import Alignment
internal import ArrayFiles
internal import LinearAlgebra
internal import Statistics

/// The tables of a finished comparison, ready to be written.
struct ComparisonTables {
  let result: ComparisonResult
  let delimiter: Table.Delimiter

  /// `measures`: a row for each measure and pair of stages.
  var measures: Table {
    Table(
      columns: [
        "measure", "source_stage", "target_stage", "value", "is_distance", "p", "null_mean",
        "null_sd", "bootstrap_mean", "low", "high",
      ],
      rows: result.measures.flatMap { rows($0) })
  }

  /// `preferred`: for each measure and source stage the target stage that is most alike.
  var preferred: Table {
    Table(
      columns: ["measure", "source_stage", "target_stage", "value", "p", "bootstrap_share"],
      rows: result.measures.flatMap { preferredRows($0) })
  }

  private func rows(_ measured: MeasuredPairs) -> [[String]] {
    result.sourceNames.enumerated().flatMap { row, source in
      result.targetNames.enumerated().map { column, target in
        let null = measured.null(row, column).spread
        let bootstrap = measured.bootstrap(row, column)
        let interval = bootstrap.percentileInterval()
        return [
          measured.measure, source, target, delimiter.text(measured.values[row, column]),
          "\(measured.isDistance)",
        ]
          + [
            measured.pValue(row, column), null.mean, null.deviation, bootstrap.spread.mean,
            interval.lower, interval.upper,
          ].map(delimiter.text)
      }
    }
  }

  private func preferredRows(_ measured: MeasuredPairs) -> [[String]] {
    let (chosen, rates) = (measured.preferredTargets, measured.preferenceRates)
    return result.sourceNames.enumerated().map { row, source in
      let column = chosen[row]
      return [measured.measure, source, column.map { result.targetNames[$0] } ?? delimiter.missing]
        + [
          column.map { measured.values[row, $0] } ?? .nan, measured.pValueOfPreferred(row),
          column.map { rates[row, $0] } ?? .nan,
        ].map(delimiter.text)
    }
  }
}
