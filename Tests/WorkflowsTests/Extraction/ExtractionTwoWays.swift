import ChiasmFiles
import Foundation
import ChiasmImaging
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Extraction against a plain computation")
struct ExtractionTwoWays {
  static let first = ["b", "a", "n/a", "b", "c"]
  static let second = ["c", "b", "d", "a"]
  /// Scaled values: multiples of 0.25 from 5, which int16 with that slope holds exactly.
  static let volumes = SampleNumbers.rows(9, 24, seed: 1).map { $0.map { 0.25 * $0 + 5 } }
  static let voxels = [1, 2, 7, 13, 23]

  /// Two sessions, the second with its trials out of order, and one region.
  static func settings(_ folder: RecordingFolder) throws -> ExtractionSettings {
    let images = [
      try folder.image(
        "1.nii.gz", Array(volumes[..<5]), datatype: .int16, slope: 0.25, intercept: 5),
      try folder.image("2.nii", Array(volumes[5...]), datatype: .float64),
    ]
    let trials = try folder.table(
      "trials.tsv",
      ["trial session stimulus_id", "2 2 b", "4 2 a", "1 2 c", "3 2 d"]
        + first.enumerated().map { "\($0 + 1) 1 \($1)" })
    let mask = try folder.mask("mask.nii.gz", voxels)
    return folder.settings(images, [trials], masks: ["V1=\(mask)"])
  }

  /// For each stimulus in the order of its first showing, the volumes that show it.
  static func showings() -> [(String, [Int])] {
    let all = (first + second).enumerated().filter { $0.element != "n/a" }
    var order: [String] = []
    for (_, id) in all where !order.contains(id) { order.append(id) }
    return order.map { id in (id, all.filter { $0.element == id }.map(\.offset)) }
  }

  @Test("Repeats are averaged, slope, intercept and factor applied")
  func averages() throws {
    try withRecording { folder in
      var settings = try Self.settings(folder)
      settings.scale = 1.0 / 300
      try folder.write(settings)
      let expected = Self.showings().map { _, shown in
        Self.voxels.map { voxel in
          shown.reduce(0) { $0 + Self.volumes[$1][voxel] } / Double(shown.count) / 300
        }
      }
      try folder.expect("brain/V1.npy", holds: expected)
      let stimuli = try Table(path: folder.path("brain/stimuli.tsv"))
      #expect(stimuli.columns == ["stimulus_id", "repeats"])
      #expect(stimuli.rows == Self.showings().map { [$0.0, "\($0.1.count)"] })
    }
  }

