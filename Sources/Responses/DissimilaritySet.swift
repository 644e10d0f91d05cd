public import ChiasmLinearAlgebra

/// The representational dissimilarity matrix (RDM) of one stage: how much the responses to every two
/// stimuli differ, where the responses themselves are not known.
public struct DissimilarityStage: Equatable, Sendable {
  /// The name, free text.
  public let name: String
  /// Stimuli × stimuli, symmetric, with zeros on the diagonal.
  public let matrix: Matrix<Double>

  /// How many pairs of stimuli have a dissimilarity below zero, as cross-validated distances may.
  public var negativeCount: Int { matrix.elements.count { $0 < 0 } / 2 }

  /// The same stage with the stimuli named by `rows`, in that order; one may come more than once.
  public func selectingStimuli(_ rows: [Int]) -> DissimilarityStage {
    DissimilarityStage(
      checked: name, matrix.selectingRows(rows).selectingColumns(rows))
  }

  fileprivate init(checked name: String, _ matrix: Matrix<Double>) {
    (self.name, self.matrix) = (name, matrix)
  }
}

/// The ordered RDMs of one system over the same stimuli: of its stages, or of several subjects.
public struct DissimilaritySet: Equatable, Sendable {
  /// The name of each row, and column, of every RDM.
  public let stimulusIDs: [String]
  /// The stages in order.
  public let stages: [DissimilarityStage]

  /// Checks the RDMs, of which the upper triangle is taken. A diagonal of NaN counts as zeros.
  ///
  /// - Throws: `noStages`, `duplicateStage`, `duplicateStimuli`, `rowCount`, and `noDissimilarities`
  ///   for a matrix that is not square or not symmetric, has a diagonal other than zero, or holds NaN
  ///   or an infinity, where differences up to a millionth of the greatest value count as rounding.
  public init(
    stimulusIDs: [String], matrices: [(name: String, matrix: Matrix<Double>)]
  ) throws(ResponseError) {
    guard !matrices.isEmpty else { throw .noStages }
    try ResponseSet.checkNames(matrices.map(\.name))
    try ResponseSet.checkStimuli(stimulusIDs)
    self.stimulusIDs = stimulusIDs
    var stages: [DissimilarityStage] = []
    for (name, matrix) in matrices {
      stages.append(
        DissimilarityStage(
          checked: name, try Self.checked(matrix, name: name, stimulusIDs: stimulusIDs)))
    }
    self.stages = stages
  }

  private init(checked stimulusIDs: [String], _ stages: [DissimilarityStage]) {
    (self.stimulusIDs, self.stages) = (stimulusIDs, stages)
  }

  /// The names of the stages.
  public var stageNames: [String] { stages.map(\.name) }

  /// The set with the stimuli at `rows`, in that order, and with other names where these are given.
  func selectingStimuli(_ rows: [Int], named names: [String]? = nil) -> DissimilaritySet {
    DissimilaritySet(
      checked: names ?? rows.map { stimulusIDs[$0] }, stages.map { $0.selectingStimuli(rows) })
  }
}

extension DissimilaritySet {
  /// The matrix with its upper triangle on both sides and zeros between.
  private static func checked(
    _ matrix: Matrix<Double>, name: String, stimulusIDs: [String]
  ) throws(ResponseError) -> Matrix<Double> {
    func refused(_ problem: String) -> ResponseError {
      .noDissimilarities(stage: name, problem: problem)
    }
    let count = matrix.rowCount
    guard count == matrix.columnCount else {
      throw refused(
        "has \(count) rows and \(matrix.columnCount) columns; give one of each a stimulus")
    }
    guard count == stimulusIDs.count else {
      throw .rowCount(stage: name, expected: stimulusIDs.count, actual: count)
    }
    let tolerance = 1e-6 * (matrix.elements.lazy.filter(\.isFinite).map(abs).max() ?? 0)
    var result = matrix
    for row in 0..<count {
      guard matrix[row, row].isNaN || abs(matrix[row, row]) <= tolerance else {
        throw refused(
          "has \(matrix[row, row]) on its diagonal at stimulus \(stimulusIDs[row]), where 0 is expected; "
            + "of similarities r give 1 - r")
      }
      result[row, row] = 0
      for column in row + 1..<max(count, row + 1) {
        let (upper, lower) = (matrix[row, column], matrix[column, row])
        let pair = "stimuli \(stimulusIDs[row]) and \(stimulusIDs[column])"
        guard upper.isFinite && lower.isFinite else {
          throw refused(
            "has the value \(upper.isFinite ? lower : upper) for \(pair); leave one of them out")
        }
        guard abs(upper - lower) <= tolerance else {
          throw refused("is not symmetric: \(pair) have \(upper) and \(lower)")
        }
        result[column, row] = upper
      }
    }
    return result
  }
}
