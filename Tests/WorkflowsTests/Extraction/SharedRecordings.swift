import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmImaging
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import TestSupport
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Extraction of shared recordings")
struct SharedRecordings {
  private static let absent: Comment = "../shared/data is absent"

  private static var nsdlike: ExtractionSettings {
    let folder = SharedData.path("nsdlike/recordings")
    var regions = RegionRequest()
    regions.atlases = ["prf-visualrois", "streams"].map { "\(folder)/\($0).nii.gz" }
    regions.merges = ["V1=V1v+V1d", "V2=V2v+V2d", "V3=V3v+V3d", "hV4", "IT=ventral"]
    var settings = ExtractionSettings(
      images: (1...4).map { "\(folder)/betas_session0\($0).nii.gz" },
      trials: ["\(folder)/trials.tsv"], regions: regions)
    settings.scale = 1.0 / 300
    settings.signalToNoise = "\(folder)/ncsnr.nii.gz"
    settings.minimumNoiseCeiling = 0.3
    return settings
  }

  /// Made once for all tests.
  private static let extraction = Result { try ExtractionRun(nsdlike).run(command: "") }

  @Test(
    "nsdlike has the known numbers of voxels, and means as computed from whole images",
    .enabled(if: SharedData.has("nsdlike"), absent))
  func counts() throws {
    let settings = Self.nsdlike
    let extraction = try Self.extraction.get()
    #expect(extraction.regions.map { $0.count(.kept) } == [924, 944, 753, 426, 1007])
    #expect(extraction.regions.reduce(0) { $0 + $1.count(.constant) } == 60)
    #expect(extraction.stimulusCount == 1000)
    let region = extraction.regions[0]
    let units = [0, 300, 923]
    let expected = try means(of: units.map { region.keptVoxels[$0] }, settings)
    let responses = extraction.responses(of: region)
    for (row, stimulus) in extraction.stimuli.rows.map(\.stimulusID).enumerated() {
      for (place, unit) in units.enumerated() {
        let mean = try #require(expected[stimulus]?[place])
        #expect(abs(Double(responses[row, unit]) - mean) <= 1e-6 * max(1, abs(mean)))
      }
    }
  }

  /// For each stimulus the mean of some voxels over its repeats, from the rows of the table as they
  /// stand and the images read one by one.
  private func means(
    of voxels: [Int], _ settings: ExtractionSettings
  ) throws -> [String: [Double]] {
    let trials = try Table(path: settings.trials[0])
    let sessions = try trials.integers("session")
    let numbers = try trials.integers("trial")
    let stimuli = try trials.column("stimulus_id")
    var sums: [String: [Double]] = [:]
    var counts: [String: Double] = [:]
    for (session, path) in settings.images.enumerated() {
      let reader = try NIfTIReader(path: path)
      var volumes: [[Double]] = []
      var volume: [Double] = []
      while try reader.readVolume(voxels: voxels, into: &volume) { volumes.append(volume) }
      for row in stimuli.indices where sessions[row] == session + 1 {
        let values = volumes[numbers[row] - 1]
        let sum = sums[stimuli[row]] ?? [Double](repeating: 0, count: voxels.count)
        sums[stimuli[row]] = zip(sum, values).map { $0 + $1 / 300 }
        counts[stimuli[row], default: 0] += 1
      }
    }
    return Dictionary(
      uniqueKeysWithValues: sums.map { id, sum in (id, sum.map { $0 / (counts[id] ?? 0) }) })
  }

