internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

extension AlignmentTables {
  /// `outer_path`: a row for each split, outer problem and pair of stages; nil when only the balanced
  /// problem was solved.
  var outerPath: Table? {
    let paths = result.splits.compactMap { split in
      split.fit.outerPath.map { (split.fit.split.name, $0) }
    }
    guard !paths.isEmpty else { return nil }
    return Table(
      columns: [
        "split", "problem", "penalty", "mass", "chosen", "cost", "criterion", "shortfall",
        "shortfall_se", "source_stage", "source_mass", "target_stage", "target_mass", "pair_mass",
        "share",
      ],
      rows: paths.flatMap { name, path in
        path.points.indices.flatMap { rows(path, point: $0, split: name) }
      })
  }

  private func rows(_ path: OuterPath, point number: Int, split: String) -> [[String]] {
    let point = path.points[number]
    let coupling = point.coupling
    let (sources, targets) = (coupling.sourceMasses, coupling.targetMasses)
    let shares = coupling.shares
    let head =
      [split, coupling.problem.name]
      + [coupling.problem.targetPenalty ?? .nan, sources.reduce(0, +)].map(delimiter.text)
      + [number == path.chosen ? "yes" : "no"]
      + [
        coupling.cost, point.criterion, path.shortfalls[number].mean,
        path.shortfalls[number].error,
      ].map(delimiter.text)
    return result.sourceNames.enumerated().flatMap { row, source in
      result.targetNames.enumerated().map { column, target in
        head + [source, delimiter.text(sources[row]), target]
          + [targets[column], coupling.masses[row, column], shares[row, column]]
          .map(delimiter.text)
      }
    }
  }
}
