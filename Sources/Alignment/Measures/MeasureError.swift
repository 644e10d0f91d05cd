public import LinearAlgebra

/// Why a measure has no value. `description` is one sentence for the user.
public enum MeasureError: Error, Equatable, Sendable {
  /// A stage has fewer different stimuli than the measure needs.
  case tooFewStimuli(measure: String, needed: Int, found: Int)
  /// No unit of a stage varies over the stimuli in use.
  case noVaryingUnits(measure: String, stimulusCount: Int)
  /// A setting of a measure that makes no sense.
  case settingOutOfRange(measure: String, setting: String, value: Double, allowed: String)
  /// A transport problem that cannot be posed: the solver's own words.
  case transport(measure: String, problem: String)
  /// A transport that did not prove itself: the worst violations and the gap.
  case notCertified(
    measure: String, primalViolation: Double, dualViolation: Double, gap: Double)
  /// A decomposition that failed.
  case decomposition(measure: String, problem: LinearAlgebraError)
}

extension MeasureError: CustomStringConvertible {
  /// One sentence for the user.
  public var description: String {
    switch self {
    case .tooFewStimuli(let measure, let needed, let found):
      "The measure \(measure) needs at least \(needed) different stimuli and has \(found)."
    case .noVaryingUnits(let measure, let stimulusCount):
      "The measure \(measure) finds no unit of the stage that varies over the "
        + "\(stimulusCount) stimuli in use; leave the stage out."
    case .settingOutOfRange(let measure, let setting, let value, let allowed):
      "The \(setting) of the measure \(measure) is \(value); give \(allowed)."
    case .transport(let measure, let problem):
      "The transport of the measure \(measure) cannot be solved: \(problem)"
    case .notCertified(let measure, let primal, let dual, let gap):
      "The transport of the measure \(measure) is not proven optimal "
        + "(marginal error \(primal), dual violation \(dual), gap \(gap)); please report this."
    case .decomposition(let measure, let problem):
      "The measure \(measure) has no value: \(problem)"
    }
  }
}
