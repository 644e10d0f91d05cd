/// Units of a stage that are not used because they do not vary.
struct LeftOutUnits {
  let stage: String
  let unitCount: Int
  /// How many: a number a split, or one.
  let counts: [Int]

  /// What the user is told of all stages; nil where nothing is left out.
  static func sentence(_ stages: [LeftOutUnits], stimuli: String) -> String? {
    let parts = stages.compactMap { stage -> String? in
      guard let least = stage.counts.min(), let most = stage.counts.max(), most > 0 else {
        return nil
      }
      let count = least == most ? "\(most)" : "\(least) to \(most)"
      return "\(count) of \(stage.unitCount) in \(stage.stage)"
    }
    return parts.isEmpty
      ? nil
      : "Units that do not vary over the \(stimuli) are left out: "
        + parts.joined(separator: ", ") + "."
  }
}
