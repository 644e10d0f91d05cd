import ChiasmFiles
import Foundation
import ChiasmImaging
import ChiasmReporting
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

/// Fourteen stimuli over two sessions, of which s0 and s1 are shown once, s2 … s7 twice and the others
/// three times, and one volume without stimulus. What is shown twice in a session is in one half.
@Suite("Noise ceilings from repeats")
struct SplitHalfExtraction {
  static let order: [String?] =
    (0..<14).map { "s\($0)" } + [nil] + (8..<14).map { "s\($0)" }
    + (2..<14).reversed().map { "s\($0)" }
  static let firstSession = 0..<20
  static let voxels = [0, 3, 4, 11, 17]
  /// A value of the stimulus, the stronger the later the voxel, and noise.
  static let volumes = zip(order, SampleNumbers.rows(33, 24, seed: 11)).map { id, noise in
    let number = Double(id?.dropFirst() ?? "0") ?? 0
    return noise.enumerated().map { $1 + Double($0 * 40) * sin(number * 2.5) }
  }

  private func settings(_ folder: RecordingFolder) throws -> ExtractionSettings {
    let parts = [Self.volumes[Self.firstSession], Self.volumes[Self.firstSession.upperBound...]]
    let images = try parts.enumerated().map {
      try folder.image("\($0).nii", Array($1), datatype: .float64)
    }
    let rows = Self.order.enumerated().map {
      "\(Self.firstSession.contains($0) ? 1 : 2) \($1 ?? "n/a")"
    }
    let trials = try folder.table("trials.tsv", ["session stimulus_id"] + rows)
    let mask = try folder.mask("mask.nii.gz", Self.voxels)
    return folder.settings(images, [trials], masks: ["V1=\(mask)"])
  }

  /// The ceiling by the definition: the signal-to-noise ratio whose halves would correlate as those
  /// of the voxel do, found by halving an interval.
  private func ceiling(_ values: [Double], meanInverse: Double) -> Double {
    var halves: (odd: [Double], even: [Double], a: Double, b: Double) = ([], [], 0, 0)
    for stimulus in 2..<14 {
      let shown = Self.order.indices.filter { Self.order[$0] == "s\(stimulus)" }
      let odd = shown.filter(Self.firstSession.contains).map { values[$0] }
      let even = shown.filter { !Self.firstSession.contains($0) }.map { values[$0] }
      halves.odd.append(odd.reduce(0, +) / Double(odd.count))
      halves.even.append(even.reduce(0, +) / Double(even.count))
      halves.a += 1 / Double(odd.count) / 12
      halves.b += 1 / Double(even.count) / 12
    }
    let r = correlation(halves.odd, halves.even)
    var (low, high) = (0.0, 1e6)
    for _ in 0..<200 {
      let q = (low + high) / 2
      if q / ((q + halves.a) * (q + halves.b)).squareRoot() < r { low = q } else { high = q }
    }
    return low / (low + meanInverse)
  }

  /// Shown once 2 stimuli, twice 6, three times 6.
  static let averagedInverse = (2 + 6.0 / 2 + 6.0 / 3) / 14

  @Test("They are those of the halves' correlation", arguments: [true, false])
  func plain(averages: Bool) throws {
    try withRecording { folder in
      var settings = try settings(folder)
      settings.repeats = averages ? .average : .keep
      settings.scale = -1.0 / 300
      try folder.write(settings)
      let table = try Table(path: folder.path("brain/V1_units.tsv"))
      let ceilings = try table.doubles("noise_ceiling")
      for (voxel, ceiling) in zip(Self.voxels, ceilings) {
        let expected = self.ceiling(
          Self.volumes.map { $0[voxel] }, meanInverse: averages ? Self.averagedInverse : 1)
        #expect(abs(ceiling - expected) < 1e-12, "voxel \(voxel)")
      }
      #expect((ceilings.last ?? 0) > 0.3, "the data have no signal, so the test says nothing")
    }
  }

  @Test("Standardised responses have the ceilings of what is written")
  func standardized() throws {
    try withRecording { folder in
      var settings = try settings(folder)
      settings.standardization = .session
      try folder.write(settings)
      let ceilings = try Table(path: folder.path("brain/V1_units.tsv")).doubles("noise_ceiling")
      let sessions = [
        Self.firstSession, Self.firstSession.upperBound..<Self.volumes.count,
      ]
      for (voxel, ceiling) in zip(Self.voxels, ceilings) {
        let scores = sessions.flatMap { session in
          let values = session.map { Self.volumes[$0][voxel] }
          let used = session.filter { Self.order[$0] != nil }.map { Self.volumes[$0][voxel] }
          let spread = CentredValues(used).norm / Double(used.count).squareRoot()
          let mean = used.reduce(0, +) / Double(used.count)
          return values.map { ($0 - mean) / spread }
        }
        let expected = self.ceiling(scores, meanInverse: Self.averagedInverse)
        #expect(abs(ceiling - expected) < 1e-12, "voxel \(voxel)")
      }
    }
  }

