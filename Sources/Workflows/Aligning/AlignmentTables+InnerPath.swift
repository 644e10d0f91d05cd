internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmStatistics

extension AlignmentTables {
  /// `inner_path`: a row for each split, pair of stages and mass that was tried; nil when everything
  /// was matched unasked.
  var innerPath: Table? {
    let all = result.splits.map(\.fit).filter(\.isPartial).flatMap { fit in
      result.sourceNames.indices.flatMap { source in
        result.targetNames.indices.flatMap { rows(fit, source, $0) }
      }
    }
    guard !all.isEmpty else { return nil }
    return Table(
      columns: ["split", "source_stage", "target_stage", "mass", "cost", "chosen"], rows: all)
  }

  private func rows(_ fit: FittedTransport, _ source: Int, _ target: Int) -> [[String]] {
    let match = fit.match(source, target)
    return match.curve.map { point in
      [fit.split.name, result.sourceNames[source], result.targetNames[target]]
        + [point.mass, point.cost].map(delimiter.text) + [point.mass == match.mass ? "yes" : "no"]
    }
  }
}
