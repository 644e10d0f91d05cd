public import LinearAlgebra

/// The responses of one population of units at one place of a hierarchy: a region or a layer.
public struct Stage: Equatable, Sendable {
  /// The name, free text: it may hold dots and slashes.
  public let name: String
  /// Stimuli × units.
  public let responses: Matrix<Float>
  /// For each column of `responses`, its column in the file that it came from.
  public let unitNumbers: [Int]

  /// Takes all columns of a response matrix.
  public init(name: String, responses: Matrix<Float>) {
    self.init(name: name, responses: responses, unitNumbers: Array(0..<responses.columnCount))
  }

  private init(name: String, responses: Matrix<Float>, unitNumbers: [Int]) {
    self.name = name
    self.responses = responses
    self.unitNumbers = unitNumbers
  }

  /// The number of units.
  public var unitCount: Int { responses.columnCount }

  /// The same stage with the stimuli (rows) named by `rows`, in that order.
  public func selectingStimuli(_ rows: [Int]) -> Stage {
    Stage(name: name, responses: responses.selectingRows(rows), unitNumbers: unitNumbers)
  }

  /// The same stage with the units (columns) named by `columns`, in that order.
  public func selectingUnits(_ columns: [Int]) -> Stage {
    Stage(
      name: name, responses: responses.selectingColumns(columns),
      unitNumbers: columns.map { unitNumbers[$0] })
  }
}
