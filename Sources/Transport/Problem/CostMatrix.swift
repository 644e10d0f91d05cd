public import ChiasmLinearAlgebra

/// What it costs to move one unit of mass from each source point (row) to each target point
/// (column): a matrix of numbers of any sign.
///
/// An infinite cost forbids an arc: no plan may have mass there.
///
/// The costs are kept in the precision in which they are given, eight or four bytes each. Whatever
/// is computed from them is computed in double precision, so that the same numbers give the same
/// solution from either. Two matrices are equal when numbers and precision are.
public struct CostMatrix: Sendable, Equatable {
  /// The costs, source points × target points, as they are kept.
  enum Storage: Sendable, Equatable {
    case doubles(Matrix<Double>)
    case floats(Matrix<Float>)
  }

  let storage: Storage
  /// The number of source points.
  public let rowCount: Int
  /// The number of target points.
  public let columnCount: Int
  /// The least and the greatest finite cost; 0 and 0 when all arcs are forbidden.
  public let range: ClosedRange<Double>
  /// Whether a cost is infinite.
  public let hasForbiddenArcs: Bool

  /// Wraps a matrix of costs, eight bytes each.
  ///
  /// - Throws: `TransportError.empty` when there is no row or no column; `.notFinite` with the first
  ///   offending place when a cost is NaN or −∞; `.tooGreat` when a finite one exceeds 1e150 in size.
  public init(_ values: Matrix<Double>) throws(TransportError) {
    try self.init(checking: values, .doubles(values))
  }

  /// Wraps a matrix of costs, four bytes each.
  ///
  /// - Throws: `TransportError.empty` when there is no row or no column; `.notFinite` with the first
  ///   offending place when a cost is NaN or −∞.
  public init(_ values: Matrix<Float>) throws(TransportError) {
    try self.init(checking: values, .floats(values))
  }

  private init<Cost: BinaryFloatingPoint>(
    checking values: Matrix<Cost>, _ storage: Storage
  ) throws(TransportError) {
    guard values.rowCount > 0, values.columnCount > 0 else { throw .empty(what: "cost matrix") }
    let offender = { (isBad: (Double) -> Bool) in
      let index = values.elements.firstIndex { isBad(Double($0)) } ?? 0
      let (row, column) = index.quotientAndRemainder(dividingBy: values.columnCount)
      return (row: row, column: column, value: Double(values.elements[index]))
    }
    let finiteRange = Kernels(.best).finiteRange(storage)
    let range = finiteRange ?? Self.range(ofFinite: values.elements)
    guard let range else {
      let cost = offender { $0.isNaN || $0 == -.infinity }
      throw .notFinite(row: cost.row, column: cost.column, value: cost.value)
    }
    if max(-range.lowerBound, range.upperBound) > 1e150 {
      let cost = offender { $0.isFinite && abs($0) > 1e150 }
      throw .tooGreat(row: cost.row, column: cost.column, value: cost.value)
    }
    self.init(storage, values.rowCount, values.columnCount, range: range, finiteRange == nil)
  }

  init(
    _ storage: Storage, _ rowCount: Int, _ columnCount: Int, range: ClosedRange<Double>,
    _ hasForbiddenArcs: Bool
  ) {
    self.storage = storage
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.range = range
    self.hasForbiddenArcs = hasForbiddenArcs
  }

  /// The range of the finite costs, or nil when one is NaN or −∞.
  private static func range<Cost: BinaryFloatingPoint>(
    ofFinite costs: [Cost]
  ) -> ClosedRange<Double>? {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for cost in costs where cost != .infinity {
      guard cost.isFinite else { return nil }
      (least, greatest) = (min(least, Double(cost)), max(greatest, Double(cost)))
    }
    return least <= greatest ? least...greatest : 0...0
  }
}

extension CostMatrix {
  /// The cost from one source point to one target point.
  public subscript(row: Int, column: Int) -> Double {
    switch storage {
    case .doubles(let values): values[row, column]
    case .floats(let values): Double(values[row, column])
    }
  }

  /// The costs in double precision; a copy when they are kept in four bytes.
  public var values: Matrix<Double> {
    switch storage {
    case .doubles(let values): values
    case .floats(let values):
      Matrix(
        rowCount: rowCount, columnCount: columnCount, elements: values.elements.map(Double.init))
    }
  }

  /// The greatest absolute cost: the scale against which rounding is judged.
  public var magnitude: Double { max(abs(range.lowerBound), abs(range.upperBound)) }

  /// The costs between some of the points, given in ascending order. `range` stays, and holds them
  /// all; so does the storage when all points are chosen.
  func selecting(rows: [Int], columns: [Int]) -> CostMatrix {
    let chosen: Storage =
      switch storage {
      case .doubles(let values): .doubles(values.selectingRows(rows).selectingColumns(columns))
      case .floats(let values): .floats(values.selectingRows(rows).selectingColumns(columns))
      }
    return CostMatrix(chosen, rows.count, columns.count, range: range, hasForbiddenArcs)
  }

  /// The greatest cost less the least.
  var spread: Double { range.upperBound - range.lowerBound }

  /// max over i, j of uᵢ + vⱼ + shift − Cᵢⱼ, but at least 0.
  func violation(_ u: [Double], _ v: [Double], shift: Double = 0) -> Double {
    greatestExcess(zip(u, leastOfRows(minus: v)).map { $0 + shift - $1 })
  }

  /// min over j of Cᵢⱼ − vⱼ, for each row i.
  func leastOfRows(minus v: [Double]) -> [Double] {
    precondition(v.count == columnCount)
    let prices = UncheckedBuffer(repeating: 0.0, count: columnCount)
    for column in v.indices { prices[column] = -v[column] }
    let kernels = Kernels(.best)
    return (0..<rowCount).map {
      kernels.leastSum(self, at: $0 * columnCount, prices: prices, at: 0, length: columnCount)
    }
  }

  /// min over i of Cᵢⱼ − uᵢ, for each column j.
  func leastOfColumns(minus u: [Double]) -> [Double] {
    precondition(u.count == rowCount)
    var least = [Double](repeating: .infinity, count: columnCount)
    for (row, potential) in u.enumerated() {
      for column in least.indices {
        least[column] = min(least[column], self[row, column] - potential)
      }
    }
    return least
  }

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
