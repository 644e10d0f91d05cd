internal import ChiasmAlignment
internal import ChiasmStatistics

/// The measures by the names that tables call them.
public enum MeasureCatalogue {
  /// Those that take little time beside reading the files.
  public static let quick = [
    "rsa", "cka", "cka-debiased", "procrustes", "semi-matching", "soft-matching",
  ]

  /// Those of them that take dissimilarities in place of responses.
  public static var ofDissimilarities: [String] {
    quick.filter { name in
      let measure = try? measure(named: name, seed: 0)
      return measure?.takesDissimilarities ?? false
    }
  }

  /// All names; letters in brackets stand for a choice or a number.
  public static let names = [
    "rsa", "rsa-<pearson|cosine|euclidean>-<spearman|pearson|cosine>", "cka", "cka-debiased",
    "cka-rbf-<fraction>", "cka-rbf-<fraction>-debiased", "procrustes", "procrustes-angle",
    "procrustes-similarity", "semi-matching", "soft-matching", "partial-soft-matching",
    "partial-soft-matching-<mass>", "ridge",
  ]

  /// The measures by some names, in that order; one that is named twice comes once. Those that hold stimuli
  /// out leave whole `groups` out.
  ///
  /// - Throws: `setting` for a name that no measure has, `measure` for a number out of range.
  static func measures(
    named names: [String], seed: UInt64, groups: Grouping? = nil
  ) throws(WorkflowError) -> [any Measure] {
    var measures: [any Measure] = []
    for name in names {
      let measure: (any Measure)?
      do {
        measure = try Self.measure(named: name, seed: seed, groups: groups)
      } catch {
        throw .measure(stages: [], error)
      }
      guard let measure else {
        throw .setting(
          name: "A measure", expected: "one of " + Self.names.joined(separator: ", "),
          actual: "called '\(name)'" + question(name))
      }
      if !measures.contains(where: { $0.name == measure.name }) { measures.append(measure) }
    }
    return measures
  }
}

extension MeasureCatalogue {
  /// ` (did you mean rsa?)` where a name is that of a measure but for case and underscores.
  private static func question(_ name: String) -> String {
    let near = name.lowercased().replacing("_", with: "-")
    guard let measure = try? measure(named: near, seed: 0) else { return "" }
    return " (did you mean \(measure.name)?)"
  }

  private static func measure(
    named name: String, seed: UInt64, groups: Grouping? = nil
  ) throws(AlignmentError) -> (any Measure)? {
    if let measure = similarity(named: name) ?? procrustes(named: name) { return measure }
    if let measure = try kernelAlignment(named: name) { return measure }
    return switch name {
    case "semi-matching": SemiMatching()
    case "soft-matching": SoftMatching()
    case "ridge": try RidgePredictivity(seed: seed, groups: groups)
    default: try partialMatching(named: name)
    }
  }

  private static func similarity(named name: String) -> (any Measure)? {
    if name == "rsa" { return RepresentationalSimilarity() }
    for dissimilarity in RepresentationalSimilarity.Dissimilarity.allCases {
      for comparison in RepresentationalSimilarity.Comparison.allCases
      where name == "rsa-\(dissimilarity.rawValue)-\(comparison.rawValue)" {
        return RepresentationalSimilarity(dissimilarity: dissimilarity, comparison: comparison)
      }
    }
    return nil
  }

  private static func procrustes(named name: String) -> (any Measure)? {
    Procrustes.Form.allCases.map { Procrustes(form: $0) }.first { $0.name == name }
  }

  private static func kernelAlignment(named name: String) throws(AlignmentError) -> (any Measure)? {
    let isDebiased = name.hasSuffix("-debiased")
    let stem = isDebiased ? name.dropLast("-debiased".count) : name[...]
    if stem == "cka" { return try CentredKernelAlignment(isDebiased: isDebiased) }
    guard let fraction = number(in: stem, after: "cka-rbf-") else { return nil }
    return try CentredKernelAlignment(
      kernel: .gaussian(fraction: fraction), isDebiased: isDebiased)
  }

  private static func partialMatching(named name: String) throws(AlignmentError) -> (any Measure)? {
    if name == "partial-soft-matching" { return try PartialSoftMatching() }
    guard let mass = number(in: name[...], after: "partial-soft-matching-") else { return nil }
    return try PartialSoftMatching(mass: .fixed(mass))
  }

  private static func number(in name: Substring, after prefix: String) -> Double? {
    name.hasPrefix(prefix) ? Double(name.dropFirst(prefix.count)) : nil
  }
}
