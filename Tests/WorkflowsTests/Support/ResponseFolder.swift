import ChiasmFiles
import Foundation
import TestSupport

@testable import ChiasmResults
@testable import ChiasmWorkflows

/// A folder in which tests write response sets by hand.
struct ResponseFolder {
  let url: URL

  static let stimuli = (0..<20).map { "s\($0 < 10 ? "0" : "")\($0)" }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes text under a name; spaces become tabs.
  @discardableResult
  func table(_ name: String, _ lines: [String]) throws -> String {
    try FileManager.default.createDirectory(
      at: url.appending(path: name).deletingLastPathComponent(), withIntermediateDirectories: true)
    let text = lines.map { $0.replacing(" ", with: "\t") + "\n" }.joined()
    try Data(text.utf8).write(to: url.appending(path: name))
    return path(name)
  }

  /// An array of sample numbers.
  static func array(_ shape: [Int], seed: UInt64 = 1) -> NumpyArray {
    var numbers = SampleNumbers(seed: seed)
    return NumpyArray(
      shape: shape, elements: .float32(numbers.row(shape.reduce(1, *)).map { Float($0) }))
  }

  /// Writes the table of stimuli of a set anew, with columns of labels that are made of the row.
  func columns(
    _ name: String, stimuli: [String] = stimuli, _ columns: KeyValuePairs<String, (Int) -> Any>
  ) throws {
    let rows = stimuli.enumerated().map { row, id in
      ([id] + columns.map { "\($0.value(row))" }).joined(separator: " ")
    }
    try table(
      "\(name)/stimuli.tsv",
      [(["stimulus_id"] + columns.map(\.key)).joined(separator: " ")] + rows)
  }

  /// Writes a set of stages, each given by its number of units; other seeds give other responses.
  @discardableResult
  func set(
    _ name: String, _ stages: [(String, Int)], stimuli: [String] = stimuli, seed: UInt64 = 1
  ) throws -> String {
    try table("\(name)/stimuli.tsv", ["stimulus_id"] + stimuli)
    for (number, (stage, units)) in stages.enumerated() {
      let stem = StageFileName.stem(stage)
      try Self.array([stimuli.count, units], seed: seed * 100 + UInt64(number))
        .write(to: path("\(name)/\(stem).npy"), replacing: true)
    }
    try Table(
      columns: ["name", "file"],
      rows: stages.map { [$0.0, StageFileName.stem($0.0) + ".npy"] }
    ).write(to: path("\(name)/stages.tsv"), replacing: true)
    return path(name)
  }
}

/// Calls `body` with a new folder and removes it afterwards.
func withResponses(_ body: (ResponseFolder) async throws -> Void) async throws {
  let url = FileManager.default.temporaryDirectory.appending(path: "chiasm-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  try await body(ResponseFolder(url: url))
}
