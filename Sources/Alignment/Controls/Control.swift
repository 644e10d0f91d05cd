public import ChiasmLinearAlgebra

/// A method whose held-out scores stand beside those of HOT, HOT itself among them.
///
/// A control that mixes the predictions of HOT's own unit plans gives weights (`MixtureControl`); any
/// other makes its own predictions. Its description stands beside its formula, and in the list
/// `ControlDescription.all`.
public protocol Control: Sendable {
  /// Its name in result files and what people read of it.
  static var description: ControlDescription { get }

  /// The scores on the held-out stimuli of a split: the control's own, under its name, and its
  /// matched score, where it has one, under the name with `-matched`.
  ///
  /// Results depend on the split and the control's own seed only.
  ///
  /// - Throws: `AlignmentError`.
  func scores(of split: FittedSplit) async throws -> [MethodScore]
}

extension Control {
  /// The name in result files, such as `single-best`.
  public var name: String { Self.description.name }
}

/// What a control is called, and what it shows in a few words.
public struct ControlDescription: Equatable, Sendable {
  /// The name in result files and options: `perm-p`.
  public let name: String
  /// The name as readers of papers know it: `Perm-P`.
  public let title: String
  /// What predicts, in a few words. `{source}`, `{target}`, `{sources}` and `{targets}` stand for what
  /// the reader calls stages.
  public let meaning: String

  /// What the name of a control's matched score ends with.
  public static let matchedSuffix = "-matched"

  /// Whether a method of result files is the matched score of a control.
  public static func isMatched(_ method: String) -> Bool { method.hasSuffix(matchedSuffix) }

  /// All controls, in the order of result files.
  public static let all = [
    CoupledStages.description, PermutedCoupling.description, SingleBestStage.description,
    CheapestStage.description, PermutedLayers.description, UniformCoupling.description,
    ShuffledShares.description, GlobalTransport.description, ConcatenatedRidge.description,
  ]

  /// Describes a control.
  public init(name: String, title: String, meaning: String) {
    (self.name, self.title, self.meaning) = (name, title, meaning)
  }

  /// Describes a method of result files: a control by its name, and its matched score, whose title says
  /// so; nil for any other.
  public init?(method: String) {
    let isMatched = Self.isMatched(method)
    let name = isMatched ? String(method.dropLast(Self.matchedSuffix.count)) : method
    guard let control = Self.all.first(where: { $0.name == name }) else { return nil }
    self.init(
      name: method, title: control.title + (isMatched ? ", matched" : ""), meaning: control.meaning)
  }
}

/// A control that weighs the target stages as it likes and predicts with the unit plans of HOT.
public protocol MixtureControl: Control {
  /// Whether mixtures are draws among which HOT has a rank; a control of one mixture is none.
  var drawsAtRandom: Bool { get }

  /// The mixtures of the control, each source stages × target stages with rows that sum to 1.
  ///
  /// One for most; a control that draws at random gives as many as it draws, the same number and in
  /// the same order for every split, and its score is their mean.
  func mixtures(for fit: FittedTransport) -> [Matrix<Double>]
}

extension MixtureControl {
  /// No, for most.
  public var drawsAtRandom: Bool { false }

  /// Scores every mixture; a control that does not draw also has a matched score.
  public func scores(of split: FittedSplit) async throws -> [MethodScore] {
    let mixtures = mixtures(for: split.fit)
    let evaluation = split.evaluation
    let stages = try await concurrentMap(count: evaluation.stageCount, threads: split.threads) {
      stage in
      MethodScore(method: name, stageCount: 1, drawCount: mixtures.count) { draw, _ in
        evaluation.unitScores(stage: stage, weights: mixtures[draw].row(stage))
      }
    }
    let mixed = MethodScore(joining: stages)
    guard let weights = mixtures.first, !drawsAtRandom else { return [mixed] }
    let matched = MethodScore(matched: name, evaluation) { Array(weights.row($0)) }
    return [mixed, matched]
  }
}

extension Matrix<Double> {
  /// The matrix whose row l is 1 in column `choices[l]` and 0 elsewhere.
  static func choosing(_ choices: [Int], columnCount: Int) -> Matrix<Double> {
    var matrix = Matrix(rowCount: choices.count, columnCount: columnCount, repeating: 0)
    for (row, column) in choices.enumerated() { matrix[row, column] = 1 }
    return matrix
  }
}
