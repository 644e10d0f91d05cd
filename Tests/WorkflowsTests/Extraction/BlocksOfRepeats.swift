import ChiasmFiles
import Foundation
import ChiasmImaging
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

/// Twelve stimuli, each shown in three neighbouring volumes of each of two runs, which share the noise
/// of their run and stimulus.
@Suite("Repeats in blocks")
struct BlocksOfRepeats {
  static let voxels = Array(0..<24)
  static let ids = (0..<2).flatMap { _ in
    (0..<12).flatMap { stimulus in [String](repeating: "s\(stimulus)", count: 3) }
  }

  /// The volumes; `signal` scales what a stimulus brings to both runs.
  static func volumes(signal: Double) -> [[Double]] {
    let stimuli = SampleNumbers.rows(12, 24, seed: 21)
    let blocks = SampleNumbers.rows(24, 24, seed: 22)
    let noise = SampleNumbers.rows(72, 24, seed: 23)
    return (0..<72).map { volume in
      voxels.map {
        signal * stimuli[volume / 3 % 12][$0] + blocks[volume / 3][$0] + 0.1 * noise[volume][$0]
      }
    }
  }

  private func settings(
    _ folder: RecordingFolder, _ columns: String, signal: Double = 0,
    _ row: (Int) -> String
  ) throws -> ExtractionSettings {
    let image = try folder.image("bold.nii", Self.volumes(signal: signal), datatype: .float64)
    let table = try folder.table(
      "trials.tsv",
      ["\(columns) stimulus_id"] + Self.ids.enumerated().map { row($0) + " \($1)" })
    let mask = try folder.mask("mask.nii.gz", Self.voxels)
    return folder.settings([image], [table], masks: ["V1=\(mask)"])
  }

  @Test("Neighbouring volumes are no repeats: ceilings are those across runs")
  func acrossRuns() throws {
    try withRecording { folder in
      let settings = try settings(folder, "run") { "\($0 / 36 + 1)" }
      let extraction = try folder.extract(settings)
      let median = try #require(extraction.medianNoiseCeiling(of: extraction.regions[0]))
      #expect(median < 0.35, "halves of odd and even volumes would give .99")
      #expect(extraction.repeated?.acrossRuns == 12 && extraction.repeated?.withinOneBlock == 0)
      #expect(extraction.warnings.count == 1 && extraction.warnings[0].contains("V1"))
      #expect(extraction.summary.contains("median noise ceiling"))
      let path = try folder.write(settings)
      let record = try JSONFile.read(ExtractionRecord.self, from: path + "/provenance.json")
      #expect(record.noise_ceiling?.across_sessions == 0)
      #expect(record.noise_ceiling?.within_one_block == 0)
      #expect(record.regions[0].median_noise_ceiling == median)
      #expect(record.regions[0].half_agreement?.isByChance == true)
      #expect(record.warnings == extraction.warnings)
    }
  }

  @Test("With a signal in both runs there is a ceiling and no warning")
  func signal() throws {
    try withRecording { folder in
      let extraction = try folder.extract(
        try settings(folder, "run", signal: 2) { "\($0 / 36 + 1)" })
      let median = try #require(extraction.medianNoiseCeiling(of: extraction.regions[0]))
      // Signal 4 to noise 1 of a block: 4 / (4 + 1/2).
      #expect(median > 0.8 && median < 0.95)
      #expect(extraction.warnings.isEmpty)
    }
  }

  @Test(
    "Where all repeats lie within one block there is no ceiling, and a line says why",
    arguments: [true, false])
  func oneBlock(areNeighbours: Bool) throws {
    try withRecording { folder in
      // A run for each stimulus, or one session for all.
      let settings =
        areNeighbours
        ? try settings(folder, "run trial") { "\($0 / 3 % 12) \($0 + 1)" }
        : try settings(folder, "trial") { "\($0 + 1)" }
      let run = try ExtractionRun(settings)
      let notes = run.notes.filter { $0.hasPrefix("No noise ceilings") }
      #expect(notes.count == 1)
      #expect(notes.first?.contains("within one \(areNeighbours ? "run" : "session")") == true)
      let extraction = try run.run(command: "chiasm extract")
      #expect(extraction.noiseCeilings(of: extraction.regions[0]) == nil)
      #expect(!extraction.summary.contains("noise ceiling"))
    }
  }

  @Test("Volumes next to each other are called so")
  func neighbours() throws {
    try withRecording { folder in
      let ids = (0..<12).flatMap { ["s\($0)", "s\($0)"] }
      let image = try folder.image("bold.nii", SampleNumbers.rows(24, 24, seed: 5))
      let mask = try folder.mask("mask.nii.gz", [5])
      let run = try ExtractionRun(
        folder.settings([image], [try folder.trials(ids)], masks: ["V1=\(mask)"]))
      #expect(run.notes.contains { $0.contains("neighbouring volumes of one session") })
    }
  }

  /// Two sessions that show all stimuli in different orders.
  private func sessions(
    _ folder: RecordingFolder, moved: Int, ratios: Bool = false
  ) throws -> ExtractionSettings {
    let stimuli = SampleNumbers.rows(30, 24, seed: 31)
    let noise = SampleNumbers.rows(60, 24, seed: 32)
    let orders = [Array(0..<30), (0..<30).map { $0 * 7 % 30 }]
    let images = try orders.enumerated().map { session, order in
      try folder.image(
        "moved\(moved)_\(session).nii",
        order.enumerated().map { place, stimulus in
          zip(stimuli[stimulus], noise[session * 30 + place]).map { $0 + $1 }
        })
    }
    let rows = orders.enumerated().flatMap { session, order in
      (0..<30).map { "\(session + 1) \($0 + 1) s\(order[($0 + moved) % 30])" }
    }
    let table = try folder.table("trials\(moved).tsv", ["session trial stimulus_id"] + rows)
    let mask = try folder.mask("mask\(moved).nii.gz", Self.voxels)
    var settings = folder.settings(images, [table], masks: ["V1=\(mask)"])
    if ratios {
      settings.signalToNoise = try folder.image(
        "ncsnr\(moved).nii.gz", [[Double](repeating: 1, count: 24)])
    }
    return settings
  }

  @Test("Ids that are shifted by a row are warned of, with ratios too", arguments: [true, false])
  func shifted(ratios: Bool) throws {
    try withRecording { folder in
      let right = try folder.extract(try sessions(folder, moved: 0, ratios: ratios))
      #expect(right.warnings.isEmpty)
      var settings = try sessions(folder, moved: 1, ratios: ratios)
      let wrong = try folder.extract(settings)
      #expect(wrong.warnings.count == 1)
      #expect(wrong.warnings.first?.hasPrefix("Warning: repeats of a stimulus") == true)
      settings.reliability = .none
      #expect(try folder.extract(settings).warnings.isEmpty)
    }
  }
}
