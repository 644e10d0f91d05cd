public import ChiasmFiles
public import ChiasmReporting
public import ChiasmResults

extension MeasuresResult {
  /// Writes the comparison into a new folder.
  ///
  /// - Parameter format: tables are comma-separated, or tab-separated as BIDS has them.
  public func write(
    to folder: OutputFolder, tables format: TableFormat = .csv
  ) throws(WorkflowError) {
    do {
      for table in tables { try table.write(to: folder, as: format) }
      try JSONFile.write(self, to: folder.path(for: Self.fileName))
    } catch {
      throw WorkflowError(error)
    }
  }

  /// Which target stage each measure prefers for each source stage, for the terminal.
  public var summary: Report { Report(sections: preferences) }
}
