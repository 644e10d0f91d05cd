internal import ChiasmResults
internal import ChiasmAlignment
internal import ChiasmResponses

extension AlignmentRun {
  static func check(_ settings: AlignmentSettings) throws {
    if !(1...10_000).contains(settings.splitCount) {
      throw WorkflowError.setting(
        name: "The number of splits", expected: "from 1 to 10,000", actual: "\(settings.splitCount)"
      )
    }
    if let share = settings.trainingFraction, !(share > 0 && share < 1) {
      throw WorkflowError.setting(
        name: "The training fraction", expected: "between 0 and 1",
        actual: "\(share)")
    }
    if let floor = settings.ceilingFloor, !(floor > 0 && floor <= 1) {
      throw WorkflowError.setting(
        name: "The floor of noise ceilings", expected: "above 0 and at most 1",
        actual: "\(floor)")
    }
    _ = try UnitSubsample(atMost: settings.maximumUnits, seed: settings.seed)
    try checkReplicates(settings)
    try settings.outer.check()
    try checkInnerMass(settings)
  }

  private static func checkInnerMass(_ settings: AlignmentSettings) throws {
    if let unfit = settings.innerMass.unfit {
      throw WorkflowError.setting(
        name: "The inner mass", expected: "auto, or above 0 and at most 1", actual: "\(unfit)")
    }
    if settings.innerMass != .whole && settings.solver != .exact {
      throw WorkflowError.setting(
        name: "The solver", expected: "exact with an inner mass other than 1",
        actual: settings.solver.rawValue)
    }
  }

  static func check(_ source: StoredResponseSet) throws {
    if source.responses.stageNames.contains("mean") {
      throw WorkflowError.setting(
        name: "A stage of the source", expected: "called otherwise, as results call the mean so",
        actual: "called mean")
    }
  }

  static func checkReplicates(_ settings: AlignmentSettings) throws {
    let counts = [
      ("The number of permutations", settings.permutationCount, 0),
      ("The number of bootstrap samples", settings.bootstrapCount, 0),
      ("The number of layer permutations", settings.layerPermutationCount, 0),
      ("The number of draws for the score", settings.scoreDrawCount, 0),
    ]
    for (name, count, least) in counts where !(least...1_000_000).contains(count) {
      throw WorkflowError.setting(
        name: name, expected: "from \(least) to 1,000,000", actual: "\(count)")
    }
    if (1..<20).contains(settings.bootstrapCount) {
      throw WorkflowError.setting(
        name: "The number of bootstrap samples",
        expected: "0 or at least 20, for an interval needs more than a few",
        actual: "\(settings.bootstrapCount)")
    }
  }
}
