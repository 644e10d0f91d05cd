import ChiasmResponses
import ChiasmFiles
import Foundation
import ChiasmImaging
import TestSupport
import Testing

/// A folder with everything that the commands need, in small: recordings, regions, a model.
struct Study {
  let folder: URL
  var program: Program { Program(folder: folder) }

  static let stimuli = (0..<20).map { "s\($0 + 10)" }
  static let grid = Grid(
    shape: [4, 3, 2], affine: Affine(rows: [[2, 0, 0, 1], [0, 2, 0, 2], [0, 0, 2, 3]]))

  /// The command that extracts two regions into `brain`.
  static let extract = [
    "extract", "--image", "bold.nii.gz", "--trials", "trials.tsv", "--roi", "V1=V1.nii.gz",
    "V2=V2.nii.gz", "--output",
  ]

  /// The command that aligns `brain` with `model`.
  static let align = ["align", "--source", "brain", "--target", "model", "--output"]

  /// The command that compares `brain` with `model`.
  static let compare = ["compare", "--source", "brain", "--target", "model", "--output"]

  /// Writes the inputs.
  func prepare() throws {
    try image("bold.nii.gz", (0..<20).map { volume in Self.numbers(24, seed: volume) })
    try image("V1.nii.gz", [(0..<24).map { $0 < 9 ? 1 : 0 }])
    try image("V2.nii.gz", [(0..<24).map { $0 > 13 ? 1 : 0 }])
    try text("trials.tsv", ["stimulus_id"] + Self.stimuli)
    try set("brain", [("V1", 9), ("V2", 10)], seed: 100)
    try set("model", [("a", 8), ("b", 11), ("c", 5)], seed: 200)
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Names in the folder, hidden ones too.
  func names(_ name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
  }

  func text(_ name: String, _ lines: [String]) throws {
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: folder.appending(path: name))
  }

  func image(_ name: String, _ volumes: [[Double]], on grid: Grid = grid) throws {
    try NIfTIWriter.write(
      volumes, to: path(name), like: NIfTIHeader(grid: grid), datatype: .int16, replacing: true)
  }

  func set(
    _ name: String, _ stages: [(String, Int)], stimuli: [String] = stimuli, seed: Int
  ) throws {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try text("\(name)/stimuli.tsv", ["stimulus_id"] + stimuli)
    try text("\(name)/stages.tsv", ["name\tfile"] + stages.map { "\($0.0)\t\($0.0).npy" })
    for (number, (stage, units)) in stages.enumerated() {
      let values = Self.numbers(stimuli.count * units, seed: seed + number).map { Float($0) }
      try NumpyArray(shape: [stimuli.count, units], elements: .float32(values))
        .write(to: path("\(name)/\(stage).npy"), replacing: true)
    }
  }

  /// Whole numbers from -500 to 499 that look random and are the same on every machine.
  static func numbers(_ count: Int, seed: Int) -> [Double] {
    var state = UInt64(seed + 1) &* 0x9E37_79B9_7F4A_7C15
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33 % 1000) - 500
    }
  }
}

/// Calls `body` with a prepared study and removes it afterwards.
func withStudy(_ body: (Study) throws -> Void) throws {
  try withTemporaryFolder { folder in
    let study = Study(folder: folder)
    try study.prepare()
    try body(study)
  }
}
