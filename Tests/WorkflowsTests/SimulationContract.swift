import Testing
@testable import ChiasmWorkflows

@Suite("What simulations refuse")
struct SimulationContract {
  static let refused: [(change: @Sendable (inout SimulationSettings) -> Void, what: String)] = [
    ({ $0.stimulusCount = 1 }, "The number of stimuli is 1, but must be at least 12."),
    ({ $0.stimulusCount = 11 }, "The number of stimuli is 11, but must be at least 12."),
    ({ $0.sessionCount = 0 }, "The number of sessions is 0, but must be at least 1."),
    ({ $0.noise = -0.5 }, "The noise is -0.5, but must be a factor from 0 to 10."),
    ({ $0.noise = .nan }, "The noise is nan, but must be a factor from 0 to 10."),
    ({ $0.noise = .infinity }, "The noise is inf, but must be a factor from 0 to 10."),
  ]

  @Test("A setting outside its range is an error of usage that says so", arguments: refused)
  func refusal(change: @Sendable (inout SimulationSettings) -> Void, what: String) {
    var settings = SimulationSettings.small()
    change(&settings)
    let error = #expect(throws: WorkflowError.self) { try Simulation(settings) }
    #expect(error?.description == what)
    #expect(error?.category == .usage)
  }

  @Test("One session, the fewest stimuli and the greatest noise can be written")
  func extremes() throws {
    var settings = SimulationSettings.small(noise: 10)
    settings.sessionCount = 1
    let folder = try SimulationFolder(settings)
    #expect(try folder.files().count == 16)
    #expect(folder.simulation.gap.session == 0)
  }
}
