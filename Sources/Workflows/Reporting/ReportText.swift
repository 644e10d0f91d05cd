internal import ChiasmResponses
internal import ChiasmResults
internal import ChiasmTables
internal import ChiasmReporting
internal import ChiasmStatistics

/// Numbers and lists as the sentences of a report have them.
enum ReportText {
  /// A correlation, a share or a depth.
  static func number(_ value: Double?, decimals: Int = 3) -> String {
    NumberText.fixed(value, decimals: decimals)
  }

  /// What `quantiles` gives.
  static let quantileNames = ["5 %", "25 %", "median", "75 %", "95 %"]

  /// Quantiles of values, `n/a` without any.
  static func quantiles(_ values: [Double]) -> [String] {
    let quantiles = Quantiles(values)
    return [0.05, 0.25, 0.5, 0.75, 0.95].map { number(quantiles($0).finite) }
  }

  /// A p-value: two digits that count.
  static func p(_ value: Double?) -> String { NumberText.short(value, digits: 2) }

  /// `p = 0.012`, or why there is none.
  static func pNote(_ value: Double?, unknown reason: String) -> String {
    value == nil ? "no p: \(reason)" : "p = \(p(value))"
  }

  /// `0.21 to 0.27`, or `n/a`.
  static func range(_ range: ClosedRange<Double>?, decimals: Int = 3) -> String {
    guard let range else { return "n/a" }
    return "\(number(range.lowerBound, decimals: decimals)) to "
      + number(range.upperBound, decimals: decimals)
  }

  /// `0.21 to 0.27 (BCa)`, or `n/a`.
  static func interval(_ interval: EvidenceResult.Interval?, decimals: Int = 3) -> String {
    range(interval?.ends, decimals: decimals)
      + (interval?.interval_method.map { " (\(Quantity.intervalMethod.title(of: $0)))" } ?? "")
  }

  /// `V1, V2 and hV4`; of many names the first and the last.
  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    if names.count > 8 { return "\(names[0]), \(names[1]) … \(last)" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `1 region`, `5 regions`, `2 stimuli`.
  static func count(_ number: Int, _ noun: String) -> String {
    let several = noun == "stimulus" ? "stimuli" : noun + "s"
    return "\(grouped(number)) \(number == 1 ? noun : several)"
  }

  /// A whole number with commas between thousands.
  static func grouped(_ number: Int) -> String {
    let digits = String(abs(number))
    let parts = digits.enumerated().map { place, digit in
      (place > 0 && (digits.count - place) % 3 == 0 ? "," : "") + String(digit)
    }
    return (number < 0 ? "-" : "") + parts.joined()
  }

  /// `12.3 s`, `4 min 10 s`, `2 h 05 min`.
  static func duration(_ seconds: Double) -> String {
    if seconds < 60 { return NumberText.fixed(seconds, decimals: 1) + " s" }
    let whole = Int(min(seconds, 1e12).rounded())
    return whole < 3600
      ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
  }

  /// How stages came to fewer units; nil where all units of the files were used.
  static func units(
    pooled pooling: Pooling?, atMost limit: Int?, projected count: Int?, seed: UInt64
  ) -> String? {
    let sentences = [
      pooling.flatMap { $0 == Pooling() ? nil : "Layers with several axes were pooled (\($0))." },
      limit.map {
        "At most \(Self.count($0, "unit")) of each stage were used, drawn at random (seed \(seed))."
      },
      count.map {
        "Layers of more than \(Self.count($0, "unit")) were projected to so many by a sparse random matrix "
          + "with √D of D entries in each column (seed \(seed); \(Citation.LiHastieChurch2006.short))."
      },
    ].compactMap(\.self)
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// A statistic in the least room.
  static func shortStatistic(_ name: String) -> String {
    ["spearman": "Spearman's ρ", "kendall": "Kendall's τ", "near_diagonal_mass": "Diagonal"][name]
      ?? Quantity.statistic.title(of: name)
  }
}

extension String {
  /// With a capital first letter.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
