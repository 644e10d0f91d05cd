import ChiasmImaging
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Two ways to the noise of a simulation")
struct SimulationTwoWays {
  @Test("Signal-to-noise ratios are those of the recordings with and without noise")
  func signalToNoise() throws {
    let folder = try SimulationFolder(.small(stimuli: 20))
    let simulation = folder.simulation
    let noisy = volumes(of: simulation)
    // The same seed draws the same voxels and stimuli, so that the difference is the noise.
    let clean = volumes(of: try Simulation(.small(stimuli: 20, noise: 0)))
    let ratios = try NIfTIReader(path: folder.path("recordings/ncsnr.nii.gz")).readAll()
    var quotients: [Double] = []
    for voxel in simulation.voxels where voxel.signal != nil {
      let place = voxel.place
      if simulation.gap.places.contains(place) { continue }
      let signal = deviation(clean.map { $0[place] })
      let noise = deviation(zip(noisy, clean).map { $0[place] - $1[place] })
      quotients.append(signal / noise / ratios[place])
    }
    // The deviation of 40 draws is known to a ninth, the mean over 996 voxels to 0.004.
    #expect(abs(quotients.reduce(0, +) / Double(quotients.count) - 1) < 0.04)
    #expect(quotients.allSatisfy { (0.5...2).contains($0) })
  }

  @Test("Ratios are NaN outside the brain, 0 outside the regions and positive in them")
  func ratiosByPlace() throws {
    let folder = try SimulationFolder(.small())
    let ratios = try NIfTIReader(path: folder.path("recordings/ncsnr.nii.gz")).readAll()
    let anatomy = folder.simulation.anatomy
    let brain = Set(anatomy.brain)
    for (voxel, ratio) in ratios.enumerated() {
      let isRegion = anatomy.labels.labels[voxel] > 0
      #expect(brain.contains(voxel) ? isRegion ? ratio > 0 : ratio == 0 : ratio.isNaN)
    }
  }

  private func volumes(of simulation: Simulation) -> [[Double]] {
    var volumes: [[Double]] = []
    for session in 0..<simulation.settings.sessionCount {
      simulation.runSession(session) { volumes.append($0) }
    }
    return volumes
  }

  private func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
      .squareRoot()
  }
}
