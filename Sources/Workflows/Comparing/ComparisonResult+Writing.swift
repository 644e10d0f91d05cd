public import ChiasmFiles
public import ChiasmReporting

extension ComparisonResult {
  /// Writes the comparison into a new folder.
  ///
  /// - Parameter format: tables are comma-separated, or tab-separated as BIDS has them.
  public func write(
    to folder: OutputFolder, tables format: AlignmentResult.TableFormat = .csv
  ) throws(WorkflowError) {
    do {
      let delimiter: Table.Delimiter = format == .csv ? .comma : .tab
      let tables = ComparisonTables(result: self, delimiter: delimiter)
      for (name, table) in [("measures", tables.measures), ("preferred", tables.preferred)] {
        try table.write(to: folder.path(for: "\(name).\(format.rawValue)"), delimiter: delimiter)
      }
      try JSONFile.write(
        ComparisonRecord(self), to: folder.path(for: ComparisonFinding.fileName))
    } catch {
      throw WorkflowError(error)
    }
  }

  /// Which target stage each measure prefers for each source stage, for the terminal.
  public var summary: Report { Report(sections: ComparisonRecord(self).preferences) }
}
