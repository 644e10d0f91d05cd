import ChiasmFiles
import Foundation
import ChiasmImaging
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Voxels without data")
struct DroppedVoxels {
  /// Two sessions of three volumes. Of voxels 0 … 6: 1 is constant in session 2, 2 has a NaN in
  /// session 1, 3 an infinity in session 2, 4 is constant and NaN; the others are whole.
  private func prepared(_ folder: RecordingFolder) throws -> ExtractionSettings {
    var volumes = SampleNumbers.rows(6, 24, seed: 3)
    for volume in 3..<6 { volumes[volume][1] = 42 }
    volumes[1][2] = .nan
    volumes[4][3] = .infinity
    for volume in 0..<6 { volumes[volume][4] = volume < 3 ? 7 : .nan }
    let images = [
      try folder.image("1.nii.gz", Array(volumes[..<3])),
      try folder.image("2.nii.gz", Array(volumes[3...])),
    ]
    let trials = try folder.table(
      "trials.tsv",
      ["session stimulus_id"] + (1...2).flatMap { session in "abc".map { "\(session) \($0)" } })
    let masks = [
      "A=" + (try folder.mask("a.nii.gz", 0...3)), "B=" + (try folder.mask("b.nii.gz", 3...6)),
    ]
    return folder.settings(images, [trials], masks: masks)
  }

  @Test("They are dropped, counted and listed by cause", arguments: ["none", "session"])
  func listed(_ standardization: String) throws {
    try withRecording { folder in
      var settings = try prepared(folder)
      settings.standardization = try #require(.init(rawValue: standardization))
      try folder.write(settings)
      let dropped = try Table(path: folder.path("brain/dropped_voxels.tsv"))
      #expect(dropped.columns == ["region", "i", "j", "k", "cause"])
      #expect(
        dropped.rows.map { $0.joined(separator: " ") } == [
          "A 1 0 0 constant", "A 2 0 0 not_finite", "A 3 0 0 not_finite", "B 3 0 0 not_finite",
          "B 0 1 0 not_finite",
        ])
      let record = try JSONFile.read(
        ExtractionRecord.self, from: folder.path("brain/provenance.json"))
      #expect(record.regions.map(\.voxels) == [4, 4])
      #expect(record.regions.map(\.kept) == [1, 2])
      #expect(
        record.regions[0].dropped == [
          "constant": 1, "not_finite": 2, "no_noise_ceiling": 0, "low_noise_ceiling": 0,
        ])
      #expect(try folder.matrix("brain/B.npy").joined().allSatisfy(\.isFinite))
      #expect(try Table(path: folder.path("brain/B_units.tsv")).integers("i") == [1, 2])
    }
  }

  @Test("--missing error stops and names a voxel")
  func missingError() throws {
    try withRecording { folder in
      var settings = try prepared(folder)
      settings.missing = .error
      expectFailure("Region A", "3 voxels", "1 0 0") { _ = try folder.extract(settings) }
    }
  }

  @Test("A region that loses all its voxels is an error with the causes")
  func nothingLeft() throws {
    try withRecording { folder in
      var settings = try prepared(folder)
      settings.regions.masks = ["C=" + (try folder.mask("c.nii.gz", 1...3))]
      expectFailure("Region C", "of 3", "1 constant", "2 not finite") {
        _ = try folder.extract(settings)
      }
    }
  }

  @Test("A low and an absent noise ceiling are causes of their own")
  func noiseCeilings() throws {
    try withRecording { folder in
      var settings = try prepared(folder)
      // Two repeats: ncsnr 1 is a ceiling of 2/3, ncsnr 0.5 of 1/3.
      var ratios = [Double](repeating: 1, count: 24)
      (ratios[5], ratios[6], ratios[1]) = (.nan, 0.5, .nan)
      settings.regions.masks = [
        "A=" + (try folder.mask("low.nii.gz", [0, 1, 5, 6]))
      ]
      settings.signalToNoise = try folder.image("ncsnr.nii.gz", [ratios])
      #expect(try folder.extract(settings).regions[0].verdicts == [.kept, .constant, .kept, .kept])
      settings.minimumNoiseCeiling = 1.0 / 3 + 1e-9
      #expect(
        try folder.extract(settings).regions[0].verdicts
          == [.kept, .constant, .noNoiseCeiling, .lowNoiseCeiling])
      settings.minimumNoiseCeiling = 1.0 / 3 - 1e-9
      #expect(
        try folder.extract(settings).regions[0].verdicts
          == [.kept, .constant, .noNoiseCeiling, .kept])
      settings.minimumNoiseCeiling = 0.7
      expectFailure("Region A", "1 constant", "1 without", "2 below") {
        _ = try folder.extract(settings)
      }
    }
  }

  @Test("One volume does not tell whether a voxel is constant, but cannot be standardised")
  func oneVolume() throws {
    try withRecording { folder in
      let image = try folder.image("1.nii.gz", SampleNumbers.rows(1, 24, seed: 4))
      let mask = try folder.mask("mask.nii.gz", [0, 9])
      var settings = folder.settings([image], [try folder.trials(["a"])], masks: ["V1=\(mask)"])
      #expect(try folder.extract(settings).regions[0].keptVoxels == [0, 9])
      settings.standardization = .session
      expectFailure("trials.tsv", "session 1", "one volume", "none") {
        _ = try ExtractionRun(settings)
      }
    }
  }

  @Test("Settings without sense are refused", arguments: ["scale", "ceiling", "ncsnr"])
  func settings(_ which: String) throws {
    try withRecording { folder in
      var settings = try prepared(folder)
      switch which {
      case "scale": settings.scale = 0
      case "ceiling": settings.minimumNoiseCeiling = 30
      default: settings.minimumNoiseCeiling = 0.3
      }
      let error = expectFailure("must be") { _ = try ExtractionRun(settings) }
      #expect(error?.category == .usage)
    }
  }
}
