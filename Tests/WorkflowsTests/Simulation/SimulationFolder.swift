import ChiasmFiles
import Foundation
@testable import ChiasmResults
import ChiasmWorkflows

/// A simulation written into a temporary folder, which goes away with the value.
final class SimulationFolder {
  let url: URL
  let simulation: Simulation

  init(_ settings: SimulationSettings) throws {
    simulation = try Simulation(settings)
    url = FileManager.default.temporaryDirectory.appending(path: "chiasm-test-\(UUID())")
    let folder = try OutputFolder(path: url.path)
    try simulation.write(to: folder, command: "chiasm simulate")
    try folder.commit()
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ relative: String) -> String { url.appending(path: relative).path }

  /// The bytes of every file by its path in the folder; folders have no dot in their names.
  func files() throws -> [String: Data] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: url.path)
      .filter { $0.contains(".") }
    return try Dictionary(
      uniqueKeysWithValues: paths.map { ($0, try Data(contentsOf: url.appending(path: $0))) })
  }
}

extension SimulationSettings {
  /// Few stimuli and two sessions, to be quick.
  static func small(seed: UInt64 = 0, stimuli: Int = 12, noise: Double = 1) -> SimulationSettings {
    var settings = SimulationSettings()
    (settings.stimulusCount, settings.sessionCount) = (stimuli, 2)
    (settings.noise, settings.seed) = (noise, seed)
    return settings
  }
}
