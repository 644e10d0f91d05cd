import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing
@testable import ChiasmResults
import ChiasmWorkflows

@Suite("From a simulation to its known answer")
struct SimulationRecovery {
  @Test(
    "Extracting and aligning find the layer that every region was made from", arguments: [1, 2])
  func recovery(seed: UInt64) async throws {
    let folder = try SimulationFolder(.small(seed: seed, stimuli: 40))
    try extract(folder)
    let result = try await align(folder)
    let shares = result.fitted.shares
    let costs = result.fitted.costs
    for known in Simulation.truth {
      let row = try #require(result.sourceNames.firstIndex(of: known.source))
      let column = try #require(result.targetNames.firstIndex(of: known.target))
      for other in result.targetNames.indices where other != column {
        #expect(costs[row, column].mean < costs[row, other].mean)
        #expect(shares[row, column].mean > shares[row, other].mean)
      }
    }
  }

  private func extract(_ folder: SimulationFolder) throws {
    var regions = RegionRequest()
    regions.atlases = [folder.path("recordings/visualrois.nii.gz")]
    regions.merges = ["V1=V1v+V1d", "V2=V2v+V2d", "V3=V3v+V3d", "hV4", "IT"]
    var settings = ExtractionSettings(
      images: ["01", "02"].map { folder.path("recordings/betas_session\($0).nii.gz") },
      trials: [folder.path("recordings/trials.tsv")], regions: regions)
    settings.scale = 1 / 300
    settings.signalToNoise = folder.path("recordings/ncsnr.nii.gz")
    settings.minimumNoiseCeiling = 0.2
    let output = try OutputFolder(path: folder.path("brain"))
    try ExtractionRun(settings).run(command: "chiasm extract").write(to: output)
    try output.commit()
  }

  private func align(_ folder: SimulationFolder) async throws -> FinishedAlignment {
    var settings = AlignmentSettings(source: folder.path("brain"), target: folder.path("model"))
    (settings.splitCount, settings.maximumUnits, settings.controlDrawCount) = (2, 40, 5)
    return try await AlignmentRun(settings).run(command: "chiasm align", threads: 2)
  }
}
