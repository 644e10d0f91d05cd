public import ChiasmImaging
internal import ChiasmStatistics
public import ChiasmAlignment
public import ChiasmFiles
internal import ChiasmLinearAlgebra
public import ChiasmResponses
public import ChiasmResults
internal import ChiasmTables
internal import ChiasmTransport

/// A finished alignment with the fits behind its result, before it is written.
public struct FinishedAlignment: Sendable {
  /// What was found.
  public let result: AlignmentResult
  /// Every split, fitted and judged.
  public let splits: [SplitAlignment]
  /// What nulls and resampled stimuli say, with their draws.
  public let evidence: AlignmentEvidence
  /// Which stimuli the two sets have in common.
  public let overlap: StimulusOverlap
  /// Where the source's units lie in the brain; nil when the source is not a brain.
  public let recording: Masker?
  /// The noise ceilings that scores are normalised by; nil when none were asked for.
  public let ceilings: AlignmentCeilings?
  /// For each stage the columns of its file that were used (`--max-units` draws some).
  let unitNumbers: (source: [[Int]], target: [[Int]])

  /// Writes the alignment into a new folder.
  ///
  /// - Parameters:
  ///   - tables: comma-separated, or tab-separated as BIDS has them.
  ///   - withPlans: whether the unit plans are written, a file a pair of stages.
  public func write(
    to folder: OutputFolder, tables format: TableFormat = .csv, withPlans: Bool = false
  ) throws(WorkflowError) {
    do {
      for table in result.tables { try table.write(to: folder, as: format) }
      try splitTable.write(to: folder, as: .tsv)
      let replicates = replicates
      if !replicates.isEmpty {
        try NumpyArchive.write(replicates, to: folder.path(for: "replicates.npz"))
      }
      try JSONFile.write(result, to: folder.path(for: AlignmentResult.fileName))
      if let recording { try AlignmentMaps(self, recording).write(to: folder) }
      if withPlans { try writePlans(to: folder) }
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension FinishedAlignment {
  /// For every stimulus and split `train`, `test` or `n/a`, as `--splits-file` reads them.
  private var splitTable: ResultTable {
    var roles = [[String]](
      repeating: [String](repeating: "n/a", count: splits.count), count: overlap.common.count)
    for (column, split) in splits.map(\.fit.split).enumerated() {
      for stimulus in split.training { roles[stimulus][column] = "train" }
      for stimulus in split.heldOut { roles[stimulus][column] = "test" }
    }
    let levels = [
      Quantity.Level("train", "train", "The split trains on the stimulus"),
      Quantity.Level("test", "test", "The split holds the stimulus out"),
    ]
    return ResultTable(
      "splits", "A row for each stimulus",
      quantities: [Quantity("stimulus_id", "stimulus", "The name of the stimulus", .text)]
        + splits.map { split in
          Quantity(
            split.fit.split.name, split.fit.split.name,
            "What the split does with the stimulus; n/a where it leaves it out", .text,
            levels: levels)
        },
      rows: zip(overlap.common, roles).map { stimulus, roles in
        ([stimulus] + roles).map { .text($0) }
      })
  }

  /// The draws, an array a kind, rows draws and columns statistics, whose names stand in a second array:
  /// `share/V1/layer1` and so on. A slash or a backslash in a stage's name has a backslash before it.
  private var replicates: [(name: String, array: NumpyArray)] {
    let (all, some) = (evidence.observed.list, evidence.layerStatistics)
    let scores = Array(some.prefix(evidence.scoreDraws.draws.first?.count ?? 0))
    let kinds = [
      ("stimulus_permutation", evidence.permutations, all),
      ("layer_permutation", evidence.layerPermutations, some),
      ("bootstrap", evidence.bootstraps, all), ("jackknife", evidence.jackknife, all),
      ("random_maps", evidence.randomMaps.draws, RandomMaps.statistics),
      ("fixed_fits", evidence.scoreDraws.draws, scores),
      ("fixed_fits_jackknife", evidence.scoreDraws.jackknife, scores),
    ]
    return kinds.filter { !$0.1.isEmpty }.flatMap { name, rows, statistics in
      [
        (
          name,
          NumpyArray(
            shape: [rows.count, statistics.count], elements: .float64(rows.flatMap(\.self)))
        ),
        (
          name + "_columns",
          NumpyArray(shape: [statistics.count], elements: .strings(statistics.map(label)))
        ),
      ]
    }
  }

  private func label(_ statistic: AlignmentStatistic) -> String {
    let names =
      [statistic.source.map { result.source.stages[$0] }]
      + [statistic.target.map { result.target.stages[$0] }]
    let escaped = names.compactMap(\.self).map { name in
      name.reduce(into: "") { $0 += $1 == "/" || $1 == "\\" ? "\\\($1)" : "\($1)" }
    }
    return ([statistic.name] + escaped).joined(separator: "/")
  }

  /// `plans/A__b.npz`: the mean of Q over splits; rows and columns are the units of the files.
  ///
  /// A unit that was not used (left out by `--max-units`, or without variance) has no mass.
  private func writePlans(to folder: OutputFolder) throws {
    for (row, source) in result.source.stages.enumerated() {
      for (column, target) in result.target.stages.enumerated() {
        let name = StageFileName.pair(source, target)
        try meanPlan(row, column).write(to: folder.path(for: "plans/\(name).npz"))
      }
    }
  }

  private func meanPlan(_ row: Int, _ column: Int) -> CompressedSparseRows {
    var entries: [TransportPlan.Entry] = []
    for split in splits {
      let sources = split.fit.source[row].unitColumns.map { unitNumbers.source[row][$0] }
      let targets = split.fit.target[column].unitColumns.map { unitNumbers.target[column][$0] }
      entries += split.fit.match(row, column).plan.entries.map {
        TransportPlan.Entry(
          row: sources[$0.row], column: targets[$0.column],
          mass: $0.mass / Double(splits.count))
      }
    }
    let plan = TransportPlan(
      rowCount: result.source.units[row], columnCount: result.target.units[column],
      entries: Self.merged(entries))
    return CompressedSparseRows(plan)
  }

  /// One entry a place.
  private static func merged(_ entries: [TransportPlan.Entry]) -> [TransportPlan.Entry] {
    let ordered = entries.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    return ordered.reduce(into: []) { merged, entry in
      if let last = merged.last, (last.row, last.column) == (entry.row, entry.column) {
        merged[merged.count - 1].mass += entry.mass
      } else {
        merged.append(entry)
      }
    }
  }

  /// The mean over splits of every unit's held-out score, in the order of the stage's units; NaN for
  /// a unit that has a score in no split.
  var unitScores: [[Double]] {
    unitNumbers.source.indices.map { stage in
      var sums = [Double](repeating: 0, count: unitNumbers.source[stage].count)
      var counts = [Int](repeating: 0, count: sums.count)
      for split in splits {
        for (unit, score) in zip(split.fit.source[stage].unitColumns, split.unitScores[stage])
        where !score.isNaN {
          sums[unit] += score
          counts[unit] += 1
        }
      }
      return zip(sums, counts).map { $1 == 0 ? .nan : $0 / Double($1) }
    }
  }
}
