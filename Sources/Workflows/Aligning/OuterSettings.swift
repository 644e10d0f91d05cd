internal import ChiasmAlignment
internal import ChiasmResponses
internal import ChiasmResults
internal import ChiasmStatistics

extension OuterSettings {
  /// Throws `WorkflowError.setting` for numbers that are out of range, missing or of no use.
  func check() throws(WorkflowError) {
    try Self.check(
      "The outer penalty", penalty, isNeeded: kind == .unbalanced, by: .unbalanced,
      expected: "from 0.000001 to 1,000,000", Self.penaltyRange.contains)
    try Self.check(
      "The outer mass", mass, isNeeded: kind == .partial, by: .partial,
      expected: "above 0 and at most 1"
    ) { $0 > 0 && $0 <= 1 }
  }

  private static func check(
    _ name: String, _ value: Double?, isNeeded: Bool, by kind: Kind, expected: String,
    _ isAllowed: (Double) -> Bool
  ) throws(WorkflowError) {
    switch (value, isNeeded) {
    case (nil, true):
      throw .setting(
        name: name, expected: "\(expected) with --outer \(kind.rawValue)", actual: "missing")
    case (.some, false):
      throw .setting(
        name: name, expected: "left out without --outer \(kind.rawValue)", actual: "given")
    case (let value?, true) where !isAllowed(value):
      throw .setting(name: name, expected: expected, actual: "\(value)")
    default: return
    }
  }

  /// The problem for `align`, which has been checked.
  func transport(seed: UInt64, sourceWeights: [Double]?) -> OuterTransport {
    switch (kind, penalty, mass) {
    case (.automatic, _, _): OuterTransport(seed: seed, sourceWeights: sourceWeights)
    case (.unbalanced, let penalty?, _):
      OuterTransport(.unbalanced(targetPenalty: penalty), sourceWeights: sourceWeights)
    case (.partial, _, let mass?):
      OuterTransport(.partial(mass: mass), sourceWeights: sourceWeights)
    default: OuterTransport(.balanced, sourceWeights: sourceWeights)
    }
  }

  /// What the stages of the source weigh; nil for all the same.
  ///
  /// - Parameters:
  ///   - ceilings: of each stage the noise ceilings of its units; empty where there are none.
  ///   - unitLimit: the most units of a stage that are used.
  /// - Throws: for a stage whose noise ceilings say nothing, or are 0.
  func weights(
    of stages: [Stage], ceilings: [[Double]?], unitLimit: Int?
  ) throws(WorkflowError) -> [Double]? {
    switch stageWeights {
    case .uniform: return nil
    case .units: return stages.map { Double(min($0.unitCount, unitLimit ?? .max)) }
    case .reliability:
      var weights: [Double] = []
      for (number, stage) in stages.enumerated() {
        let known = ((ceilings.isEmpty ? nil : ceilings[number]) ?? []).filter { !$0.isNaN }
        let mean = Spread(known).mean
        guard mean > 0 else {
          throw .setting(
            name: "The reliability of stage \(stage.name)",
            expected: "above 0 for --stage-weights reliability",
            actual: known.isEmpty ? "not known for any unit" : "0")
        }
        weights.append(mean)
      }
      return weights
    }
  }
}
