internal import ChiasmAlignment

extension EvidenceRecord {
  /// Which draws gave no value, a sentence for each way of drawing; none where all did.
  var undefinedNotes: [String] {
    let nulls = nulls.map { ($0.null, $0.statistic, $0.undefined, $0.draws + $0.undefined) }
    let intervals = intervals.map {
      ($0.draws_of, $0.statistic, $0.undefined, $0.draws + $0.undefined)
    }
    let names = [
      (IntervalEstimate.Method.fixedFits.rawValue, "draws of held-out stimuli"),
      (IntervalEstimate.Method.refits.rawValue, "bootstrap samples"),
      (NullTest.Null.stimulusPermutation.rawValue, "permutations of stimuli"),
      (NullTest.Null.layerPermutation.rawValue, "orders of target stages"),
      (NullTest.Null.randomMaps.rawValue, "random maps"),
    ]
    return names.compactMap { kind, name in
      note((nulls + intervals).filter { $0.0 == kind }.map { ($0.1, $0.2, $0.3) }, name)
    }
  }

  /// - Parameter draws: statistics, the draws without a value, and all draws.
  private func note(_ draws: [(String, Int, Int)], _ name: String) -> String? {
    guard let all = draws.map(\.2).max(), let least = draws.map(\.1).min(),
      draws.contains(where: { $0.1 > 0 })
    else { return nil }
    var most: [(name: String, count: Int)] = []
    for (statistic, count, _) in draws where count > least {
      let statistic = statistic.replacing("_", with: "-")
      if let place = most.firstIndex(where: { $0.name == statistic }) {
        most[place].count = max(most[place].count, count)
      } else {
        most.append((statistic, count))
      }
    }
    let whole =
      least == 0 ? [] : ["\(least) have no value (too few different stimuli, or no unit varies)"]
    let parts = Set(most.map(\.count)).sorted().map { count in
      let names = most.filter { $0.count == count }.map(\.name).joined(separator: ", ")
      return "\(count) have no \(names)"
    }
    return "Of \(all) \(name) \((whole + parts).joined(separator: "; ")).\n"
      + "p-values and intervals are of the rest."
  }
}
