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
    let methods = [
      Level("hot", "HOT", "the prediction that the coupling makes"),
      Level("perm-p", "Perm-P", "the {sources}' couplings shuffled"),
      Level("single-best", "Single-Best", "only the {target} with the greatest share"),
      Level("pairwise-best", "Pairwise-Best", "only the {target} of least cost"),
      Level("perm-layers", "Perm-Layers", "the {targets} of the coupling in other orders"),
      Level("uniform-p", "Uniform-P", "all {targets} alike"),
      Level("entropy-p", "Entropy-P", "each {source}'s shares given to {targets} at random"),
      Level("global", "Global OT", "one transport between all units, without stages"),
      Level("ridge", "Ridge", "ridge regression on the units of all {targets}"),
    ]
    return methods
      + methods.map {
        Level(
          $0.name + "-matched", $0.title + ", matched",
          $0.meaning + ", by the correlation of matched pairs")
      }
  }()
}