  @Test("provenance.json says where they come from, and so does inspect")
  func record() throws {
    try withRecording { folder in
      var settings = try settings(folder)
      func record(_ name: String) throws -> ExtractionRecord.NoiseCeiling? {
        let path = try folder.write(settings, to: name)
        return try JSONFile.read(ExtractionRecord.self, from: path + "/provenance.json")
          .noise_ceiling
      }
      let halves = try record("halves")
      #expect(halves?.source == .splitHalf && halves?.repeated_stimuli == 12)
      let text = try Inspection(path: folder.path("halves")).report.text()
      #expect(text.contains("from split halves of 12 stimuli"))
      settings.reliability = .none
      #expect(try record("none") == nil)
      #expect(!(try Table(path: folder.path("none/V1_units.tsv")).hasColumn("noise_ceiling")))
      settings.reliability = .splitHalf
      settings.signalToNoise = try folder.image(
        "ncsnr.nii.gz", [[Double](repeating: 1, count: 24)])
      #expect(try record("ratios")?.source == .ncsnr)
    }
  }

  @Test("A least noise ceiling works with them, and says so where there are none")
  func least() throws {
    try withRecording { folder in
      var settings = try settings(folder)
      let all = try folder.extract(settings)
      let ceilings = try #require(all.noiseCeilings(of: all.regions[0]))
      let least = ceilings.sorted()[2]
      settings.minimumNoiseCeiling = least
      let verdicts = try folder.extract(settings).regions[0].verdicts
      #expect(verdicts == ceilings.map { $0 < least ? .lowNoiseCeiling : .kept })
      settings.reliability = .none
      let error = expectFailure("--ncsnr", "without split halves") {
        _ = try ExtractionRun(settings)
      }
      #expect(error?.category == .usage)
    }
  }

  @Test("Fewer than ten repeated stimuli give none, and it is said", arguments: [9, 10])
  func few(repeated: Int) throws {
    try withRecording { folder in
      let images = [
        try folder.image("a.nii", SampleNumbers.rows(12, 24, seed: 2)),
        try folder.image("b.nii", SampleNumbers.rows(repeated, 24, seed: 3)),
      ]
      let rows = (0..<12).map { "1 s\($0)" } + (0..<repeated).map { "2 s\($0)" }
      let mask = try folder.mask("mask.nii.gz", [5])
      let trials = try folder.table("trials.tsv", ["session stimulus_id"] + rows)
      var settings = folder.settings(images, [trials], masks: ["V1=\(mask)"])
      let run = try ExtractionRun(settings)
      #expect(run.notes.count == 1)
      #expect(run.notes[0].contains("\(repeated) stimuli"))
      #expect(run.notes[0].hasPrefix("No noise ceilings") == (repeated < 10))
      let extraction = try run.run(command: "chiasm extract")
      #expect((extraction.noiseCeilings(of: extraction.regions[0]) == nil) == (repeated < 10))
      settings.minimumNoiseCeiling = 0
      guard repeated < 10 else { return }
      expectFailure("only 9 stimuli", "need 10") { _ = try ExtractionRun(settings) }
    }
  }

  @Test("A half that does not vary has no ceiling, and the estimate of memory counts the halves")
  func edges() throws {
    try withRecording { folder in
      let ids = (0..<24).map { "s\($0 % 12)" }
      var volumes = SampleNumbers.rows(24, 24, seed: 5)
      for volume in 12..<24 { volumes[volume][5] = 7 }
      let image = try folder.image("bold.nii", volumes)
      let mask = try folder.mask("mask.nii.gz", [5, 6])
      let trials = try folder.table(
        "trials.tsv",
        ["run stimulus_id"] + ids.enumerated().map { "\($0.offset / 12) \($0.element)" })
      var settings = folder.settings([image], [trials], masks: ["V1=\(mask)"])
      settings.minimumNoiseCeiling = 0
      let run = try ExtractionRun(settings)
      let extraction = try run.run(command: "chiasm extract")
      #expect(extraction.regions[0].verdicts == [.noNoiseCeiling, .kept])
      #expect(run.memoryEstimate == 2 * 12 * (8 + 8))
      settings.minimumNoiseCeiling = nil
      settings.reliability = .none
      #expect(try ExtractionRun(settings).memoryEstimate == 2 * 12 * (8 + 4))
    }
  }
}
