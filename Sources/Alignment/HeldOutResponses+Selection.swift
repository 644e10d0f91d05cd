internal import LinearAlgebra

extension HeldOutResponses {
  /// The same responses of some units.
  func selecting(_ units: [Int]) -> HeldOutResponses {
    HeldOutResponses(
      values: values.selectingRows(units), norms: units.map { norms[$0] },
      varies: units.map { varies[$0] })
  }

  /// Several stages as one. Traps without a stage.
  init(joining stages: [HeldOutResponses]) {
    self.init(
      values: Matrix(
        rowCount: stages.reduce(0) { $0 + $1.values.rowCount },
        columnCount: stages[0].values.columnCount, elements: stages.flatMap(\.values.elements)),
      norms: stages.flatMap(\.norms), varies: stages.flatMap(\.varies))
  }
}
