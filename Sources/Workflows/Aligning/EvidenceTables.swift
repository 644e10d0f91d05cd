internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmStatistics

/// The tables of nulls and intervals of a finished alignment, and the draws behind them.
struct EvidenceTables {
  let result: AlignmentResult
  let delimiter: Table.Delimiter

  /// `nulls`: a row for each null and statistic.
  var nulls: Table {
    Table(
      columns: [
        "null", "statistic", "source_stage", "target_stage", "observed", "null_mean", "null_sd",
        "effect", "p_value", "tail", "draws", "undefined", "p_corrected",
      ],
      rows: result.evidence.tests.map { test in
        let spread = test.distribution.spread
        return [test.null.rawValue] + names(test.statistic)
          + [test.observed, spread.mean, spread.deviation, test.effect, test.pValue]
          .map(delimiter.text)
          + [
            test.statistic.isLowerBetter ? "lower" : "upper", "\(test.distribution.draws.count)",
            "\(test.distribution.undefinedCount)", delimiter.text(test.correctedPValue),
          ]
      })
  }

  /// `intervals`: a row for each way of drawing and statistic.
  var intervals: Table {
    Table(
      columns: [
        "draws_of", "statistic", "source_stage", "target_stage", "estimate", "mean",
        "standard_error", "low", "high", "bca_low", "bca_high", "level", "draws", "undefined",
        "interval_low", "interval_high", "interval_method",
      ],
      rows: result.evidence.intervals.map { interval in
        let (spread, both) = (interval.distribution.spread, interval.interval)
        return [interval.method.rawValue] + names(interval.statistic)
          + [
            interval.estimate, spread.mean, spread.deviation, both.percentile.lower,
            both.percentile.upper, both.accelerated.lower, both.accelerated.upper,
            both.percentile.level,
          ].map(delimiter.text)
          + ["\(interval.distribution.draws.count)", "\(interval.distribution.undefinedCount)"]
          + [both.ends.lower, both.ends.upper].map(delimiter.text)
          + [both.method?.rawValue ?? delimiter.missing]
      })
  }

  /// The name of a statistic and the stages that it is about; `mean` stands for the mean over the
  /// source stages, nothing for the coupling as a whole.
  private func names(_ statistic: AlignmentStatistic) -> [String] {
    let source = statistic.source.map { result.sourceNames[$0] }
    return [
      statistic.name, source ?? (statistic == .score ? "mean" : delimiter.missing),
      statistic.target.map { result.targetNames[$0] } ?? delimiter.missing,
    ]
  }

  /// `replicates.npz`: the draws, an array a kind, rows draws and columns statistics, whose names stand
  /// in a second array: `share/V1/layer1` and so on. A slash or a backslash in a stage's name has a
  /// backslash before it.
  var replicates: [(name: String, array: NumpyArray)] {
    let evidence = result.evidence
    let (all, some) = (evidence.observed.list, evidence.layerStatistics)
    let scores = Array(some.prefix(evidence.scoreDraws.draws.first?.count ?? 0))
    let kinds = [
      ("stimulus_permutation", evidence.permutations, all),
      ("layer_permutation", evidence.layerPermutations, some),
      ("bootstrap", evidence.bootstraps, all), ("jackknife", evidence.jackknife, all),
      ("random_maps", evidence.randomMaps.draws, RandomMaps.statistics),
      ("fixed_fits", evidence.scoreDraws.draws, scores),
      ("fixed_fits_jackknife", evidence.scoreDraws.jackknife, scores),
    ]
    return kinds.filter { !$0.1.isEmpty }.flatMap { name, rows, statistics in
      [
        (
          name,
          NumpyArray(
            shape: [rows.count, statistics.count], elements: .float64(rows.flatMap(\.self)))
        ),
        (
          name + "_columns",
          NumpyArray(shape: [statistics.count], elements: .strings(statistics.map(label)))
        ),
      ]
    }
  }

  private func label(_ statistic: AlignmentStatistic) -> String {
    let names =
      [statistic.source.map { result.sourceNames[$0] }]
      + [statistic.target.map { result.targetNames[$0] }]
    let escaped = names.compactMap(\.self).map { name in
      name.reduce(into: "") { $0 += $1 == "/" || $1 == "\\" ? "\\\($1)" : "\($1)" }
    }
    return ([statistic.name] + escaped).joined(separator: "/")
  }
}
