internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

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
        "interval_method",
      ],
      rows: result.measures.flatMap { rows($0) })
  }

  /// `preferred`: for each measure and source stage the target stage that is most alike, how often it is
  /// that in bootstrap samples, and in permutations.
  var preferred: Table {
    Table(
      columns: [
        "measure", "source_stage", "target_stage", "value", "p", "bootstrap_share", "null_share",
      ],
      rows: result.measures.flatMap { preferredRows($0) })
  }

  private func rows(_ measured: MeasuredPairs) -> [[String]] {
    result.sourceNames.enumerated().flatMap { row, source in
      result.targetNames.enumerated().map { column, target in
        let null = measured.null(row, column).spread
        let bootstrap = measured.bootstrap(row, column)
        let interval = measured.interval(row, column)
        return [
          measured.measure, source, target, delimiter.text(measured.values[row, column]),
          "\(measured.isDistance)",
        ]
          + [
            measured.pValue(row, column), null.mean, null.deviation, bootstrap.spread.mean,
            interval.ends.lower, interval.ends.upper,
          ].map(delimiter.text) + [interval.method?.rawValue ?? delimiter.missing]
      }
    }
  }

  private func preferredRows(_ measured: MeasuredPairs) -> [[String]] {
    let chosen = measured.preferredTargets
    let rates = [measured.preferenceRates, measured.permutedPreferenceRates]
    return result.sourceNames.enumerated().map { row, source in
      let column = chosen[row]
      return [measured.measure, source, column.map { result.targetNames[$0] } ?? delimiter.missing]
        + [
          column.map { measured.values[row, $0] } ?? .nan, measured.pValueOfPreferred(row),
        ].map(delimiter.text)
        + rates.map { rates in delimiter.text(column.map { rates[row, $0] } ?? .nan) }
    }
  }
}
