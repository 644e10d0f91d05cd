internal import ChiasmAlignment
internal import Foundation
internal import ChiasmStatistics

extension AlignmentResult {
  /// What nulls and intervals say of the whole alignment, a line each, for the terminal.
  public var evidenceLines: [String] {
    let intervals = evidence.intervals.filter { $0.statistic == .score && $0.method == .fixedFits }
    let interval = intervals.map {
      let ends = $0.interval.ends
      return "95 % interval of the score, these fits on other stimuli: "
        + "\(number(ends.lower)) to \(number(ends.upper)) (\($0.interval.method?.name ?? "none"))."
    }
    let whole: [AlignmentStatistic] = [.score, .spearman, .kendall, .nearDiagonalMass]
    let tests = NullTest.Null.allCases.compactMap { null -> String? in
      let own = evidence.tests.filter {
        $0.null == null && whole.contains($0.statistic) && !$0.pValue.isNaN
      }
      guard let first = own.first else { return nil }
      return "\(null.rawValue), \(first.distribution.draws.count) draws: "
        + own.map(line).joined(separator: "; ") + "."
    }
    return interval + tests + EvidenceRecord(self).undefinedNotes
  }

  private func line(_ test: NullTest) -> String {
    let name = test.statistic.name.replacing("_", with: "-")
    return "\(name) \(number(test.observed)) against \(number(test.distribution.spread.mean)), "
      + "p = \(number(test.pValue))"
  }

  private func number(_ value: Double) -> String {
    value.isNaN ? "n/a" : String(format: "%.4f", value)
  }
}