  @Test(
    "Halves across the sessions of nsdlike give the ceilings that its ratios give",
    .enabled(if: SharedData.has("nsdlike"), absent))
  func halvesOfSessions() throws {
    var settings = Self.nsdlike
    settings.regions.merges = ["hV4"]
    settings.minimumNoiseCeiling = nil
    let known = try ExtractionRun(settings).run(command: "")
    settings.signalToNoise = nil
    let halved = try ExtractionRun(settings).run(command: "")
    let ratios = try #require(known.noiseCeilings(of: known.regions[0]))
    let ceilings = try #require(halved.noiseCeilings(of: halved.regions[0]))
    #expect(correlation(ratios, ceilings) > 0.98)
    // Of 1,000 stimuli 73 are shown in one session only.
    #expect(halved.repeated?.count == 927 && halved.repeated?.withinOneBlock == 73)
    #expect(halved.warnings.isEmpty && known.warnings.isEmpty)
  }

  private static func faults(_ folder: String, _ trials: String, _ images: [String])
    -> ExtractionSettings
  {
    let faults = SharedData.path("faults")
    var regions = RegionRequest()
    regions.atlases = ["\(faults)/base/atlas.nii.gz"]
    return ExtractionSettings(
      images: images.map { "\(faults)/\(folder)/\($0).nii.gz" },
      trials: ["\(faults)/\(folder)/\(trials)"], regions: regions)
  }

  @Test(
    "Sessions in shell order are refused, those in their own order are right",
    .enabled(if: SharedData.has("faults"), absent))
  func sessionNames() throws {
    func settings(_ order: [Int]) -> ExtractionSettings {
      Self.faults("session-names", "trials.tsv", order.map { "sub-01_ses-\($0)_betas" })
    }
    expectFailure("sub-01_ses-10_betas.nii.gz", "session 2 of", "10, not 2") {
      _ = try ExtractionRun(settings([1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9]))
    }
    let extraction = try ExtractionRun(settings(Array(1...11))).run(command: "")
    try expectRight(extraction, "session-names")
  }

  @Test(
    "Sessions that are written 1.0, 10.0, 2.0 are in numeric order",
    .enabled(if: SharedData.has("faults"), absent), arguments: ["floats.tsv", "ints.tsv"])
  func sessionsAsFloats(_ table: String) throws {
    let settings = Self.faults("sessions-as-floats", table, ["b1", "b2", "b10"])
    try expectRight(try ExtractionRun(settings).run(command: ""), "sessions-as-floats")
  }

  /// Expects V1 to equal `V1_right.npy`: voxels × stimuli in the order of their names.
  private func expectRight(_ extraction: Extraction, _ folder: String) throws {
    let right = try NumpyArray(path: SharedData.path("faults/\(folder)/V1_right.npy"))
    let values = try right.doubles()
    let responses = extraction.responses(of: extraction.regions[0])
    try #require(right.shape.reduce(1, *) == 8 * 8 * 6 * responses.rowCount)
    let ids = extraction.stimuli.rows.map(\.stimulusID)
    let sorted = ids.sorted()
    var worst = 0.0
    for (row, id) in ids.enumerated() {
      let place = try #require(sorted.firstIndex(of: id))
      for (unit, voxel) in extraction.regions[0].keptVoxels.enumerated() {
        let (i, j, k) = extraction.header.grid.indices(at: voxel)
        let value = values[((i * 8 + j) * 6 + k) * responses.rowCount + place]
        worst = max(worst, abs(Double(responses[row, unit]) - value))
      }
    }
    #expect(worst < 1e-6)
  }

