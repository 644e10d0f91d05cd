import ChiasmFiles
import ChiasmLinearAlgebra

@testable import ChiasmResults
@testable import ChiasmWorkflows

extension ResponseFolder {
  /// Settings for a brain of two stages and a model of three.
  func comparison(_ measures: [String]) throws -> ComparisonSettings {
    let small = try smallSettings()
    var settings = ComparisonSettings(source: small.source, target: small.target)
    settings.measures = measures
    return settings
  }

  /// Compares and writes; the results are in the folder `name`.
  @discardableResult
  func compare(
    _ settings: ComparisonSettings, to name: String = "compared",
    tables: TableFormat = .csv, threads: Int = 2, journal: String? = nil,
    progress: @escaping (ComparisonRun.Progress) -> Void = { _ in }
  ) async throws -> MeasuresResult {
    let result = try await ComparisonRun(settings).run(
      command: "chiasm compare", threads: threads, journal: journal, progress: progress)
    let output = try OutputFolder(path: path(name))
    try result.write(to: output, tables: tables)
    try output.commit()
    return result
  }

  /// What every measure says, with its draws.
  func measured(_ settings: ComparisonSettings) async throws -> [MeasuredPairs] {
    try await ComparisonRun(settings).measured(threads: 2)
  }

  /// The responses of a stage, read apart from the code under test; its stimuli are in order.
  func responses(_ name: String) throws -> Matrix<Float> {
    let array = try NumpyArray(path: path(name + ".npy"))
    return Matrix(
      rowCount: array.shape[0], columnCount: array.shape[1], elements: try array.floats())
  }
}

extension ComparisonRun {
  /// Reads what the settings name, as the command does.
  init(_ settings: ComparisonSettings) throws(WorkflowError) {
    try self.init(ComparisonInput(reading: settings), settings)
  }
}