  @Test("Kept repeats are a row each, in the order of the volumes")
  func keeps() throws {
    try withRecording { folder in
      var settings = try Self.settings(folder)
      settings.repeats = .keep
      try folder.write(settings)
      let shown = (0..<9).filter { $0 != 2 }
      let expected = shown.map { volume in Self.voxels.map { Self.volumes[volume][$0] } }
      try folder.expect("brain/V1.npy", holds: expected)
      let stimuli = try Table(path: folder.path("brain/stimuli.tsv"))
      #expect(stimuli.columns == ["stimulus_id", "session", "trial", "repeat"])
      #expect(
        stimuli.rows.map { $0.joined(separator: " ") } == [
          "b 1 1 1", "a 1 2 1", "b 1 4 2", "c 1 5 1", "c 2 1 2", "b 2 2 3", "d 2 3 1", "a 2 4 2",
        ])
    }
  }

  @Test(
    "Sessions are standardised over their volumes with a stimulus, or over all",
    arguments: [1.0, 1.0 / 300, -2.0],
    [ExtractionSettings.Standardization.session, .sessionAll])
  func standardizes(_ scale: Double, _ way: ExtractionSettings.Standardization) throws {
    try withRecording { folder in
      var settings = try Self.settings(folder)
      settings.standardization = way
      settings.scale = scale
      try folder.write(settings)
      let sign = scale < 0 ? -1.0 : 1.0
      let scores = [0..<5, 5..<9].flatMap { session in
        let counted = session.filter { way == .sessionAll || $0 != 2 }
        return session.map { volume in
          Self.voxels.map { sign * Self.score(volume: volume, voxel: $0, counted) }
        }
      }
      let expected = Self.showings().map { _, shown in
        Self.voxels.indices.map { unit in
          shown.reduce(0) { $0 + scores[$1][unit] } / Double(shown.count)
        }
      }
      try folder.expect("brain/V1.npy", holds: expected)
      let record = try JSONFile.read(
        ExtractionRecord.self, from: folder.path("brain/provenance.json"))
      #expect(record.settings.standardize == way.rawValue)
    }
  }

  private static func score(volume: Int, voxel: Int, _ session: [Int]) -> Double {
    let values = session.map { volumes[$0][voxel] }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return (volumes[volume][voxel] - mean) / variance.squareRoot()
  }

  @Test(
    "A volume marked n/a has no influence, whatever it holds",
    arguments: [ExtractionSettings.Standardization.none, .session],
    [1e7, .nan, .infinity])
  func unused(_ way: ExtractionSettings.Standardization, artefact: Double) throws {
    try withRecording { folder in
      var volumes = SampleNumbers.rows(6, 24, seed: 9)
      // Constant but for the artefact.
      for volume in 0..<6 { volumes[volume][4] = 3 }
      let mask = try folder.mask("mask.nii.gz", [1, 4, 6])
      func extract(_ volumes: [[Double]], _ ids: [String]) throws -> Extraction {
        let image = try folder.image("\(ids.count).nii.gz", volumes)
        var settings = folder.settings([image], [try folder.trials(ids)], masks: ["V1=\(mask)"])
        settings.standardization = way
        return try folder.extract(settings)
      }
      let ids = ["a", "b", "c", "b", "d", "a"]
      let clean = try extract(volumes, ids)
      let bad = [Double](repeating: artefact, count: 24)
      let marked = try extract(
        Array(volumes[..<2]) + [bad] + Array(volumes[2...]),
        Array(ids[..<2]) + ["n/a"] + Array(ids[2...]))
      #expect(marked.regions[0].verdicts == [.kept, .constant, .kept])
      #expect(marked.regions[0].verdicts == clean.regions[0].verdicts)
      #expect(marked.responses(of: marked.regions[0]) == clean.responses(of: clean.regions[0]))
    }
  }

  @Test("Many 3-D images give the same numbers as one 4-D image a session")
  func manyImages() throws {
    try withRecording { folder in
      var settings = try Self.settings(folder)
      try folder.write(settings, to: "whole")
      settings.images = try Self.volumes.enumerated().map {
        try folder.image("volume\($0).nii", [$1], datatype: .float64)
      }
      try folder.write(settings, to: "parts")
      #expect(try folder.matrix("whole/V1.npy") == folder.matrix("parts/V1.npy"))
    }
  }

  @Test("The noise ceiling follows the repeats, of which some stimuli have more")
  func noiseCeilings() throws {
    try withRecording { folder in
      var settings = try Self.settings(folder)
      var ratios = (0..<24).map { Double($0) / 8 }
      ratios[7] = .nan
      settings.signalToNoise = try folder.image("ncsnr.nii.gz", [ratios])
      try folder.write(settings)
      // b three times, a and c twice, d once.
      let meanInverse = (1.0 / 3 + 1.0 / 2 + 1.0 / 2 + 1) / 4
      let units = try Table(path: folder.path("brain/V1_units.tsv"))
      let ceilings = try units.doubles("noise_ceiling")
      for (voxel, ceiling) in zip(Self.voxels, ceilings) where voxel != 7 {
        let square = ratios[voxel] * ratios[voxel]
        #expect(abs(ceiling - square / (square + meanInverse)) < 1e-12)
      }
      #expect(try units.column("noise_ceiling")[2] == "n/a")
    }
  }

  @Test("An infinite ratio gives no ceiling, which is counted and said")
  func infiniteRatios() throws {
    try withRecording { folder in
      var settings = try Self.settings(folder)
      var ratios = [Double](repeating: 1, count: 24)
      (ratios[2], ratios[13], ratios[0]) = (.infinity, .infinity, .infinity)
      settings.signalToNoise = try folder.image("ncsnr.nii.gz", [ratios])
      let run = try ExtractionRun(settings)
      #expect(run.notes.contains { $0.contains("infinite at 2 voxels") })
      let extraction = try run.run(command: "chiasm extract")
      #expect(extraction.summary.contains("(2 not known)"))
      let ceilings = try #require(extraction.noiseCeilings(of: extraction.regions[0]))
      #expect(ceilings.map(\.isNaN) == [false, true, false, true, false])
      settings.minimumNoiseCeiling = 0.1
      #expect(try folder.extract(settings).regions[0].count(.noNoiseCeiling) == 2)
    }
  }
}
