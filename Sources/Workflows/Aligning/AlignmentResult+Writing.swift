internal import ChiasmAlignment
public import ChiasmFiles
internal import ChiasmTransport

extension AlignmentResult {
  /// Which tables are written.
  public enum TableFormat: String, Sendable, CaseIterable { case csv, tsv }

  /// Writes the alignment into a new folder.
  ///
  /// - Parameters:
  ///   - tables: comma-separated, or tab-separated as BIDS has them.
  ///   - withPlans: whether the unit plans are written, a file a pair of stages.
  public func write(
    to folder: OutputFolder, tables format: TableFormat = .csv, withPlans: Bool = false
  ) throws(WorkflowError) {
    do {
      let delimiter: Table.Delimiter = format == .csv ? .comma : .tab
      let tables = AlignmentTables(result: self, delimiter: delimiter)
      let evidence = EvidenceTables(result: self, delimiter: delimiter)
      let named = [
        ("coupling", tables.coupling), ("coupling_matrix", tables.couplingMatrix),
        ("nulls", evidence.nulls), ("intervals", evidence.intervals),
        ("scores", tables.scores), ("comparisons", tables.comparisons),
      ]
      for (name, table) in named {
        try table.write(to: folder.path(for: "\(name).\(format.rawValue)"), delimiter: delimiter)
      }
      for (name, path) in [("outer_path", tables.outerPath), ("inner_path", tables.innerPath)] {
        try path?.write(to: folder.path(for: "\(name).\(format.rawValue)"), delimiter: delimiter)
      }
      try tables.splits.write(to: folder.path(for: "splits.tsv"), delimiter: .tab)
      let replicates = evidence.replicates
      if !replicates.isEmpty {
        try NumpyArchive.write(replicates, to: folder.path(for: "replicates.npz"))
      }
      try JSONFile.write(AlignmentRecord(self), to: folder.path(for: "alignment.json"))
      if let recording { try AlignmentMaps(result: self, recording: recording).write(to: folder) }
      if withPlans { try writePlans(to: folder) }
    } catch {
      throw WorkflowError(error)
    }
  }

  /// `plans/A__b.npz`: the mean of Q over splits; rows and columns are the units of the files.
  ///
  /// A unit that was not used (left out by `--max-units`, or without variance) has no mass.
  private func writePlans(to folder: OutputFolder) throws {
    for (row, source) in sourceNames.enumerated() {
      for (column, target) in targetNames.enumerated() {
        let name = StageFileName.pair(source, target)
        try meanPlan(row, column).write(to: folder.path(for: "plans/\(name).npz"))
      }
    }
  }

  private func meanPlan(_ row: Int, _ column: Int) -> CompressedSparseRows {
    var entries: [TransportPlan.Entry] = []
    for split in splits {
      let sources = split.fit.source[row].unitColumns.map { sourceUnitNumbers[row][$0] }
      let targets = split.fit.target[column].unitColumns.map { targetUnitNumbers[column][$0] }
      entries += split.fit.match(row, column).plan.entries.map {
        TransportPlan.Entry(
          row: sources[$0.row], column: targets[$0.column],
          mass: $0.mass / Double(splits.count))
      }
    }
    let plan = TransportPlan(
      rowCount: fileUnitCounts.source[row], columnCount: fileUnitCounts.target[column],
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
}
