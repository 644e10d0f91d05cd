internal import ChiasmLinearAlgebra

extension CostMatrix {
  /// The costs with a point more on either side, that costs nothing but from one to the other. They
  /// are kept in as many bytes, if these hold `corner`.
  func extended(corner: Double) throws(TransportError) -> CostMatrix {
    switch storage {
    case .floats(let values) where Float(corner).isFinite:
      try CostMatrix(Self.extended(values, corner: Float(corner)))
    case .floats: try CostMatrix(Self.extended(values, corner: corner))
    case .doubles(let values): try CostMatrix(Self.extended(values, corner: corner))
    }
  }

  private static func extended<Cost: BinaryFloatingPoint & Sendable>(
    _ costs: Matrix<Cost>, corner: Cost
  ) -> Matrix<Cost> {
    var elements: [Cost] = []
    elements.reserveCapacity((costs.rowCount + 1) * (costs.columnCount + 1))
    for row in 0..<costs.rowCount {
      elements += costs.row(row)
      elements.append(0)
    }
    elements += [Cost](repeating: 0, count: costs.columnCount) + [corner]
    return Matrix(
      rowCount: costs.rowCount + 1, columnCount: costs.columnCount + 1, elements: elements)
  }
}
