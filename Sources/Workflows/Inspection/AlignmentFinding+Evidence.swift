internal import ChiasmReporting

extension AlignmentFinding {
  /// The tables beside the scores: normalised scores, HOT against its controls, nulls and intervals,
  /// each only where there is something in it.
  var evidenceSections: [Report.Section] {
    let tables = [
      (normalizedHeading, normalizedTable),
      ("HOT against its controls: difference with its 95 % interval over splits", comparisonTable),
      ("Against nulls", nullTable),
      (
        "Single stages, and the best pair of each, p corrected for their number", familyTable
      ),
      ("Intervals, 95 %", intervalTable),
    ]
    let undefined = record.evidence?.undefinedNotes ?? []
    return tables.compactMap { heading, table in
      table.rows.isEmpty ? nil : .table(heading: heading, table)
    } + (undefined.isEmpty ? [] : [.paragraph(undefined.joined(separator: "\n"))])
  }

  /// HOT first, then its controls by name.
  var orderedMethods: [(name: String, scores: AlignmentRecord.Method)] {
    record.scores.map { ($0.key, $0.value) }
      .sorted { left, right in
        left.0 == "hot" || (right.0 != "hot" && left.0 < right.0)
      }
  }

  private var normalizedHeading: String {
    guard let ceiling = record.ceiling else { return "" }
    let left = zip(ceiling.units_below_floor, ceiling.units_unknown).reduce(0) { $0 + $1.0 + $1.1 }
    let all = ceiling.source_units.reduce(0, +)
    return "The same divided by noise ceilings; \(left) of \(all) source units have none of "
      + NumberText.short(ceiling.floor) + " or more"
  }

  private var normalizedTable: TextTable {
    TextTable(
      ["method", "mean", "SD"] + record.source.stages,
      rows: orderedMethods.compactMap { name, method in
        method.normalized.map { normalized in
          [name] + ([normalized.mean, normalized.sd] + normalized.stages).map(decimals)
        }
      })
  }

  /// Matched scores are not predictions, and so are left to `comparisons.csv`.
  private var comparisonTable: TextTable {
    TextTable(
      ["control", "difference", "low", "high", "p"],
      rows: (record.comparisons ?? [])
        .filter { $0.method == "hot" && !$0.other_method.hasSuffix("-matched") }
        .map { comparison in
          [comparison.other_method]
            + [comparison.difference, comparison.lower, comparison.upper].map(decimals)
            + [NumberText.short(comparison.p_value, digits: 2)]
        })
  }

  private var nullTable: TextTable {
    let whole = (record.evidence?.nulls ?? []).filter { $0.source_stage == nil }
    return TextTable(
      ["null", "statistic", "observed", "null mean", "p", "draws"],
      rows: whole.map { test in
        [test.null, test.statistic] + [test.observed, test.null_mean].map(decimals)
          + [NumberText.short(test.p_value, digits: 2), String(test.draws)]
      })
  }

  /// Of every source stage its score and, among its pairs, that of the least corrected p, the first of
  /// equals by the raw one.
  private var familyTable: TextTable {
    let tests = (record.evidence?.nulls ?? []).filter { $0.p_corrected != nil }
    func grade(_ test: EvidenceRecord.Test) -> (Double, Double) {
      (test.p_corrected ?? 1, test.p_value ?? 1)
    }
    var best: [EvidenceRecord.Test] = []
    for test in tests {
      let place = best.firstIndex {
        ($0.null, $0.statistic) == (test.null, test.statistic)
          && $0.source_stage == test.source_stage
      }
      if let place {
        if grade(test) < grade(best[place]) { best[place] = test }
      } else {
        best.append(test)
      }
    }
    return TextTable(
      ["null", "statistic", "stage", "with", "observed", "mean", "p", "corrected"],
      rows: best.map { test in
        [test.null, test.statistic, test.source_stage ?? "n/a", test.target_stage ?? ""]
          + [test.observed, test.null_mean].map(decimals)
          + [test.p_value, test.p_corrected].map { NumberText.short($0, digits: 2) }
      })
  }

  /// The score from the draws that judge these fits, and the rest of the whole from refits. Refits are
  /// poorer fits, so that their interval of the score lies too low.
  private var intervalTable: TextTable {
    let shown = (record.evidence?.intervals ?? []).filter { interval in
      interval.source_stage == nil
        && (interval.statistic == "score") == (interval.draws_of == "fixed-fits")
    }
    return TextTable(
      ["statistic", "estimate", "low", "high", "ends", "draws of"],
      rows: shown.map { interval in
        [interval.statistic]
          + [interval.estimate, interval.ends?.lowerBound, interval.ends?.upperBound].map(decimals)
          + [interval.method?.name ?? "n/a", interval.draws_of]
      })
  }

  private func decimals(_ number: Double?) -> String { NumberText.fixed(number, decimals: 4) }
}
