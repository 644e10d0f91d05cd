public import ChiasmLinearAlgebra

/// The responses of one population of units at one place of a hierarchy: a region or a layer.
public struct Stage: Equatable, Sendable {
  /// The name, free text: it may hold dots and slashes.
  public let name: String
  /// Stimuli × units, without what `scale` says was taken off.
  public let responses: Matrix<Float>
  /// What was taken off the responses; nil, as nearly always, if nothing.
  public let scale: UnitScale?
  /// For each column of `responses`, its column in the file that it came from.
  public let unitNumbers: [Int]
  /// How many columns the file has; as many as `responses` unless units were selected.
  public let fileUnitCount: Int

  /// Takes all columns of a response matrix.
  ///
  /// Of units that sums in single precision could not hold, an offset or a power of two is taken off
  /// (`UnitScale`).
  public init(name: String, responses: Matrix<Float>) {
    let scale = UnitScale(of: responses)
    self.init(
      name: name, responses: scale.map { responses.without($0) } ?? responses, scale: scale,
      unitNumbers: Array(0..<responses.columnCount))
  }

  /// Takes all columns of a response matrix of double precision, rounded to single.
  ///
  /// Of units that single precision could not hold, an offset or a power of two is taken off before
  /// (`UnitScale`).
  public init(name: String, responses: Matrix<Double>) {
    let scale = UnitScale(of: responses)
    let rounded =
      scale.map { responses.without($0) }
      ?? Matrix(
        rowCount: responses.rowCount, columnCount: responses.columnCount,
        elements: responses.elements.map { Float($0) })
    self.init(
      name: name, responses: rounded, scale: scale,
      unitNumbers: Array(0..<responses.columnCount))
  }

  private init(
    name: String, responses: Matrix<Float>, scale: UnitScale?, unitNumbers: [Int],
    fileUnitCount: Int? = nil
  ) {
    self.name = name
    self.responses = responses
    self.scale = scale
    self.unitNumbers = unitNumbers
    self.fileUnitCount = fileUnitCount ?? unitNumbers.count
  }

  /// The same stage with its units numbered by the columns of a wider file that they are.
  ///
  /// - Precondition: there is a number for each unit, below `fileUnitCount`.
  public func numbering(units columns: [Int], of fileUnitCount: Int) -> Stage {
    precondition(columns.count == unitCount && columns.allSatisfy { $0 < fileUnitCount })
    return Stage(
      name: name, responses: responses, scale: scale, unitNumbers: columns,
      fileUnitCount: fileUnitCount)
  }

  /// The units of several stages over the same stimuli side by side, numbered anew. Traps without a
  /// stage.
  public init(name: String, joining stages: [Stage]) {
    let (height, width) = (
      stages[0].responses.rowCount, stages.reduce(0) { $0 + $1.unitCount }
    )
    var elements: [Float] = []
    elements.reserveCapacity(height * width)
    for row in 0..<height {
      for stage in stages { elements += stage.responses.row(row) }
    }
    self.init(
      name: name, responses: Matrix(rowCount: height, columnCount: width, elements: elements),
      scale: UnitScale(joining: stages.map { ($0.scale, $0.unitCount) }),
      unitNumbers: Array(0..<width))
  }

  /// The number of units.
  public var unitCount: Int { responses.columnCount }

  /// The same stage with the stimuli (rows) named by `rows`, in that order.
  public func selectingStimuli(_ rows: [Int]) -> Stage {
    Stage(
      name: name, responses: responses.selectingRows(rows), scale: scale, unitNumbers: unitNumbers,
      fileUnitCount: fileUnitCount)
  }

  /// The same stage with the units (columns) named by `columns`, in that order.
  public func selectingUnits(_ columns: [Int]) -> Stage {
    Stage(
      name: name, responses: responses.selectingColumns(columns),
      scale: scale?.selecting(columns), unitNumbers: columns.map { unitNumbers[$0] },
      fileUnitCount: fileUnitCount)
  }

  /// The same stage with a row for each group of rows: their mean, taken in double precision.
  func averagingStimuli(_ groups: [[Int]]) -> Stage {
    var means: [Float] = []
    means.reserveCapacity(groups.count * unitCount)
    for group in groups {
      var sums = [Double](repeating: 0, count: unitCount)
      for row in group {
        for (unit, response) in responses.row(row).enumerated() { sums[unit] += Double(response) }
      }
      means += sums.map { Float($0 / Double(group.count)) }
    }
    return Stage(
      name: name,
      responses: Matrix(rowCount: groups.count, columnCount: unitCount, elements: means),
      scale: scale, unitNumbers: unitNumbers, fileUnitCount: fileUnitCount)
  }
}

extension Standardization {
  /// Fits the units of a stage over some stimuli.
  public init(fitting stage: Stage, rows: [Int]) {
    self.init(fitting: stage.responses, rows: rows, offsets: stage.scale?.offsets)
  }
}

extension Matrix where Scalar: BinaryFloatingPoint {
  /// What is left without a scale of the units.
  fileprivate func without(_ scale: UnitScale) -> Matrix<Float> {
    var numbers: [Float] = []
    numbers.reserveCapacity(elements.count)
    for index in 0..<rowCount { numbers += scale.numbers(of: row(index)) }
    return Matrix<Float>(rowCount: rowCount, columnCount: columnCount, elements: numbers)
  }
}
