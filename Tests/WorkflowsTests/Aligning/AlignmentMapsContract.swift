import ChiasmResponses
import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmImaging
import ChiasmLinearAlgebra
import ChiasmStatistics
import TestSupport
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Maps of an alignment")
struct AlignmentMapsContract {
  /// A brain on the grid whose regions A (voxels 3, 4, 5) and B (5, 6) share voxel 5.
  private func brain(_ folder: ResponseFolder) throws -> String {
    let recording = RecordingFolder(url: folder.url)
    let image = try recording.image("bold.nii.gz", SampleNumbers.rows(20, 24, seed: 9))
    let trials = try recording.trials(ResponseFolder.stimuli)
    let masks = [
      "A=" + (try recording.mask("a.nii.gz", [3, 4, 5])),
      "B=" + (try recording.mask("b.nii.gz", [5, 6])),
    ]
    return try recording.write(recording.settings([image], [trials], masks: masks), to: "voxels")
  }

  private func prepared(
    _ folder: ResponseFolder, splitCount: Int = 2
  ) async throws -> FinishedAlignment {
    let target = try folder.set("model", [("a", 5), ("b", 3), ("c", 2)], seed: 2)
    var settings = AlignmentSettings(source: try brain(folder), target: target)
    settings.splitCount = splitCount
    return try await folder.align(settings)
  }

  private func map(_ folder: ResponseFolder, _ name: String) throws -> (NIfTIHeader, [Double]) {
    let reader = try NIfTIReader(path: folder.path("out/maps/\(name).nii.gz"))
    return (reader.header, try reader.readAll())
  }

  @Test("Every map lies on the grid of the recording, with its codes")
  func grids() async throws {
    try await withResponses { folder in
      _ = try await prepared(folder)
      for name in ["coupling_share", "expected_depth", "heldout_score", "best_layer_dseg"] {
        let (header, values) = try map(folder, name)
        #expect(header.grid.matches(RecordingFolder.grid))
        #expect(header.sformCode == 1 && header.qformCode == 0)
        #expect(header.shape == (name == "coupling_share" ? [4, 3, 2, 3] : [4, 3, 2]))
        let outside = values.indices.filter { ![3, 4, 5, 6].contains($0 % 24) }
        if name == "best_layer_dseg" {
          #expect(outside.allSatisfy { values[$0] == 0 } && header.datatype == .int32)
        } else {
          #expect(outside.allSatisfy { values[$0].isNaN } && header.datatype == .float32)
        }
      }
    }
  }

  @Test("A voxel has its region's share and depth, one of two regions their mean")
  func shares() async throws {
    try await withResponses { folder in
      let summary = try await prepared(folder).fitted
      let (_, values) = try map(folder, "coupling_share")
      let (_, depths) = try map(folder, "expected_depth")
      for layer in 0..<3 {
        let (a, b) = (summary.shares[0, layer].mean, summary.shares[1, layer].mean)
        let expected = [a, a, (a + b) / 2, b]
        for (voxel, share) in zip(3...6, expected) {
          #expect(abs(values[layer * 24 + voxel] - share) < 1e-7)
        }
      }
      let (a, b) = (summary.expectedDepths[0], summary.expectedDepths[1])
      for (voxel, depth) in zip(3...6, [a, a, (a + b) / 2, b]) {
        #expect(abs(depths[voxel] - depth) < 1e-6)
      }
      let volumes = try JSONFile.read(
        AlignmentMaps.Sidecar.self, from: folder.path("out/maps/coupling_share.json"))
      #expect(volumes.Volumes == ["a", "b", "c"])
      #expect(volumes.OverlappingVoxels.contains("mean"))
    }
  }

  @Test("A region whose layers all tie over splits has no label")
  func noLabel() async throws {
    try await withResponses { folder in
      let summary = try await prepared(folder).fitted
      #expect(summary.tiedTargetCounts[0] == 3 && summary.bestTargets[0] == nil)
      #expect(try map(folder, "best_layer_dseg").1[3] == 0)
    }
  }

  @Test("Labels are the best layers; of two regions the first counts")
  func labels() async throws {
    try await withResponses { folder in
      let best = try await prepared(folder, splitCount: 1).fitted.bestTargets
      let (_, values) = try map(folder, "best_layer_dseg")
      let (a, b) = (Double(try #require(best[0]) + 1), Double(try #require(best[1]) + 1))
      #expect(Array(values[3...6]) == [a, a, a, b])
      let names = try Table(path: folder.path("out/maps/best_layer_dseg.tsv"))
      #expect(names.rows == [["1", "a"], ["2", "b"], ["3", "c"]])
      let sidecar = try JSONFile.read(
        AlignmentMaps.Sidecar.self, from: folder.path("out/maps/best_layer_dseg.json"))
      #expect(sidecar.OverlappingVoxels.contains("first"))
    }
  }

  @Test("Held-out scores of a region's voxels have the region's score as their mean")
  func scores() async throws {
    try await withResponses { folder in
      let result = try await prepared(folder)
      let (_, values) = try map(folder, "heldout_score")
      let rows = try folder.rows("out/scores.csv")
      let region = rows.first {
        $0["method"] == "hot" && $0["source_stage"] == "A" && $0["split"] == "mean"
      }
      let units = result.unitScores
      let mean = units[0].reduce(0, +) / 3
      #expect(abs(mean - (region?["score"].flatMap(Double.init) ?? .nan)) < 1e-12)
      #expect(abs(values[3] - units[0][0]) < 1e-6 && abs(values[6] - units[1][1]) < 1e-6)
      #expect(abs(values[5] - (units[0][2] + units[1][0]) / 2) < 1e-6)
    }
  }

  @Test("Voxels that --max-units leaves out have no value")
  func subsample() async throws {
    try await withResponses { folder in
      let target = try folder.set("model", [("a", 5)], seed: 2)
      var settings = AlignmentSettings(source: try brain(folder), target: target)
      (settings.maximumUnits, settings.sourceStages) = (2, ["A"])
      let drawn = try await folder.align(settings).unitNumbers.source[0].map { $0 + 3 }
      let (_, values) = try map(folder, "heldout_score")
      #expect(values.indices.filter { !values[$0].isNaN } == drawn)
    }
  }

  @Test("Without a recording there are no maps")
  func model() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      #expect(!FileManager.default.fileExists(atPath: folder.path("out/maps")))
    }
  }
}
