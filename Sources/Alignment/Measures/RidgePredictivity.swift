internal import ChiasmLinearAlgebra
public import ChiasmResponses
public import ChiasmStatistics
internal import Synchronization

/// How well the target predicts held-out responses of the source by a linear map.
///
/// Stimuli are divided into K folds, at random by the seed, all repeats of a stimulus into one, and all
/// stimuli of a group where they belong together. For each fold, every source unit y is regressed on all
/// target units Z, z-scored on the other folds,
/// ```
/// w = argmin ‖y − ȳ − Z w‖² + λ ‖w‖²,   λ = γ · max(T, q)
/// ```
/// for T training stimuli and q target units: γ is the penalty in units of the mean eigenvalue of Zᵀ Z.
/// γ is chosen for each source unit by cross-validation over the other K − 1 folds: the least squared
/// error, the greater penalty of equals. Pearson's r of predicted and true responses is taken within
/// each held-out fold, and averaged over folds, then over source units.
///
/// Range [−1, 1], greater is better; about 0 for unrelated stages. It has a direction: the target
/// explains the source. More target units predict better, so that stages of different size are not
/// on a par, and the limit that noise sets is not taken out. A unit that does not vary over a held-out
/// fold is passed over there; a prediction that does not vary counts as r = 0.
///
/// One eigendecomposition a fold gives all penalties, in the space of stimuli or of target units,
/// whichever is smaller: with H = 1 1ᵀ/T + U diag(s / (s + λ)) Uᵀ, the errors of a block B of training
/// stimuli when it is left out are (1 − H_BB)⁻¹ (y − H y)_B. It is kept in the prepared target, so
/// that further sources cost K · |γ| · T² operations a unit. Memory of a target: K · T · min(T, q).
public struct RidgePredictivity: Measure {
  /// `ridge`.
  public let name = "ridge"
  /// K, at least 3.
  public let foldCount: Int
  /// γ, ascending.
  public let relativePenalties: [Double]
  /// Decides the folds.
  public let seed: UInt64
  /// What belongs together among the stimuli; nil where they are independent of each other.
  public let groups: Grouping?

  /// Eight penalties a decade apart, from 1e-3 to 1e4.
  public static let automaticPenalties = [1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4]

  /// Three held-out stimuli a fold.
  public var leastStimulusCount: Int { 3 * foldCount }

  /// Configures the folds and the penalties.
  ///
  /// - Throws: `AlignmentError.settingOutOfRange` for fewer than three folds or a penalty that is not a
  ///   positive finite number, or none.
  public init(
    foldCount: Int = 5, relativePenalties: [Double] = automaticPenalties, seed: UInt64,
    groups: Grouping? = nil
  ) throws(AlignmentError) {
    guard foldCount >= 3 else {
      throw .settingOutOfRange(
        measure: "ridge", setting: "number of folds", value: Double(foldCount),
        allowed: "at least 3")
    }
    let unfit =
      relativePenalties.isEmpty ? .nan : relativePenalties.first { !($0 > 0 && $0.isFinite) }
    if let unfit {
      throw .settingOutOfRange(
        measure: "ridge", setting: "penalty", value: unfit, allowed: "positive numbers")
    }
    self.foldCount = foldCount
    self.relativePenalties = relativePenalties.sorted()
    self.seed = seed
    self.groups = groups
  }

  /// Divides the stimuli into folds; the decompositions wait until the stage is a target.
  ///
  /// - Throws: also `tooFewGroups` for fewer than K groups.
  public func prepare(
    _ stage: Stage, rows: [Int]
  ) throws(AlignmentError) -> RidgeStage {
    _ = try standardization(of: stage, rows: rows)
    let parts = StimulusGroups(rows, groups)
    guard groups == nil || parts.members.count >= foldCount else {
      throw .tooFewGroups(measure: name, needed: foldCount, found: parts.members.count)
    }
    return RidgeStage(stage, rows: rows, folds: parts.folds(foldCount, seed: seed))
  }

  /// The stage with other stimuli at its positions; its folds are of positions, and stay.
  public func reordering(_ prepared: RidgeStage, by order: [Int]) -> RidgeStage? {
    RidgeStage(
      prepared.stage, rows: order.map { prepared.rows[$0] }, folds: prepared.folds,
      unitColumns: prepared.unitColumns, originalUnitCount: prepared.originalUnitCount)
  }

  /// The mean over source units of `unitScores`, those without a score left out.
  public func value(_ source: RidgeStage, _ target: RidgeStage) throws(AlignmentError) -> Double {
    Spread(ofDefined: try unitScores(source, target)).mean
  }

  /// The mean over folds of held-out r for every unit of the source; NaN for a unit that varies over
  /// the training or the held-out stimuli of no fold.
  public func unitScores(
    _ source: RidgeStage, _ target: RidgeStage
  ) throws(AlignmentError) -> [Double] {
    precondition(source.rows.count == target.rows.count, "The stages have other stimuli.")
    var sums = [Double](repeating: 0, count: source.originalUnitCount)
    var counts = sums
    for fold in try target.predictors(measure: name) {
      let responses = RidgeResponses(source, fold: fold)
      let scores: [Double]
      do {
        scores = try fold.scores(of: responses, relativePenalties: relativePenalties)
      } catch {
        throw .decomposition(measure: name, problem: error)
      }
      for (column, score) in zip(responses.columns, scores) where !score.isNaN {
        sums[source.unitColumns[column]] += score
        counts[source.unitColumns[column]] += 1
      }
    }
    return zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }
  }
}

/// A stage whose stimuli are divided into folds, to predict or to be predicted.
public final class RidgeStage: Sendable {
  /// The units that vary over the rows in use.
  let stage: Stage
  /// For each of these units, its column in the stage that was given.
  let unitColumns: [Int]
  /// The units of the stage, those without variance included.
  let originalUnitCount: Int
  let rows: [Int]
  /// Positions in `rows`, each in one fold.
  let folds: [[Int]]
  /// Made when the stage first predicts, and kept: other threads wait for the first.
  private let kept = Mutex<[RidgePredictor]?>(nil)

  init(_ stage: Stage, rows: [Int], folds: [[Int]]) {
    // A unit with a NaN would vary over the folds without it, and spoil the fold that has it.
    unitColumns = Standardization(fitting: stage, rows: rows).varyingColumns
    self.stage = stage.selectingUnits(unitColumns)
    originalUnitCount = stage.unitCount
    self.rows = rows
    self.folds = folds
  }

  /// Takes units that vary.
  init(
    _ stage: Stage, rows: [Int], folds: [[Int]], unitColumns: [Int], originalUnitCount: Int
  ) {
    (self.stage, self.rows, self.folds) = (stage, rows, folds)
    (self.unitColumns, self.originalUnitCount) = (unitColumns, originalUnitCount)
  }

  /// For each fold, what predicts it from the others.
  func predictors(measure: String) throws(AlignmentError) -> [RidgePredictor] {
    try kept.withLock { kept throws(AlignmentError) in
      if let kept { return kept }
      let predictors = try folds.indices.map { fold throws(AlignmentError) in
        try RidgePredictor(self, heldOut: fold, measure: measure)
      }
      kept = predictors
      return predictors
    }
  }
}
