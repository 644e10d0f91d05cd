internal import ChiasmAlignment
internal import ChiasmStatistics
public import ChiasmTables

/// What several tables say.
extension Quantity {
  /// A stage of the source; `mean` stands for the mean over all of them.
  public static let sourceStage = Quantity(
    "source_stage", "{source}", "The {source}; mean stands for the mean over {sources}", .text)

  /// A stage of the target.
  public static let targetStage = Quantity("target_stage", "{target}", "The {target}", .text)

  /// A split; `mean` stands for the mean over splits.
  public static let split = Quantity(
    "split", "split", "The split; mean stands for the mean over splits", .text)

  /// What an interval's ends are.
  public static let intervalMethod = Quantity(
    "interval_method", "ends", "What the ends of the interval are", .text,
    levels: [
      .init("bca", "BCa", "Bias-corrected and accelerated"),
      .init("percentile", "percentile", "Percentiles of the draws"),
    ])

  /// Whether a solution is the one that was taken.
  static let chosen = Quantity(
    "chosen", "chosen", "Whether it is the one that was taken", .text,
    levels: [.init("yes", "yes", "It was taken"), .init("no", "no", "It was not")])

  /// What is exchanged at random under a null.
  public static let null = Quantity(
    "null", "null", "What is exchanged at random", .text,
    levels: [
      .init(
        "stimulus-permutation", "permuted stimuli",
        "The target's stimuli in random order, everything fitted anew"),
      .init(
        "layer-permutation", "other orders",
        "The {targets} of the coupling in other orders, the fits kept"),
      .init(
        "random-maps", "random maps",
        "The costs of each {source} at a random place among the {targets}, the coupling fitted "
          + "anew"),
    ])

  /// A statistic of an alignment.
  public static let statistic = Quantity(
    "statistic", "statistic", "What is tested or estimated", .text,
    levels: [
      .init("score", "held-out score", "The held-out score of HOT"),
      .init(
        "spearman", "Spearman's ρ", "Between the order of the {sources} and their expected depths"),
      .init("kendall", "Kendall's τ-b", "Between the same"),
      .init(
        "near_diagonal_mass", "mass near the diagonal", "The mass within one step of the diagonal"),
      .init("cost", "cost", "The cost of the coupling, or of a pair"),
      .init(
        "expected_depth", "expected depth", "The mean place of the {source} among the {targets}"),
      .init("share", "coupling share", "The share of the pair"),
    ])

  /// A method that predicts held-out stimuli.
  public static let method = Quantity(
    "method", "method", "The method", .text, levels: methodLevels)

  private static let methodLevels: [Level] = {
    let all = ControlDescription.all
    let matched = all.compactMap {
      ControlDescription(method: $0.name + ControlDescription.matchedSuffix)
    }
    return all.map { Level($0.name, $0.title, $0.meaning) }
      + matched.map {
        Level($0.name, $0.title, $0.meaning + ", by the correlation of matched pairs")
      }
  }()
}
