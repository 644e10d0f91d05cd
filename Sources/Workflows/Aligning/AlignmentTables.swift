internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmStatistics

/// The tables of a finished alignment, ready to be written.
struct AlignmentTables {
  let result: AlignmentResult
  let delimiter: Table.Delimiter

  /// `coupling`: a row for each pair of stages and split, and one for the mean over splits, which also
  /// has the standard deviations over splits. With bootstrap samples it also has the interval of the
  /// share, what its ends are, and how often the pair is in the support.
  var coupling: Table {
    let splits = result.splits.flatMap { rows($0) }
    return Table(
      columns: [
        "source_stage", "target_stage", "split", "mass", "share", "cost", "score", "share_sd",
        "cost_sd", "score_sd",
      ] + bootstrapColumns,
      rows: splits + meanRows)
  }

  /// `coupling_matrix`: mean shares, source stages × target stages.
  var couplingMatrix: Table {
    let shares = result.summary.shares
    let rows = result.sourceNames.enumerated().map { row, name in
      [name] + shares.row(row).map { delimiter.text($0.mean) }
    }
    return Table(columns: ["source_stage"] + distinct(result.targetNames), rows: rows)
  }

  /// `splits`: for every stimulus and split `train`, `test` or `n/a`, as `--splits-file` reads them.
  var splits: Table {
    var roles = [[String]](
      repeating: [String](repeating: "n/a", count: result.splits.count),
      count: result.overlap.common.count)
    for (column, split) in result.splits.map(\.fit.split).enumerated() {
      for stimulus in split.training { roles[stimulus][column] = "train" }
      for stimulus in split.heldOut { roles[stimulus][column] = "test" }
    }
    return Table(
      columns: ["stimulus_id"] + result.splits.map(\.fit.split.name),
      rows: zip(result.overlap.common, roles).map { [$0] + $1 })
  }

  private func rows(_ split: SplitAlignment) -> [[String]] {
    let fit = split.fit
    return eachPair { row, column in
      [
        fit.split.name, delimiter.text(fit.coupling[row, column]),
        delimiter.text(fit.shares[row, column]), delimiter.text(fit.costs[row, column]),
        delimiter.text(split.stageScores[row, column]), delimiter.missing, delimiter.missing,
        delimiter.missing,
      ] + bootstrapColumns.map { _ in delimiter.missing }
    }
  }

  private var bootstrapColumns: [String] {
    result.evidence.bootstraps.isEmpty
      ? [] : ["share_low", "share_high", "support_frequency", "interval_method"]
  }

  private func bootstrapValues(_ shares: [IntervalEstimate], _ row: Int, _ column: Int) -> [String]
  {
    shares.filter { $0.statistic == .share(source: row, target: column) }.flatMap {
      let (ends, support) = (
        $0.interval.ends, result.evidence.supportFrequency(source: row, target: column)
      )
      return [ends.lower, ends.upper, support].map(delimiter.text)
        + [$0.interval.method?.rawValue ?? delimiter.missing]
    }
  }

  private var meanRows: [[String]] {
    let summary = result.summary
    let intervals = result.evidence.intervals
    return eachPair { row, column in
      let (share, cost) = (summary.shares[row, column], summary.costs[row, column])
      let score = Spread(result.splits.map { $0.stageScores[row, column] })
      return ["mean"]
        + ([
          summary.coupling[row, column], share.mean, cost.mean, score.mean, share.deviation,
          cost.deviation, score.deviation,
        ].map(delimiter.text) + bootstrapValues(intervals, row, column))
    }
  }

  private func eachPair(_ values: (Int, Int) -> [String]) -> [[String]] {
    result.sourceNames.enumerated().flatMap { row, source in
      result.targetNames.enumerated().map { column, target in
        [source, target] + values(row, column)
      }
    }
  }

  /// A layer may be called like the table's own column.
  private func distinct(_ names: [String]) -> [String] {
    names.map { $0 == "source_stage" ? "source_stage (target)" : $0 }
  }
}
