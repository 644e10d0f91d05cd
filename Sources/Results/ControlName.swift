public import ChiasmAlignment

/// The methods that can be asked for, in the order of the result files.
public enum ControlName: String, Codable, Sendable, CaseIterable {
  case hot
  case permP = "perm-p"
  case singleBest = "single-best"
  case pairwiseBest = "pairwise-best"
  case uniformP = "uniform-p"
  case entropyP = "entropy-p"
  case global
  case ridge

  /// Those that cost next to nothing beside HOT itself: they mix its predictions in other ways.
  public static let mixtures = allCases.filter { $0 != .global && $0 != .ridge }

  /// The control by this name.
  public func control(_ settings: AlignmentSettings) -> any Control {
    switch self {
    case .hot: CoupledStages()
    case .permP: PermutedCoupling(count: settings.controlDrawCount, seed: settings.seed)
    case .singleBest: SingleBestStage()
    case .pairwiseBest: CheapestStage()
    case .uniformP: UniformCoupling()
    case .entropyP: ShuffledShares(count: settings.controlDrawCount, seed: settings.seed)
    case .global: GlobalTransport(seed: settings.seed)
    case .ridge: ConcatenatedRidge(seed: settings.seed)
    }
  }
}
