import ChiasmFiles
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Simulated stimuli that belong together")
struct SimulatedDependenceTests {
  private func settings(
    _ dependence: SimulatedDependence, stimuli: Int = 20
  ) -> SimulationSettings {
    var settings = SimulationSettings.small(stimuli: stimuli)
    settings.dependence = dependence
    return settings
  }

  @Test("Words for them are read and written alike, and others are refused")
  func words() {
    for (word, kind) in [
      ("categories:6", SimulatedDependence.categories(6)), ("film:0.9", .film(memory: 0.9)),
      ("sessions:5", .sessions(5)),
    ] {
      #expect(SimulatedDependence(rawValue: word) == kind && kind.rawValue == word)
    }
    for word in ["", "film", "film:", "film:x", "categories:2.5", "runs:3", "film:0.9:1"] {
      #expect(SimulatedDependence(rawValue: word) == nil, "\(word)")
    }
  }

  @Test("Numbers have variance 1 and the correlation that is asked for")
  func deviates() {
    var generator = SeededGenerator(seed: 3)
    func correlation(_ kind: SimulatedDependence, of one: Int, _ other: Int, count: Int) -> Double {
      let draws = (0..<4000).map { _ in kind.deviates(count, using: &generator) }
      let (x, y) = (draws.map { $0[one] }, draws.map { $0[other] })
      #expect(abs(Spread(x).deviation - 1) < 0.06)
      return zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / 4000
    }
    #expect(abs(correlation(.film(memory: 0.9), of: 3, 4, count: 10) - 0.9) < 0.06)
    #expect(abs(correlation(.film(memory: 0.9), of: 3, 5, count: 10) - 0.81) < 0.06)
    #expect(abs(correlation(.categories(2), of: 1, 3, count: 4) - 0.5) < 0.06)
    #expect(abs(correlation(.categories(2), of: 1, 2, count: 4)) < 0.06)
    #expect(abs(correlation(.sessions(2), of: 0, 1, count: 4) - 0.5) < 0.06)
    #expect(abs(correlation(.sessions(2), of: 1, 2, count: 4)) < 0.06)
  }

  @Test("A table says what belongs together, and the record says how")
  func tables() throws {
    let folder = try SimulationFolder(settings(.categories(5)))
    let table = try Table(path: folder.path("stimuli.tsv"))
    #expect(table.columns == ["stimulus_id", "category"])
    #expect(table.rows[6] == ["image0007", "category2"])
    let shown = try SimulationFolder(settings(.film(memory: 0.5)))
    let film = try Table(path: shown.path("stimuli.tsv"))
    #expect(film.rows.map { $0[1] } == (0..<20).map { "segment\($0 / 2 + 1)" })
    let readme = try TextFile.read(folder.path("README.txt"))
    #expect(readme.contains("in 5 categories") && readme.contains("--groups category"))
    #expect(readme.contains("report alignment --known truth.tsv"))
  }

  @Test("A film is shown in order, and sessions show stimuli of their own")
  func order() throws {
    let film = try SimulationFolder(settings(.film(memory: 0.9)))
    let ids = film.simulation.stimulusIDs
    for session in try TrialTable.read([film.path("recordings/trials.tsv")]).sessions {
      #expect(session.stimulusIDs.compactMap(\.self) == ids)
    }
    let sessions = try SimulationFolder(settings(.sessions(4)))
    let shown = try TrialTable.read([sessions.path("recordings/trials.tsv")]).sessions
    #expect(shown.count == 4)
    for (number, session) in shown.enumerated() {
      #expect(
        session.stimulusIDs.compactMap(\.self).sorted()
          == Array(ids[5 * number..<5 * number + 5]))
    }
  }

  @Test("An unrelated brain has other signals, the same model, and no truth")
  func unrelated() throws {
    var settings = settings(.categories(5))
    let related = try SimulationFolder(settings).files()
    settings.isRelated = false
    let folder = try SimulationFolder(settings)
    let files = try folder.files()
    #expect(files["truth.tsv"] == nil && related["truth.tsv"] != nil)
    for (path, bytes) in files {
      if path.hasSuffix(".npy") { #expect(related[path] == bytes, "\(path)") }
      if path.contains("betas") { #expect(related[path] != bytes, "\(path)") }
    }
    #expect(folder.simulation.summary.hasSuffix("Brain and model have nothing in common."))
    #expect(try TextFile.read(folder.path("README.txt")).contains("chiasm report alignment\n"))
  }

  @Test("Groups that do not divide the stimuli are refused")
  func refusals() {
    expectFailure("groups", "20 stimuli", "6") { _ = try Simulation(settings(.categories(6))) }
    expectFailure("groups", "is 1") { _ = try Simulation(settings(.sessions(1))) }
    expectFailure("groups") { _ = try Simulation(settings(.sessions(20))) }
    expectFailure("memory", "0.99") { _ = try Simulation(settings(.film(memory: 1.5))) }
  }
}
