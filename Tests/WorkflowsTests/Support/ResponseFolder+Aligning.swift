import ChiasmFiles
import Foundation

@testable import ChiasmResults
@testable import ChiasmWorkflows

extension ResponseFolder {
  /// Settings for a brain of two stages and a model of three, of which `b` is called awkwardly.
  func smallSettings() throws -> AlignmentSettings {
    let source = try set("brain", [("V1", 4), ("V2", 3)], seed: 1)
    let target = try set("model", [("a", 5), ("b, \"deep\"/1", 3), ("c", 2)], seed: 2)
    var settings = AlignmentSettings(source: source, target: target)
    settings.splitCount = 3
    return settings
  }

  /// Aligns and writes; the results are in the folder `name`.
  @discardableResult
  func align(
    _ settings: AlignmentSettings, to name: String = "out",
    tables: TableFormat = .csv, withPlans: Bool = false, threads: Int = 2
  ) async throws -> FinishedAlignment {
    let result = try await AlignmentRun(settings).run(command: "chiasm align", threads: threads)
    let output = try OutputFolder(path: path(name))
    try result.write(to: output, tables: tables, withPlans: withPlans)
    try output.commit()
    return result
  }

  func record(_ name: String = "out") throws -> AlignmentResult {
    try JSONFile.read(AlignmentResult.self, from: path("\(name)/alignment.json"))
  }

  /// The rows of a result table, each as a dictionary by column.
  func rows(_ name: String) throws -> [[String: String]] {
    let table = try Table(path: path(name))
    return table.rows.map { Dictionary(uniqueKeysWithValues: zip(table.columns, $0)) }
  }
}

extension AlignmentRun {
  /// Reads what the settings name, as the command does.
  init(_ settings: AlignmentSettings) throws(WorkflowError) {
    try self.init(AlignmentInput(reading: settings), settings)
  }
}
