import ChiasmResponses
import ChiasmFiles
import Foundation
import ChiasmImaging
import ChiasmReporting
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Report of a brain")
struct ReportOfBrain {
  private func aligned(_ folder: ResponseFolder) async throws {
    let recording = RecordingFolder(url: folder.url)
    let image = try recording.image("bold.nii.gz", SampleNumbers.rows(20, 24, seed: 9))
    let trials = try recording.trials(ResponseFolder.stimuli)
    let masks = [
      "A=" + (try recording.mask("a.nii.gz", [3, 4, 5])),
      "B=" + (try recording.mask("b.nii.gz", [5, 6])),
    ]
    let brain = try recording.write(
      recording.settings([image], [trials], masks: masks), to: "voxels")
    let target = try folder.set("model", [("a", 5), ("b", 3), ("c", 2)], seed: 2)
    try await folder.align(AlignmentSettings(source: brain, target: target))
  }

  @Test(
    "Maps, scores of voxels and what was dropped are there; noise ceilings are not, and it says so")
  func brain() async throws {
    try await withResponses { folder in
      try await aligned(folder)
      let report = try folder.report()
      #expect(
        Set(report.kinds).isSuperset(
          of: [.depthMap, .layerMap, .scoreMap, .glass, .voxelScores, .voxels]))
      #expect(!report.kinds.contains(.ceilings))
      #expect(report.page.text(of: "quality").contains("no noise ceilings"))
      #expect(report.page.text(of: "quality").contains("A 3 3"))
      #expect(report.page.text(of: "summary").contains("2 regions (A and B; 5 voxels)"))
    }
  }

  @Test("Slices are drawn on an anatomical image of one volume, and no other")
  func anatomy() async throws {
    try await withResponses { folder in
      try await aligned(folder)
      let plain = try folder.report().figure(.depthMap, style: ChartStyle())
      let (one, two) = (folder.path("t1.nii.gz"), folder.path("two.nii.gz"))
      let header = NIfTIHeader(grid: RecordingFolder.grid)
      let values = (0..<24).map(Double.init)
      try NIfTIWriter.write([values], to: one, like: header)
      try NIfTIWriter.write([values, values], to: two, like: header)
      let drawn = try folder.report { $0.anatomy = one }.figure(.depthMap, style: ChartStyle())
      #expect(drawn != plain)
      expectFailure("two.nii.gz") { _ = try folder.report { $0.anatomy = two } }
    }
  }

  @Test("Without the response set the page says what it cannot show, and shows the rest")
  func withoutSource() async throws {
    try await withResponses { folder in
      try await aligned(folder)
      try FileManager.default.removeItem(atPath: folder.path("voxels"))
      let report = try folder.report()
      #expect(report.kinds.contains(.depthMap) && !report.kinds.contains(.voxelScores))
      #expect(report.page.text(of: "brain").contains("--source"))
    }
  }

  @Test("Names of regions stand on slices where their voxels are")
  func regionNames() async throws {
    try await withResponses { folder in
      try await aligned(folder)
      let section = BrainSection(
        try AlignmentReading(ReportSettings(alignment: folder.path("out"))))
      for kind in [FigureKind.depthMap, .layerMap, .scoreMap] {
        let figure = try #require(section.pieces.compactMap(\.figure).first { $0.kind == kind })
        let chart = try #require(figure.chart as? SliceChart)
        #expect(chart.partNames == [.init(1, "A"), .init(2, "B")])
        for panel in chart.rows.flatMap(\.panels) {
          let parts = try #require(panel.parts)
          #expect(parts.rowCount == panel.values.rowCount)
          // A voxel has a region exactly where the map has a voxel.
          #expect(parts.values.map(\.isNaN) == panel.region?.values.map(\.isNaN))
        }
        let numbers = Set(
          chart.rows.flatMap(\.panels).flatMap { $0.parts?.values ?? [] }.filter { !$0.isNaN })
        #expect(numbers == [1, 2])
      }
    }
  }

  @Test(
    "Scores of which some are negative have one scale about zero on slices and through the brain")
  func signedScores() async throws {
    try await withResponses { folder in
      try await aligned(folder)
      let reading = try AlignmentReading(ReportSettings(alignment: folder.path("out")))
      let maps = try #require(reading.maps)
      let scores = maps.heldOutScore.values.filter(\.isFinite)
      try #require(scores.contains { $0 < 0 })
      let most = try #require(scores.map(abs).max())
      for kind in [FigureKind.scoreMap, .glass] {
        let figure = try #require(
          BrainSection(reading).pieces.compactMap(\.figure).first { $0.kind == kind })
        let chart = try #require(figure.chart as? SliceChart)
        guard case .scale(_, let range?) = chart.coloring else {
          Issue.record("\(kind) has no range.")
          continue
        }
        #expect(range.lowerBound == -range.upperBound)
        #expect(range.upperBound >= most && range.upperBound < most + 0.1)
      }
    }
  }
}
