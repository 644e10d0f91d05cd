/// What can be wrong with responses. `description` is one sentence; the caller adds the path.
public enum ResponseError: Error, Equatable, Sendable {
  /// A set without stages.
  case noStages
  /// Two stages have one name.
  case duplicateStage(name: String)
  /// A stage that was asked for is not there.
  case unknownStage(name: String, available: [String])
  /// A stage has another number of rows than there are stimuli; where it has as many columns as these, it
  /// looks transposed.
  case rowCount(stage: String, expected: Int, actual: Int, isTransposed: Bool = false)
  /// A stage has no units.
  case noUnits(stage: String)
  /// Stimuli that come more than once.
  case duplicateStimuli(examples: [String], count: Int)
  /// Stimuli without a name, of which `row` (1-based) is the first.
  case unnamedStimuli(row: Int, count: Int)
  /// Stimuli that become one when names are compared; `count` of them are one with another before.
  case mergedStimuli(names: [String], into: String, count: Int)
  /// A response that is not a number; stimulus and unit (0-based) say where the first stands.
  case notFinite(stage: String, stimulus: String, unit: Int, count: Int)
  /// A matrix that is no RDM; `problem` is a clause with the numbers.
  case noDissimilarities(stage: String, problem: String)
  /// Too few stimuli that both sets have.
  case tooFewCommonStimuli(StimulusOverlap, needed: Int)
}

extension ResponseError: CustomStringConvertible {
  /// One sentence for the user.
  public var description: String {
    switch self {
    case .noStages: "There is no stage (region or layer) in the response set."
    case .duplicateStage(let name): "Two stages are named \(name); give each its own name."
    case .unknownStage(let name, let available):
      "There is no stage named \(name)\(NameVariant.question(name, among: available)); there are "
        + "\(available.joined(separator: ", "))."
    case .rowCount(let stage, let expected, let actual, let isTransposed):
      "Stage \(stage) has \(actual) row\(actual == 1 ? "" : "s") but there "
        + "\(expected == 1 ? "is 1 stimulus" : "are \(expected) stimuli"); "
        + (isTransposed
          ? "it has as many columns and looks transposed (units × stimuli): save it as stimuli × units."
          : "each row must be one stimulus, in the order of their list.")
    case .noUnits(let stage): "Stage \(stage) has no units."
    case .duplicateStimuli(let examples, let count):
      "Stimuli come more than once (\(count) in all, such as \(examples.joined(separator: ", "))); "
        + "each stimulus_id may name one row. Average the repeats, or number them in a column repeat of "
        + "stimuli.tsv, and they are averaged."
    case .unnamedStimuli(let row, let count):
      (count == 1
        ? "Row \(row) names no stimulus (it is empty or n/a)"
        : "\(count) rows name no stimulus (they are empty or n/a), the first of them row \(row)")
        + "; give each row a name, or leave it out."
    case .mergedStimuli(let names, let key, let count):
      "Stimuli \(names.joined(separator: " and ")) both become \(key)"
        + (count == 1 ? "" : ", and \(count - 1) more become one with another")
        + "; compare more of their names (--match), or map them to names that differ (--stimulus-map)."
    case .notFinite(let stage, let stimulus, let unit, count: 1):
      "Stage \(stage) holds a value that is NaN or infinite at stimulus \(stimulus), unit \(unit); "
        + "remove or replace it."
    case .notFinite(let stage, let stimulus, let unit, let count):
      "Stage \(stage) holds \(count) values that are NaN or infinite, the first at stimulus "
        + "\(stimulus), unit \(unit); remove or replace them."
    case .noDissimilarities(let stage, let problem):
      "Stage \(stage) is no matrix of dissimilarities (RDM): it \(problem)."
    case .tooFewCommonStimuli(let overlap, let needed):
      "At least \(needed) common stimuli are needed, but \(overlap)."
    }
  }
}
