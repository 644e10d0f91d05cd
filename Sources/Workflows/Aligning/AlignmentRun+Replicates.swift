internal import ChiasmResults
internal import ChiasmAlignment
internal import ChiasmStatistics

extension AlignmentRun {
  /// How far the replicates are, for a progress line.
  public struct ReplicateProgress: Equatable, Sendable {
    /// Replicates done, by this run and by earlier ones that it goes on with.
    public let done: Int
    /// Replicates that earlier runs had done.
    public let doneBefore: Int
    /// Replicates in all: permutations, bootstrap samples and what these need for their intervals.
    public let count: Int
    /// How far the kind is that is worked on, in the words of the options: `12 of 1000 permutations`.
    public let words: String
  }

  /// The first line of a journal: everything that the value of a replicate depends on, which are the
  /// settings (`AlignmentSettings.replicateIdentity`), the content of the inputs and the splits. The
  /// number after `replicates` is raised when a value comes to mean something else by the same name.
  func journalOwner(
    _ provenance: Provenance, statistics: [AlignmentStatistic]
  ) throws -> String {
    var parts = [
      try settings.replicateIdentity(), "\(method.outer)", "\(statistics)",
      "\(ReplicateFits.groupCount)",
    ]
    parts += provenance.inputs.map(\.sha256)
    parts += splits.flatMap { [$0.name, "\($0.training)", "\($0.heldOut)"] }
    let print = fingerprint(parts.joined(separator: "\u{0}").utf8)
    return "\(Software.name) \(Software.version) replicates 2 \(String(print, radix: 16))"
  }
}
