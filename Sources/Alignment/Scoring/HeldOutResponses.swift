internal import ChiasmLinearAlgebra

/// The held-out responses of a stage, z-scored with the moments of the training stimuli and centred.
struct HeldOutResponses: Sendable {
  /// Units × held-out stimuli; every row has mean 0 over them.
  let values: Matrix<Double>
  /// The length of each row.
  let norms: [Double]
  /// Whether the unit varies over the held-out stimuli (`Standardization.varies`).
  let varies: [Bool]
  /// The noise ceiling of each unit, NaN for one that correlations are not to be divided by; nil when
  /// the stage counts as free of noise.
  let ceilings: [Double]?

  init(values: Matrix<Double>, norms: [Double], varies: [Bool], ceilings: [Double]?) {
    (self.values, self.norms, self.varies) = (values, norms, varies)
    self.ceilings = ceilings
  }

  /// - Parameter ceilings: of all units of the stage that was given.
  init(_ stage: StandardizedStage, ceilings: [Double]? = nil) {
    self.ceilings = ceilings.map { ceilings in stage.unitColumns.map { ceilings[$0] } }
    let scores = stage.heldOutScores()
    let count = Double(scores.columnCount)
    var values = Matrix(
      rowCount: scores.rowCount, columnCount: scores.columnCount,
      elements: scores.elements.map(Double.init))
    var (norms, varies): ([Double], [Bool]) = ([], [])
    for unit in 0..<scores.rowCount {
      let mean = values.row(unit).reduce(0, +) / count
      let largest = values.row(unit).reduce(0) { max($0, abs($1)) }
      for place in unit * values.columnCount..<(unit + 1) * values.columnCount {
        values.elements[place] -= mean
      }
      let norm = values.dot(row: unit, values, row: unit).squareRoot()
      norms.append(norm)
      varies.append(
        Standardization.varies(deviation: norm / count.squareRoot(), largest: largest))
    }
    (self.values, self.norms, self.varies) = (values, norms, varies)
  }
}

extension HeldOutResponses {
  /// The same responses of some units.
  func selecting(_ units: [Int]) -> HeldOutResponses {
    HeldOutResponses(
      values: values.selectingRows(units), norms: units.map { norms[$0] },
      varies: units.map { varies[$0] },
      ceilings: ceilings.map { ceilings in units.map { ceilings[$0] } })
  }

  /// Several stages as one, with ceilings if all have them. Traps without a stage.
  init(joining stages: [HeldOutResponses]) {
    self.init(
      values: Matrix(
        rowCount: stages.reduce(0) { $0 + $1.values.rowCount },
        columnCount: stages[0].values.columnCount, elements: stages.flatMap(\.values.elements)),
      norms: stages.flatMap(\.norms), varies: stages.flatMap(\.varies),
      ceilings: stages.contains { $0.ceilings == nil }
        ? nil : stages.flatMap { $0.ceilings ?? [] })
  }
}

extension StandardizedPair {
  /// The held-out responses of every stage of both sides; `threads` stages are taken at a time.
  ///
  /// - Parameter targetCeilings: for each target stage those of all its units.
  func heldOutResponses(
    targetCeilings: [[Double]]? = nil, threads: Int
  ) async throws -> (source: [HeldOutResponses], target: [HeldOutResponses]) {
    let all = source + target
    let responses = try await concurrentMap(count: all.count, threads: threads) {
      HeldOutResponses(
        all[$0], ceilings: $0 < source.count ? nil : targetCeilings?[$0 - source.count])
    }
    return (Array(responses.prefix(source.count)), Array(responses.dropFirst(source.count)))
  }
}

extension [HeldOutResponses] {
  /// The units of every stage, some at a time for one thread.
  var unitBlocks: [(stage: Int, units: Range<Int>)] {
    indices.flatMap { stage in
      let count = self[stage].norms.count
      return stride(from: 0, to: count, by: 64).map { (stage, $0..<Swift.min($0 + 64, count)) }
    }
  }
}
