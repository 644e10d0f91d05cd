import ChiasmFiles
import Foundation
import ChiasmImaging
import ChiasmLinearAlgebra
import ChiasmResponses
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Regions, their names, order and places")
struct RegionsOfExtraction {
  static let volumes = SampleNumbers.rows(3, 24, seed: 2)

  private func prepared(_ folder: RecordingFolder) throws -> (image: String, trials: String) {
    (try folder.image("bold.nii.gz", Self.volumes), try folder.trials(["a", "b", "c"]))
  }

  @Test("Units stand in storage order, i fastest, with their place in mm")
  func unitsTable() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let mask = try folder.mask("mask.nii.gz", [23, 0, 5, 12, 4])
      try folder.write(folder.settings([image], [trials], masks: ["V1=\(mask)"]))
      let table = try Table(path: folder.path("brain/V1_units.tsv"))
      #expect(table.columns == ["unit", "i", "j", "k", "x", "y", "z"])
      #expect(try table.integers("unit") == [0, 1, 2, 3, 4])
      #expect(try table.integers("i") == [0, 0, 1, 0, 3])
      #expect(try table.integers("j") == [0, 1, 1, 0, 2])
      #expect(try table.integers("k") == [0, 0, 0, 1, 1])
      // x = 2i + 0.5k - 10, y = 2.5j + 4, z = 0.25i + 3k - 7
      #expect(try table.doubles("x") == [-10, -10, -8, -9.5, -3.5])
      #expect(try table.doubles("y") == [4, 6.5, 6.5, 4, 9])
      #expect(try table.doubles("z") == [-7, -7, -6.75, -4, -3.25])
    }
  }

  @Test("A voxel of two regions is in both matrices; the image has the first region's label")
  func overlap() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let masks = [
        "A=" + (try folder.mask("a.nii.gz", [3, 4, 5])),
        "B=" + (try folder.mask("b.nii.gz", [5, 6])),
      ]
      try folder.write(folder.settings([image], [trials], masks: masks))
      try folder.expect("brain/A.npy", holds: Self.volumes.map { [$0[3], $0[4], $0[5]] })
      try folder.expect("brain/B.npy", holds: Self.volumes.map { [$0[5], $0[6]] })
      let labels = try NIfTIReader(path: folder.path("brain/regions_dseg.nii.gz")).readLabels()
      #expect(labels.grid.matches(RecordingFolder.grid))
      #expect(
        labels.labels == (0..<24).map { [3: 1, 4: 1, 5: 1, 6: 2][$0] ?? 0 })
      let names = try Table(path: folder.path("brain/regions_dseg.tsv"))
      #expect(names.rows == [["1", "A"], ["2", "B"]])
      #expect(try record(folder).voxels_in_several_regions == 1)
    }
  }

  @Test("Labels beyond 127 and 255 keep their numbers and voxels")
  func largeLabels() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let numbers: [Int32] = [127, 128, 255, 256, 1035, 11101, -1, 0]
      let atlas = try folder.labels("atlas.nii.gz", (0..<24).map { numbers[$0 % 8] })
      try folder.write(folder.settings([image], [trials], atlases: [atlas]))
      let stages = try Table(path: folder.path("brain/stages.tsv"))
      #expect(
        stages.rows
          == numbers.prefix(6).map { ["\($0)", "\($0).npy", "3"] })
      for (place, number) in numbers.prefix(6).enumerated() {
        try folder.expect(
          "brain/\(number).npy",
          holds: Self.volumes.map { [$0[place], $0[place + 8], $0[place + 16]] })
      }
    }
  }

  @Test("Merges unite labels in the order asked for")
  func merges() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let atlas = try folder.labels(
        "rois.nii.gz", (0..<24).map { [2: 7, 3: 1, 9: 2, 10: 1][$0] ?? 0 })
      let table = try folder.table("names.txt", ["1 V1v", "2 V1d", "7 hV4"])
      try folder.write(
        folder.settings(
          [image], [trials], atlases: ["\(atlas):\(table)"], merges: ["hV4", "V1=V1v+V1d"]))
      let stages = try Table(path: folder.path("brain/stages.tsv"))
      #expect(stages.rows == [["hV4", "hV4.npy", "1"], ["V1", "V1.npy", "3"]])
      try folder.expect("brain/V1.npy", holds: Self.volumes.map { [$0[3], $0[9], $0[10]] })
    }
  }

  @Test(
    "Names with dots, slashes, spaces, percent and Unicode come back",
    arguments: ["V1.v", "a/b", "left V1", "50%", "視覚野", "../up", ".hidden", "%2F"])
  func awkwardNames(_ name: String) throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let mask = try folder.mask("mask.nii.gz", [1, 2])
      let path = try folder.write(folder.settings([image], [trials], masks: ["\(name)=\(mask)"]))
      let set = try StoredResponseSet(path: path)
      #expect(set.responses.stageNames == [name])
      #expect(set.recording?.regions == [[1, 2]])
      #expect(
        set.responses.stages[0].responses.elements
          == Self.volumes.flatMap { $0[1...2].map(Float.init) })
    }
  }

  @Test("A mask that is stored along other axes gives the same voxels")
  func reordered() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let grid = RecordingFolder.grid
      let chosen = [0, 5, 6, 14, 23]
      // Stored as (k, i reversed, j): the affine's columns move along.
      let (shape, rows) = (grid.shape, grid.affine.rows)
      let other = Grid(
        shape: [shape[2], shape[0], shape[1]],
        affine: Affine(
          rows: rows.map {
            [$0[2], -$0[0], $0[1], $0[3] + $0[0] * Double(shape[0] - 1)]
          }))
      var stored = [Int32](repeating: 0, count: 24)
      for voxel in chosen {
        let (i, j, k) = grid.indices(at: voxel)
        stored[other.offset(k, shape[0] - 1 - i, j)] = 1
      }
      let mask = try folder.labels("mask.nii.gz", stored, on: other)
      let settings = folder.settings([image], [trials], masks: ["V1=\(mask)"])
      let run = try ExtractionRun(settings)
      #expect(run.notes.contains { $0.contains(mask) && $0.contains("put in order") })
      #expect(try run.run(command: "").regions[0].keptVoxels == chosen)
    }
  }

  @Test("Grids that differ are refused with both of them")
  func gridsDiffer() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let shifted = Grid(
        shape: [4, 3, 2],
        affine: Affine(rows: [[2, 0, 0.5, -9], [0, 2.5, 0, 4], [0.25, 0, 3, -7]]))
      let small = Grid(shape: [4, 3, 1], affine: RecordingFolder.grid.affine)
      for (name, grid) in [("shifted", shifted), ("small", small)] {
        let mask = try folder.labels(
          "\(name).nii.gz", [Int32](repeating: 1, count: grid.voxelCount), on: grid)
        expectFailure(image, mask, "\(grid.shape[2])", "-10.0") {
          _ = try ExtractionRun(folder.settings([image], [trials], masks: ["V1=\(mask)"]))
        }
      }
      let other = try folder.image("other.nii.gz", Self.volumes, on: shifted)
      let mask = try folder.mask("mask.nii.gz", [1])
      let both = try folder.table(
        "both.tsv", ["session stimulus_id", "1 a", "1 b", "1 c", "2 a", "2 b", "2 c"])
      expectFailure(image, other, "-9.0", "-10.0") {
        _ = try ExtractionRun(folder.settings([image, other], [both], masks: ["V1=\(mask)"]))
      }
    }
  }

  @Test("A region without voxels is an error that names it")
  func emptyRegion() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let mask = try folder.mask("mask.nii.gz", [])
      expectFailure("Region V1", "0") {
        _ = try ExtractionRun(folder.settings([image], [trials], masks: ["V1=\(mask)"]))
      }
      let full = try folder.mask("full.nii.gz", [3])
      var settings = folder.settings([image], [trials], masks: ["V2=\(full)"])
      settings.regions.overallMask = mask
      expectFailure("Region V2") { _ = try ExtractionRun(settings) }
    }
  }

  @Test(
    "A volume, a threshold and a declined table reach the regions; what was read is in the record")
  func parts() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let prob = try folder.image(
        "prob.nii.gz", [(0..<24).map { $0 == 3 ? 1 : 0 }, (0..<24).map { Double($0) / 23 }])
      let atlas = try folder.labels("atlas.nii.gz", (0..<24).map { $0 < 4 ? 1 : $0 < 9 ? 2 : 0 })
      try folder.table("atlas.tsv", ["index name", "1 V1", "2 V2", "3 IT"])
      var settings = folder.settings(
        [image], [trials], masks: ["P=\(prob)#1@0.9"], atlases: ["\(atlas):"])
      settings.regions.overallMask = "\(prob)#1@0.05"
      let extraction = try folder.extract(settings)
      #expect(extraction.regions.map(\.name) == ["1", "2", "P"])
      #expect(extraction.regions.map(\.keptVoxels) == [[2, 3], Array(4..<9), [21, 22, 23]])
      #expect(extraction.provenance.inputs.map(\.path).contains(prob))
      settings.regions = RegionRequest()
      settings.regions.atlases = [atlas]
      let named = try ExtractionRun(settings)
      #expect(try named.run(command: "").regions.map(\.name) == ["V1", "V2"])
      #expect(named.notes.contains { $0.contains("without voxels (IT)") })
      settings.regions.merges = ["IT"]
      expectFailure("Region IT") { _ = try ExtractionRun(settings) }
    }
  }

  @Test("Grids within the tolerance are one, which is said and recorded; --grid-tolerance sets it")
  func gridTolerance() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      func mask(_ shift: Double) throws -> String {
        var rows = RecordingFolder.grid.affine.rows
        rows[0][3] += shift
        return try folder.labels(
          "mask\(shift).nii.gz", [Int32](repeating: 1, count: 24),
          on: Grid(shape: [4, 3, 2], affine: Affine(rows: rows)))
      }
      let near = try folder.settings([image], [trials], masks: ["V1=\(mask(0.0006))"])
      #expect(
        try ExtractionRun(near).notes.contains {
          $0.contains("0.0006 mm") && $0.contains("--grid-tolerance 0.001")
        })
      let exact = try folder.settings([image], [trials], masks: ["V1=\(mask(0))"])
      #expect(try !ExtractionRun(exact).notes.contains { $0.contains("mm from") })
      var far = try folder.settings([image], [trials], masks: ["V1=\(mask(0.01))"])
      expectFailure("0.01 mm apart", "--grid-tolerance") { _ = try ExtractionRun(far) }
      far.gridTolerance = 0.02
      try folder.write(far)
      #expect(try record(folder).settings.grid_tolerance == 0.02)
      #expect(try record(folder).provenance.notes.contains { $0.contains("0.01 mm") })
      for tolerance in [-1, .nan, 1.5] {
        far.gridTolerance = tolerance
        expectFailure("grid tolerance") { _ = try ExtractionRun(far) }
      }
    }
  }

  @Test(
    "An image without a place is refused as recording, atlas and mask, and a guessed one is said")
  func places() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let flat = Grid(
        shape: [4, 3, 2], affine: Affine(rows: [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]))
      let bold = try folder.image("flat.nii.gz", Self.volumes, on: flat)
      let one = try folder.labels("one.nii.gz", [Int32](repeating: 1, count: 24), on: flat)
      let good = try folder.mask("good.nii.gz", [1, 2])
      for settings in [
        folder.settings([bold], [trials], masks: ["V1=\(one)"]),
        folder.settings([image], [trials], masks: ["V1=\(one)"]),
        folder.settings([image], [trials], atlases: [one]),
      ] {
        expectFailure("has no volume") { _ = try ExtractionRun(settings) }
      }
      var overall = folder.settings([image], [trials], masks: ["V1=\(good)"])
      overall.regions.overallMask = one
      expectFailure("has no volume") { _ = try ExtractionRun(overall) }
      // Both codes of a NIfTI-1 header are two bytes each from byte 252.
      let bare = try folder.image("bare.nii", Self.volumes)
      let mask = try folder.image("mask.nii", [[Double](repeating: 1, count: 24)])
      for path in [bare, mask] {
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes.replaceSubrange(252..<256, with: [0, 0, 0, 0])
        try bytes.write(to: URL(filePath: path))
      }
      let guessed = try ExtractionRun(folder.settings([bare], [trials], masks: ["V1=\(mask)"]))
      #expect(guessed.notes.count { $0.contains("code 0") } == 2)
    }
  }

  @Test("A mask without a name is refused")
  func namelessMask() throws {
    try withRecording { folder in
      let (image, trials) = try prepared(folder)
      let mask = try folder.mask("mask.nii.gz", [1])
      for name in ["", " "] {
        expectFailure("NAME=MASK") {
          _ = try ExtractionRun(folder.settings([image], [trials], masks: ["\(name)=\(mask)"]))
        }
      }
    }
  }

  private func record(_ folder: RecordingFolder) throws -> ExtractionRecord {
    try JSONFile.read(ExtractionRecord.self, from: folder.path("brain/provenance.json"))
  }
}
