internal import Alignment
internal import Statistics

extension AlignmentRun {
  /// How far the replicates are, for a progress line.
  public struct ReplicateProgress: Equatable, Sendable {
    /// Replicates done, by this run and by earlier ones that it goes on with.
    public let done: Int
    /// Replicates that earlier runs had done.
    public let doneBefore: Int
    /// Replicates in all.
    public let count: Int
  }

  /// The first line of a journal: everything that the value of a replicate depends on.
  ///
  /// How many replicates were asked for is not among it: replicate k is the same of any number. The
  /// number after `replicates` is raised when a value comes to mean something else by the same name.
  func journalOwner(_ provenance: Provenance, statistics: [AlignmentStatistic]) -> String {
    var parts = [
      "\(settings.seed)", settings.solver.rawValue, settings.maximumUnits.map { "\($0)" } ?? "all",
      "\(method.outer)", "\(statistics)", "\(ReplicateFits.groupCount)",
    ]
    // The order of the stages is that of the files.
    parts += (settings.sourceStages ?? ["all"]) + ["/"] + (settings.targetStages ?? ["all"])
    parts += provenance.inputs.map(\.sha256)
    parts += splits.flatMap { [$0.name, "\($0.training)", "\($0.heldOut)"] }
    let print = fingerprint(parts.joined(separator: "\u{0}").utf8)
    return "\(Software.name) \(Software.version) replicates 1 \(String(print, radix: 16))"
  }

  static func checkReplicates(_ settings: AlignmentSettings) throws {
    let counts = [
      ("The number of permutations", settings.stimulusPermutationCount, 0),
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
