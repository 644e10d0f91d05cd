internal import Foundation
public import ChiasmAlignment
public import ChiasmResponses
internal import ChiasmStatistics

/// A finished alignment, before it is written.
public struct AlignmentResult: Sendable {
  /// How it was made.
  public let settings: AlignmentSettings
  /// Which stimuli the two sets had in common.
  public let overlap: StimulusOverlap
  /// Every split, fitted and judged.
  public let splits: [SplitAlignment]
  /// What the splits say together.
  public let summary: CouplingSummary
  /// What nulls and resampled stimuli say of it.
  public let evidence: AlignmentEvidence
  /// Where the source's units lie in the brain; nil when the source is not a brain.
  public let recording: RecordedUnits?
  /// The noise ceilings that scores are normalised by; nil when none were asked for.
  public let ceilings: AlignmentCeilings?
  /// For each stage of the source, the columns of its file that were used (`--max-units` draws some).
  let sourceUnitNumbers: [[Int]]
  /// The same of the target.
  let targetUnitNumbers: [[Int]]
  /// The units in the file of each stage, of the source and of the target.
  let fileUnitCounts: (source: [Int], target: [Int])
  /// The rows in the files of each set that were averaged with others of their stimulus.
  let averagedRepeats: (source: Int, target: Int)
  /// How the result was made.
  public let provenance: Provenance

  /// The names of the source stages.
  public var sourceNames: [String] { splits[0].fit.source.map(\.name) }
  /// The names of the target stages.
  public var targetNames: [String] { splits[0].fit.target.map(\.name) }
  /// The names of the methods, in the order of the result files.
  public var methodNames: [String] { splits[0].scores.map(\.method) }
}

extension AlignmentResult {
  /// The score, the worst proof and, unless they are balanced, the problems between stages and between
  /// units, a line each.
  public var headline: String {
    let score = Spread(scores(of: "hot").map(\.score))
    let proof = AlignmentRecord.Proof(splits.flatMap(\.certificates))
    func number(_ value: Double?, _ digits: Int) -> String {
      value.map { String(format: "%.\(digits)f", $0) } ?? "n/a"
    }
    let worst = [proof.worst_primal_violation, proof.worst_dual_violation, proof.worst_gap]
      .map { $0.map { String(format: "%.1e", $0) } ?? "n/a" }
    let normalized =
      ceilings.map { _ in
        ", normalised \(number(normalizedScores(of: "hot").last?.last?.finite, 4))"
      } ?? ""
    return "HOT score \(number(score.mean.finite, 4)) (SD over \(splits.count) splits "
      + "\(number(score.deviation.finite, 4)))\(normalized), cost \(number(summary.cost.mean.finite, 4)).\n"
      + "\(proof.solves) transport problems; worst marginal error \(worst[0]), dual violation "
      + "\(worst[1]), gap \(worst[2])."
      + [outerLine, innerLine].compactMap { $0.map { "\n" + $0 } }.joined()
  }
}
