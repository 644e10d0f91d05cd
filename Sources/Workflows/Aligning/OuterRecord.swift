internal import ChiasmAlignment
internal import ChiasmLinearAlgebra

/// The outer problem in the settings of `alignment.json`.
struct OuterSettingsRecord: Codable, Equatable {
  /// `balanced`, `unbalanced`, `partial` or `auto`.
  let problem: String
  let penalty: Double?
  let mass: Double?
  let stage_weights: String

  init(_ settings: OuterSettings) {
    problem = settings.kind.rawValue
    penalty = settings.penalty
    mass = settings.mass
    stage_weights = settings.stageWeights.rawValue
  }
}

/// One solution of an outer problem in `alignment.json`.
struct OuterRecord: Codable, Equatable {
  /// `balanced`, `unbalanced` or `partial`.
  let problem: String
  /// Of an unbalanced problem; null for the others.
  let penalty: Double?
  /// The whole mass that is moved.
  let mass: Double?
  /// ⟨C, P⟩.
  let cost: Double?
  /// Only of solutions that were cross-validated: the mean held-out correlation of matched units, how
  /// much less that is than the best of the path, and the standard error of the difference.
  let criterion: Double?
  let shortfall: Double?
  let shortfall_se: Double?
  let source_mass: [Double?]
  let target_mass: [Double?]
  let share: [[Double?]]

  init(_ path: OuterPath, point number: Int) {
    let point = path.points[number]
    let coupling = point.coupling
    problem = coupling.problem.name
    penalty = coupling.problem.targetPenalty?.finite
    mass = coupling.sourceMasses.reduce(0, +).finite
    cost = coupling.cost.finite
    criterion = point.criterion.finite
    shortfall = path.shortfalls[number].mean.finite
    shortfall_se = path.shortfalls[number].error.finite
    source_mass = coupling.sourceMasses.map(\.finite)
    target_mass = coupling.targetMasses.map(\.finite)
    share = rows(coupling.shares) { $0.finite }
  }
}

extension OuterProblem {
  /// The kind of problem, as options name it.
  var name: String {
    switch self {
    case .balanced: "balanced"
    case .unbalanced: "unbalanced"
    case .partial: "partial"
    }
  }
}
