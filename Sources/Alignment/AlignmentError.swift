public import ChiasmLinearAlgebra
internal import ChiasmTransport

/// Why an alignment cannot be made, or a measure has no value. `description` is one sentence for the
/// user.
public enum AlignmentError: Error, Equatable, Sendable {
  /// No unit of a stage varies over the training stimuli of a split.
  case noVaryingUnits(stage: String)
  /// A split leaves too few stimuli on one side.
  case splitTooSmall(split: String, training: Int, heldOut: Int)
  /// A split has too few training stimuli for the folds that choose the outer problem.
  case tooFewForFolds(split: String, training: Int, folds: Int, needed: Int)
  /// A split trains on too few groups of stimuli for the folds that choose the outer problem, or on groups
  /// that leave fewer than 3 stimuli to a fold.
  case tooFewGroupsForFolds(split: String, groups: Int, folds: Int)
  /// A transport problem that cannot be posed: the solver's own words.
  case transport(source: String, target: String, problem: String)
  /// A solve that did not prove itself: the worst violations and the gap.
  case notCertified(
    source: String, target: String, primalViolation: Double, dualViolation: Double, gap: Double)
  /// A stage has fewer different stimuli than a measure needs.
  case tooFewStimuli(measure: String, needed: Int, found: Int)
  /// Stimuli that belong together make fewer groups than a measure needs.
  case tooFewGroups(measure: String, needed: Int, found: Int)
  /// No unit of a stage varies over the stimuli that a measure uses.
  case nothingToMeasure(measure: String, stimulusCount: Int)
  /// A measure that needs responses, where only dissimilarities are known.
  case needsResponses(measure: String)
  /// A setting of a measure that makes no sense.
  case settingOutOfRange(measure: String, setting: String, value: Double, allowed: String)
  /// A transport problem of a measure that cannot be posed: the solver's own words.
  case measureTransport(measure: String, problem: String)
  /// A transport of a measure that did not prove itself: the worst violations and the gap.
  case measureNotCertified(
    measure: String, primalViolation: Double, dualViolation: Double, gap: Double)
  /// A decomposition that failed.
  case decomposition(measure: String, problem: LinearAlgebraError)
}

extension AlignmentError: CustomStringConvertible {
  /// One sentence for the user.
  public var description: String {
    switch self {
    case .noVaryingUnits(let stage):
      "No unit of stage \(stage) varies over the training stimuli; leave the stage out."
    case .splitTooSmall(let split, let training, let heldOut):
      "Split \(split) has \(training) training and \(heldOut) held-out stimuli; "
        + "at least 3 of each are needed."
    case .tooFewForFolds(let split, let training, let folds, let needed):
      "Split \(split) has \(training) training stimuli, but choosing the outer penalty in \(folds) "
        + "folds needs at least \(needed)."
    case .tooFewGroupsForFolds(let split, let groups, let folds):
      "Split \(split) trains on \(groups) group\(groups == 1 ? "" : "s") of stimuli, but choosing the "
        + "outer penalty in \(folds) folds of whole groups needs at least \(folds), with 3 stimuli or "
        + "more to each fold."
    case .transport(let source, let target, let problem):
      "The transport between \(source) and \(target) cannot be solved: \(problem)"
    case .notCertified(let source, let target, let primal, let dual, let gap):
      "The transport between \(source) and \(target) is not proven optimal "
        + "(marginal error \(primal), dual violation \(dual), gap \(gap)); please report this."
    case .tooFewStimuli(let measure, let needed, let found):
      "The measure \(measure) needs at least \(needed) different stimuli and has \(found); leave it "
        + "out or give more."
    case .tooFewGroups(let measure, let needed, let found):
      "The measure \(measure) holds out whole groups of stimuli and needs at least \(needed) of them, but "
        + "there \(found == 1 ? "is" : "are") \(found); leave it out or give a column with more groups."
    case .nothingToMeasure(let measure, let stimulusCount):
      "The measure \(measure) finds no unit of the stage that varies over the "
        + "\(stimulusCount) stimuli in use; leave the stage out."
    case .needsResponses(let measure):
      "The measure \(measure) needs responses, and only dissimilarities (RDMs) are given; rsa and cka, "
        + "in all their forms, take those."
    case .settingOutOfRange(let measure, let setting, let value, let allowed):
      "The \(setting) of the measure \(measure) is \(value); give \(allowed)."
    case .measureTransport(let measure, let problem):
      "The transport of the measure \(measure) cannot be solved: \(problem)"
    case .measureNotCertified(let measure, let primal, let dual, let gap):
      "The transport of the measure \(measure) is not proven optimal "
        + "(marginal error \(primal), dual violation \(dual), gap \(gap)); please report this."
    case .decomposition(let measure, let problem):
      "The measure \(measure) has no value: \(problem)"
    }
  }
}

extension TransportCertificate {
  /// Throws `notCertified` for a proof that does not hold within a tolerance; nil accepts any.
  func require(
    _ tolerance: Double?, between names: (source: String, target: String)
  ) throws(AlignmentError) {
    guard let tolerance, !holds(within: tolerance) else { return }
    throw .notCertified(
      source: names.source, target: names.target, primalViolation: primalViolation,
      dualViolation: dualViolation, gap: gap)
  }
}
