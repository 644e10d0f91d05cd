internal import ChiasmAlignment

extension AlignmentReading {
  /// Whether the source is a recording of a brain.
  var isBrain: Bool { maps != nil || source.recording != nil || source.extraction != nil }

  /// What one stage of the source is called.
  var sourceNoun: String { isBrain ? "region" : "source stage" }
  /// What one stage of the target is called.
  var targetNoun: String { isBrain ? "layer" : "target stage" }
  /// What one unit of the source is called.
  var unitNoun: String { isBrain ? "voxel" : "unit" }

  /// `5 splits`.
  var splitCount: String { ReportText.count(splits.count, "split") }

  /// The methods of the scores in the order of result files; `isMatched` chooses those of matched pairs.
  func methods(isMatched: Bool) -> [String] {
    let order =
      ["hot", "perm-p", "single-best", "pairwise-best", "perm-layers", "uniform-p"]
      + ["entropy-p", "global", "ridge"]
    let names = record.scores.keys.filter { $0.hasSuffix("-matched") == isMatched }.sorted()
    let known = order.map { isMatched ? $0 + "-matched" : $0 }
    return known.filter(names.contains) + names.filter { !known.contains($0) }
  }
}
