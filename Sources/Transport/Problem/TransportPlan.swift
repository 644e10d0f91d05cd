public import ChiasmLinearAlgebra

/// A transport plan Q with few positive entries, in compressed rows: the entries of row i are those
/// at `rowStarts[i]..<rowStarts[i + 1]` of `columns` and `masses`, columns ascending.
///
/// The three arrays are those of a SciPy `csr_matrix` (`indptr`, `indices`, `data`).
public struct TransportPlan: Sendable, Equatable {
  /// One place of a plan and the mass that moves there.
  public struct Entry: Sendable, Equatable {
    /// The source point.
    public var row: Int
    /// The target point.
    public var column: Int
    /// The mass.
    public var mass: Double

    /// Names a place and its mass.
    public init(row: Int, column: Int, mass: Double) {
      self.row = row
      self.column = column
      self.mass = mass
    }
  }

  /// The number of source points.
  public let rowCount: Int
  /// The number of target points.
  public let columnCount: Int
  /// Where each row begins, and the number of entries at the end; `rowCount + 1` numbers.
  public let rowStarts: [Int]
  /// The target point of each entry.
  public let columns: [Int32]
  /// The mass of each entry.
  public let masses: [Double]

  /// Collects entries given in any order; entries at the same place are added up. Traps when a place
  /// is outside the shape.
  public init(rowCount: Int, columnCount: Int, entries: [Entry]) {
    precondition(
      entries.allSatisfy { 0..<rowCount ~= $0.row && 0..<columnCount ~= $0.column },
      "An entry lies outside the plan.")
    var starts = [0]
    var columns: [Int32] = []
    var masses: [Double] = []
    let sorted = entries.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    for (index, entry) in sorted.enumerated() {
      if index > 0, (sorted[index - 1].row, sorted[index - 1].column) == (entry.row, entry.column) {
        masses[masses.count - 1] += entry.mass
        continue
      }
      while starts.count <= entry.row { starts.append(masses.count) }
      columns.append(Int32(entry.column))
      masses.append(entry.mass)
    }
    while starts.count <= rowCount { starts.append(masses.count) }
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.rowStarts = starts
    self.columns = columns
    self.masses = masses
  }
}

extension TransportPlan {
  /// The number of entries.
  public var count: Int { masses.count }

  /// The indices, into `columns` and `masses`, of one row's entries.
  @inlinable
  public func indices(ofRow row: Int) -> Range<Int> { rowStarts[row]..<rowStarts[row + 1] }

  /// All entries, row by row.
  public var entries: [Entry] {
    (0..<rowCount).flatMap { row in
      indices(ofRow: row).map { Entry(row: row, column: Int(columns[$0]), mass: masses[$0]) }
    }
  }

  /// The plan with source and target exchanged.
  public var transposed: TransportPlan {
    TransportPlan(
      rowCount: columnCount, columnCount: rowCount,
      entries: entries.map { Entry(row: $0.column, column: $0.row, mass: $0.mass) })
  }

  /// The mass that leaves each source point.
  public var rowSums: [Double] {
    (0..<rowCount).map { compensatedSum(Array(masses[indices(ofRow: $0)])) }
  }

  /// The mass that reaches each target point.
  public var columnSums: [Double] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: columnCount)
    for index in masses.indices { sums[Int(columns[index])] += masses[index] }
    return sums.map(\.value)
  }

  /// ⟨C, Q⟩. Traps when the shapes differ.
  public func cost(under cost: CostMatrix) -> Double {
    precondition(rowCount == cost.rowCount && columnCount == cost.columnCount)
    var sum = CompensatedSum()
    for row in 0..<rowCount {
      for index in indices(ofRow: row) {
        sum.addProduct(cost[row, Int(columns[index])], masses[index])
      }
    }
    return sum.value
  }

  /// The plan without dust: entries below 1e-12 of their row's sum, which rounding leaves where
  /// nothing moves, or a price where nothing counts.
  ///
  /// A correlation is free of scale: a unit that such an entry alone predicts would count as predicted.
  public var withoutDust: TransportPlan {
    let sums = rowSums
    let kept = entries.filter { $0.mass >= 1e-12 * sums[$0.row] }
    return kept.count == count
      ? self : TransportPlan(rowCount: rowCount, columnCount: columnCount, entries: kept)
  }

  /// The plan with its zeros: rows × columns. For small problems.
  public var dense: Matrix<Double> {
    var matrix = Matrix(rowCount: rowCount, columnCount: columnCount, repeating: 0.0)
    for entry in entries { matrix[entry.row, entry.column] += entry.mass }
    return matrix
  }
}
