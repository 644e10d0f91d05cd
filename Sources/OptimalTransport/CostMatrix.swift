public import LinearAlgebra

/// What it costs to move one unit of mass from each source point (row) to each target point
/// (column): a matrix of finite doubles of any sign.
public struct CostMatrix: Sendable, Equatable {
  /// The costs, source points × target points.
  public let values: Matrix<Double>
  /// The least and the greatest cost.
  public let range: ClosedRange<Double>

  /// Wraps a matrix of costs.
  ///
  /// - Throws: `TransportError.empty` when there is no row or no column; `.notFinite` with the first
  ///   offending place when a cost is NaN or infinite; `.tooGreat` when one exceeds 1e150 in size.
  public init(_ values: Matrix<Double>) throws(TransportError) {
    guard values.rowCount > 0, values.columnCount > 0 else { throw .empty(what: "cost matrix") }
    let place = { (index: Int) in index.quotientAndRemainder(dividingBy: values.columnCount) }
    guard let range = finiteRange(of: values.elements) else {
      let index = values.elements.firstIndex { !$0.isFinite } ?? 0
      let (row, column) = place(index)
      throw .notFinite(row: row, column: column, value: values.elements[index])
    }
    if max(-range.lowerBound, range.upperBound) > 1e150 {
      let index = values.elements.firstIndex { abs($0) > 1e150 } ?? 0
      let (row, column) = place(index)
      throw .tooGreat(row: row, column: column, value: values.elements[index])
    }
    self.values = values
    self.range = range
  }

  /// The number of source points.
  public var rowCount: Int { values.rowCount }
  /// The number of target points.
  public var columnCount: Int { values.columnCount }
  /// The cost from one source point to one target point.
  @inlinable
  public subscript(row: Int, column: Int) -> Double { values[row, column] }
  /// The greatest absolute cost: the scale against which rounding is judged.
  public var magnitude: Double { max(abs(range.lowerBound), abs(range.upperBound)) }
}
