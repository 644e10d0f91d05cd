import ChiasmResponses
import ChiasmFiles
import Foundation
import ChiasmImaging
import TestSupport

@testable import ChiasmResults
@testable import ChiasmWorkflows

/// A folder with a small recording: images, label images and tables that tests write.
struct RecordingFolder {
  let url: URL

  /// 4 × 3 × 2 voxels, sheared so that no two coordinates can be mistaken for each other.
  static let grid = Grid(
    shape: [4, 3, 2],
    affine: Affine(rows: [[2, 0, 0.5, -10], [0, 2.5, 0, 4], [0.25, 0, 3, -7]]))

  static var voxelCount: Int { grid.voxelCount }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes an image of one or more volumes.
  @discardableResult
  func image(
    _ name: String, _ volumes: [[Double]], on grid: Grid = Self.grid,
    datatype: NIfTIDatatype = .float32, slope: Double = 1, intercept: Double = 0
  ) throws -> String {
    var writer = try NIfTIWriter(
      path: path(name), like: NIfTIHeader(grid: grid),
      volumeCount: volumes.count == 1 ? nil : volumes.count, datatype: datatype, slope: slope,
      intercept: intercept)
    for volume in volumes { try writer.write(volume) }
    try writer.commit()
    return path(name)
  }

  /// Writes a label image on the grid.
  @discardableResult
  func labels(_ name: String, _ labels: [Int32], on grid: Grid = Self.grid) throws -> String {
    try NIfTIWriter.write(
      LabelImage(grid: grid, labels: labels), to: path(name), like: NIfTIHeader(grid: grid))
    return path(name)
  }

  /// Writes a mask of some voxels.
  @discardableResult
  func mask(_ name: String, _ voxels: some Collection<Int>) throws -> String {
    try labels(name, (0..<Self.voxelCount).map { voxels.contains($0) ? 1 : 0 })
  }

  /// Writes lines of text; spaces become tabs.
  @discardableResult
  func table(_ name: String, _ lines: [String]) throws -> String {
    let text = lines.map { $0.replacing(" ", with: "\t") + "\n" }.joined()
    try Data(text.utf8).write(to: url.appending(path: name))
    return path(name)
  }

  /// A trial table of one session: a row for each stimulus.
  @discardableResult
  func trials(_ stimuli: [String], session: String = "1") throws -> String {
    try table(
      "trials.tsv",
      ["session trial stimulus_id"]
        + stimuli.enumerated().map { "\(session) \($0 + 1) \($1)" })
  }
}

extension RecordingFolder {
  /// Settings with regions that are masks.
  func settings(
    _ images: [String], _ trials: [String], masks: [String] = [], atlases: [String] = [],
    merges: [String] = []
  ) -> ExtractionSettings {
    var regions = RegionRequest()
    (regions.masks, regions.atlases, regions.merges) = (masks, atlases, merges)
    return ExtractionSettings(images: images, trials: trials, regions: regions)
  }

  func extract(_ settings: ExtractionSettings) throws -> Extraction {
    try ExtractionRun(settings).run(command: "chiasm extract")
  }

  /// Extracts and writes, and returns the folder of the response set.
  @discardableResult
  func write(_ settings: ExtractionSettings, to name: String = "brain") throws -> String {
    let folder = try OutputFolder(path: path(name))
    try extract(settings).write(to: folder)
    try folder.commit()
    return path(name)
  }

  /// The matrix of a stage that was written, row by row.
  func matrix(_ name: String) throws -> [[Float]] {
    let array = try NumpyArray(path: path(name))
    let values = try array.floats()
    return (0..<array.shape[0]).map { row in
      Array(values[row * array.shape[1]..<(row + 1) * array.shape[1]])
    }
  }
}

/// Calls `body` with a new folder and removes it afterwards.
func withRecording(_ body: (RecordingFolder) throws -> Void) throws {
  try withTemporaryFolder { try body(RecordingFolder(url: $0)) }
}
