/// What is to be simulated.
public struct SimulationSettings: Equatable, Sendable {
  /// The number of stimuli, at least 12.
  public var stimulusCount = 200
  /// The number of sessions; each shows every stimulus once.
  public var sessionCount = 3
  /// What the noise of every voxel is multiplied by, from 0 to 10.
  public var noise = 1.0
  /// The seed of everything that is drawn.
  public var seed: UInt64 = 0

  /// The defaults of the command.
  public init() {}

  func check() throws(WorkflowError) {
    if stimulusCount < 12 {
      throw .setting(
        name: "The number of stimuli", expected: "at least 12", actual: "\(stimulusCount)")
    }
    if sessionCount < 1 {
      throw .setting(
        name: "The number of sessions", expected: "at least 1", actual: "\(sessionCount)")
    }
    // More noise than this would leave the range of the stored numbers.
    if !(0...10).contains(noise) {
      throw .setting(name: "The noise", expected: "a factor from 0 to 10", actual: "\(noise)")
    }
  }
}
