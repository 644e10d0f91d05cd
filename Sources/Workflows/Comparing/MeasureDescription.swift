internal import ChiasmAlignment

/// What a measure is, in words, for reports.
struct MeasureDescription {
  /// A few words for a heading.
  let title: String
  /// What is computed, to stand within a sentence.
  let formula: String
  /// What is to be minded when values are read, a sentence.
  let caution: String
  /// Where it comes from.
  let citations: [Citation]

  /// Describes the measure of a name, as a `MeasureCatalogue` gives it.
  ///
  /// - Parameter given: of how many of the two sides dissimilarities were given, not responses.
  init(_ name: String, givenDissimilarities given: Int = 0) {
    if name.hasPrefix("rsa") {
      self.init(similarity: name, given)
    } else if name.hasPrefix("cka") {
      self.init(kernelAlignment: name, given)
    } else if name.hasPrefix("procrustes") {
      self.init(procrustes: name)
    } else {
      self.init(matching: name)
    }
  }

  private init(_ title: String, _ formula: String, _ caution: String, _ citations: Citation...) {
    (self.title, self.formula) = (title, formula)
    (self.caution, self.citations) = (caution, citations)
  }

  private init(similarity name: String, _ given: Int) {
    let words = name.split(separator: "-").dropFirst().map(String.init)
    let dissimilarity =
      switch words.first.flatMap(RepresentationalSimilarity.Dissimilarity.init) {
      case .cosine: "1 minus the cosine of response patterns"
      case .squaredEuclidean: "squared Euclidean distances of response patterns"
      case .pearson, nil: "1 minus Pearson's correlation of response patterns"
      }
    let comparison =
      switch words.last.flatMap(RepresentationalSimilarity.Comparison.init) {
      case .pearson: "Pearson's correlation"
      case .cosine: "the cosine"
      case .spearman, nil: "Spearman's correlation"
      }
    self.init(
      "Representational similarity",
      "\(comparison) of the dissimilarities of all pairs of stimuli, "
        + [
          "\(dissimilarity)", "\(dissimilarity) on one side and as they were given on the other",
          "as they were given",
        ][given],
      given == 2
        ? "What they are made of is not known here." : "Units of great variance count more.",
      .Kriegeskorte2008)
  }

  private init(kernelAlignment name: String, _ given: Int) {
    let isDebiased = name.hasSuffix("-debiased")
    let stem = isDebiased ? String(name.dropLast("-debiased".count)) : name
    let kernel =
      stem == "cka"
      ? "linear"
      : "Gaussian with a width of \(stem.dropFirst("cka-rbf-".count)) of the median distance"
    self.init(
      "Centred kernel alignment",
      "centred kernel alignment, \(kernel)\(isDebiased ? ", without its bias" : "")"
        + (given == 0
          ? "" : ", dissimilarities that were given taken for squared Euclidean distances"),
      isDebiased
        ? "Unrelated stages are about 0, however many units they have."
        : "It goes to 1 for unrelated stages with many units and few stimuli; cka-debiased does not.",
      .Kornblith2019)
    if isDebiased {
      self = MeasureDescription(
        title, formula, caution, .Kornblith2019, .MurphyZylberbergFyshe2024)
    }
  }

  private init(procrustes name: String) {
    let what =
      switch name {
      case "procrustes-angle": "the angle between both after"
      case "procrustes-similarity": "the sum of singular values that is left by"
      default: "the distance of both after"
      }
    self.init(
      "Procrustes", "\(what) the best rotation of one onto the other",
      "Unrelated stages come nearer the more units there are.", .Williams2021)
  }

  private init(matching name: String) {
    switch name {
    case "semi-matching":
      self.init(
        "Semi-matching", "the mean correlation of each source unit with its best target unit",
        "It grows with the number of units of the target.", .KhoslaWilliams2024)
    case "soft-matching":
      self.init(
        "Soft matching", "the mean correlation of units matched one to one by optimal transport",
        "It grows with the number of units, the less the more stimuli there are.",
        .KhoslaWilliams2024)
    case "ridge":
      self.init(
        "Ridge regression",
        "the mean correlation of held-out responses with their cross-validated linear prediction",
        "A wide target predicts better by its width alone.")
    case _ where name.hasPrefix("partial-soft-matching"):
      self.init(
        "Partial soft matching",
        "the mean correlation of units matched by optimal transport that may leave the worst out",
        "It grows with the number of units, the less the more stimuli there are.",
        .KapoorWilliamsKhosla2026)
    default: self.init(name, "the measure \(name)", "")
    }
  }
}
