/// Why an alignment cannot be made. `description` is one sentence for the user.
public enum AlignmentError: Error, Equatable, Sendable {
  /// No unit of a stage varies over the training stimuli of a split.
  case noVaryingUnits(stage: String)
  /// A split leaves too few stimuli on one side.
  case splitTooSmall(split: String, training: Int, heldOut: Int)
  /// A split has too few training stimuli for the folds that choose the outer problem.
  case tooFewForFolds(split: String, training: Int, folds: Int, needed: Int)
  /// A transport problem that cannot be posed: the solver's own words.
  case transport(source: String, target: String, problem: String)
  /// A solve that did not prove itself: the worst violations and the gap.
  case notCertified(
    source: String, target: String, primalViolation: Double, dualViolation: Double, gap: Double)
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
    case .transport(let source, let target, let problem):
      "The transport between \(source) and \(target) cannot be solved: \(problem)"
    case .notCertified(let source, let target, let primal, let dual, let gap):
      "The transport between \(source) and \(target) is not proven optimal "
        + "(marginal error \(primal), dual violation \(dual), gap \(gap)); please report this."
    }
  }
}