  @Test(
    "The four ak6 people have 300 and 400 voxels, of which constant ones are listed",
    .enabled(if: SharedData.has("ak6"), absent), arguments: ["s01", "s02", "s03", "s04"])
  func ak6(_ person: String) throws {
    try withRecording { folder in
      let species = try String(
        contentsOfFile: SharedData.path("ak6/conditions.txt"), encoding: .utf8
      )
      .split(separator: "\n").map(String.init)
      let data = SharedData.path("ak6/\(person)")
      let settings = folder.settings(
        ["\(data)/glm_T_stats_odd.nii.gz", "\(data)/glm_T_stats_even.nii.gz"],
        [
          try folder.table(
            "trials.tsv",
            ["session stimulus_id"]
              + ["1", "2"].flatMap { half in species.map { "\(half) \($0)" } })
        ], masks: ["EV=\(data)/ev_mask.nii.gz", "VT=\(data)/vt_mask.nii.gz"])
      let path = try folder.write(settings)
      let record = try JSONFile.read(ExtractionRecord.self, from: path + "/provenance.json")
      #expect(record.regions.map(\.voxels) == [300, 400])
      let dropped = try Table(path: path + "/dropped_voxels.tsv")
      for region in record.regions {
        #expect(region.dropped.values.reduce(region.kept, +) == region.voxels)
        #expect(
          dropped.rows.count { $0[0] == region.name } == region.voxels - region.kept)
        #expect(
          try folder.matrix("brain/\(region.name).npy").map(\.count).allSatisfy {
            $0 == region.kept
          })
      }
      let constant = try constantVoxels(settings)
      let listed = Set(
        dropped.rows.filter { $0[4] == "constant" }.map { $0[1...3].joined(separator: " ") })
      #expect(constant == listed)
    }
  }

  /// The voxels of either mask that hold one value in all volumes of some image, as "i j k" of the
  /// images. The masks store their voxels in another order, so that places in mm tell.
  private func constantVoxels(_ settings: ExtractionSettings) throws -> Set<String> {
    var found: Set<String> = []
    for argument in settings.regions.masks {
      let mask = try NIfTIReader(path: try RegionArgument(mask: argument).image.path)
      let values = try mask.readAll()
      let inside = values.indices.filter { values[$0] != 0 }
      for path in settings.images {
        let image = try NIfTIReader(path: path)
        let voxels = try inside.map { try voxel(of: image.grid, at: $0, of: mask.grid) }
        var series = [Set<Double>](repeating: [], count: voxels.count)
        var volume: [Double] = []
        while try image.readVolume(voxels: voxels, into: &volume) {
          for (place, value) in volume.enumerated() { series[place].insert(value) }
        }
        for (voxel, values) in zip(voxels, series) where values.count == 1 {
          let (i, j, k) = image.grid.indices(at: voxel)
          found.insert("\(i) \(j) \(k)")
        }
      }
    }
    return found
  }

  /// The voxel of one grid where a voxel of another lies; both have their axes along x, y and z.
  private func voxel(of grid: Grid, at offset: Int, of other: Grid) throws -> Int {
    let (i, j, k) = other.indices(at: offset)
    let place = other.affine.position(Double(i), Double(j), Double(k))
    let indices = grid.affine.rows.indices.map { axis in
      (place[axis] - grid.affine.rows[axis][3]) / grid.affine.rows[axis][axis]
    }
    for index in indices { try #require(abs(index - index.rounded()) < 1e-3) }
    let whole = indices.map { Int($0.rounded()) }
    return grid.offset(whole[0], whole[1], whole[2])
  }

  @Test(
    "nsdlike aligns with its model's layers on a few units",
    .enabled(if: SharedData.has("nsdlike"), absent))
  func alignment() async throws {
    try await withResponses { folder in
      let output = try OutputFolder(path: folder.path("brain"))
      try Self.extraction.get().write(to: output)
      try output.commit()
      var settings = AlignmentSettings(
        source: folder.path("brain"), target: SharedData.path("nsdlike/activations"))
      settings.targetStages = ["block00", "block07", "block13"]
      settings.sourceStages = ["V1", "hV4", "IT"]
      (settings.maximumUnits, settings.splitCount) = (60, 1)
      let result = try await folder.align(settings)
      #expect(result.overlap.common.count == 1000)
      #expect(result.fitted.bestTargets == [0, 1, 2])
      let labels = try NIfTIReader(path: folder.path("out/maps/best_layer_dseg.nii.gz"))
      let drawn = result.unitNumbers.source.reduce(0) { $0 + $1.count }
      #expect(try labels.readAll().count { $0 != 0 } == drawn)
    }
  }
}
