import ChiasmFiles
import ChiasmImaging
import ChiasmResponses
import Foundation
import Testing

@Suite("Maps of an alignment both ways")
struct MapsOfBothDirections {
  /// Another brain than that of the study, on another grid.
  private static let grid = Grid(
    shape: [3, 2, 3], affine: Affine(rows: [[3, 0, 0, -1], [0, 3, 0, -2], [0, 0, 3, -3]]))
  /// The voxels of its regions.
  private static let regions = [("A1", Array(0..<5)), ("A2", Array(5..<9)), ("A3", [11, 13, 17])]
  private static let voxels = [("V1", Array(0..<9)), ("V2", Array(14..<24))]

  private func extractOther(in study: Study) throws {
    let count = Self.grid.voxelCount
    try study.image(
      "other.nii.gz", (0..<20).map { Study.numbers(count, seed: 50 + $0) }, on: Self.grid)
    for (name, voxels) in Self.regions {
      try study.image(
        "\(name).nii.gz", [(0..<count).map { voxels.contains($0) ? 1 : 0 }], on: Self.grid)
    }
    let outcome = try study.program.run(
      ["extract", "--image", "other.nii.gz", "--trials", "trials.tsv", "--roi"]
        + Self.regions.map { "\($0.0)=\($0.0).nii.gz" } + ["--output", "other", "--quiet"])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// The rows of a table that are the mean over splits.
  private func means(_ path: String, in study: Study) throws -> [[String: String]] {
    let table = try Table(path: study.path(path))
    return table.rows.map { Dictionary(zip(table.columns, $0), uniquingKeysWith: { $1 }) }
      .filter { $0["split"] == "mean" }
  }

  /// Expects the maps of a result to have its numbers at the voxels of its source's regions.
  private func expectMaps(
    of result: String, _ regions: [(String, [Int])], targets: [String], on grid: Grid,
    in study: Study
  ) throws {
    func map(_ name: String) throws -> [Double] {
      let reader = try NIfTIReader(path: study.path("\(result)/maps/\(name).nii.gz"))
      #expect(reader.header.grid.matches(grid), "\(result)/\(name)")
      return try reader.readAll()
    }
    let (shares, scores) = (try map("coupling_share"), try map("heldout_score"))
    let (depths, labels) = (try map("expected_depth"), try map("best_layer_dseg"))
    #expect(shares.count == targets.count * grid.voxelCount && scores.count == grid.voxelCount)
    let coupling = try means("\(result)/coupling.csv", in: study)
    let judged = try means("\(result)/scores.csv", in: study).filter { $0["method"] == "hot" }
    #expect(coupling.count == regions.count * targets.count)
    for (region, voxels) in regions {
      let row = try targets.map { target in
        try #require(
          coupling.first { $0["source_stage"] == region && $0["target_stage"] == target }
            .flatMap { Double($0["share"] ?? "") })
      }
      for voxel in voxels {
        for (place, share) in row.enumerated() {
          #expect(abs(shares[place * grid.voxelCount + voxel] - share) < 1e-6)
        }
        let depth = zip(row, 1...).reduce(0) { $0 + $1.0 * Double($1.1) }
        #expect(abs(depths[voxel] - depth) < 1e-5)
        let best = row.indices.max { row[$0] < row[$1] }
        let isAlone = row.count { abs($0 - (row.max() ?? 0)) < 1e-9 } == 1
        #expect(!isAlone || labels[voxel] == Double((best ?? -1) + 1))
      }
      let score = judged.first { $0["source_stage"] == region }?["score"].flatMap(Double.init)
      let mean = voxels.reduce(0) { $0 + scores[$1] } / Double(voxels.count)
      #expect(abs(mean - (score ?? .nan)) < 1e-6, "\(region)")
    }
    let inside = Set(regions.flatMap(\.1))
    let outside = (0..<grid.voxelCount).filter { !inside.contains($0) }
    #expect(outside.allSatisfy { shares[$0].isNaN && scores[$0].isNaN && labels[$0] == 0 })
  }

  @Test("Of two brains each way has maps on the grid of what it explains")
  func brains() throws {
    try withStudy { study in
      #expect(try study.program.run(Study.extract + ["voxels", "--quiet"]).status == 0)
      try extractOther(in: study)
      let outcome = try study.program.run(
        "align", "--source", "voxels", "--target", "other", "--regions", "V2,V1", "--layers",
        "A3,A1", "--both-directions", "--output", "out", "--quiet")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let others = [Self.regions[2], Self.regions[0]]
      try expectMaps(
        of: "out", Self.voxels, targets: ["A3", "A1"], on: Study.grid, in: study)
      try expectMaps(
        of: "out/reverse", others, targets: ["V2", "V1"], on: Self.grid, in: study)
    }
  }

  @Test("A brain that explains a model has maps the other way only")
  func target() throws {
    try withStudy { study in
      try extractOther(in: study)
      let outcome = try study.program.run(
        "align", "--source", "model", "--target", "other", "--both-directions", "--output", "out",
        "--quiet")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(!study.exists("out/maps"))
      try expectMaps(
        of: "out/reverse", Self.regions, targets: ["a", "b", "c"], on: Self.grid, in: study)
    }
  }
}
