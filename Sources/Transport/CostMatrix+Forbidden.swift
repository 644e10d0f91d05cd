internal import ChiasmLinearAlgebra

extension CostMatrix {
  /// The costs with finite ones for those that are infinite: more than any detour saves, so that a
  /// plan that is optimal for these takes forbidden arcs only where it must.
  var withFiniteCosts: CostMatrix {
    guard hasForbiddenArcs else { return self }
    let detour = 2 * Double(min(rowCount, columnCount)) * spread
    let dear = range.upperBound + max(detour, abs(range.upperBound), .leastNormalMagnitude)
    let costs = values.elements.map { $0 == .infinity ? dear : $0 }
    return CostMatrix(
      .doubles(Matrix(rowCount: rowCount, columnCount: columnCount, elements: costs)), rowCount,
      columnCount, range: range.lowerBound...dear, false)
  }

  /// Throws `TransportError.notFinite` with the first forbidden arc: for problems that have none.
  func requireFinite() throws(TransportError) {
    guard hasForbiddenArcs, let index = values.elements.firstIndex(of: .infinity) else { return }
    throw .notFinite(row: index / columnCount, column: index % columnCount, value: .infinity)
  }
}
