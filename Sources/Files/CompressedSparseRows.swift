/// A sparse matrix as the values of each row that are kept (CSR).
///
/// The entries of row i are those from `rowStarts[i]` to before `rowStarts[i + 1]`: entry e is
/// `values[e]` in column `columns[e]`.
public struct CompressedSparseRows: Equatable, Sendable {
  /// How many rows the matrix has.
  public let rowCount: Int
  /// How many columns the matrix has.
  public let columnCount: Int
  /// Where each row begins among the entries, and at the end how many entries there are.
  public let rowStarts: [Int]
  /// The column of each entry, from 0.
  public let columns: [Int]
  /// The value of each entry.
  public let values: [Double]

  /// Makes a matrix of its parts.
  ///
  /// - Precondition: `rowStarts` has `rowCount + 1` elements, begins with 0, never falls and ends
  ///   with the count of `columns` and of `values`; columns are from 0 to below `columnCount`.
  public init(
    rowCount: Int, columnCount: Int, rowStarts: [Int], columns: [Int], values: [Double]
  ) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.rowStarts = rowStarts
    self.columns = columns
    self.values = values
    precondition(problem == nil)
  }

  /// What keeps the parts from being a matrix; nil if nothing does.
  private var problem: String? {
    guard rowCount >= 0, columnCount >= 0, rowStarts.count - 1 == rowCount else {
      return "indptr has \(rowStarts.count) elements for \(rowCount) rows"
    }
    guard rowStarts.first == 0, zip(rowStarts, rowStarts.dropFirst()).allSatisfy({ $0 <= $1 }),
      rowStarts.last == columns.count, values.count == columns.count
    else {
      return "indptr does not divide \(columns.count) indices and \(values.count) values into rows"
    }
    guard columns.allSatisfy({ (0..<columnCount).contains($0) }) else {
      return "an index is not below the \(columnCount) columns"
    }
    return nil
  }
}

extension CompressedSparseRows {
  /// Reads a matrix in CSR form that `scipy.sparse.save_npz` wrote.
  ///
  /// - Throws: `missing`, `unreadable`, or `malformed` if it is of another form or its parts do not
  ///   agree.
  public init(path: String) throws(ArrayFileError) {
    let archive = try NumpyArchive(path: path)
    let format = try archive.array("format").strings(name: archive.location(of: "format"))
    guard format == ["csr"] else {
      throw .malformed(
        path: path, problem: "the sparse matrix has the form \(format), where csr is expected")
    }
    func integers(_ name: String) throws(ArrayFileError) -> [Int] {
      try archive.array(name).integers(name: archive.location(of: name))
    }
    let shape = try integers("shape")
    guard shape.count == 2 else {
      throw .malformed(path: path, problem: "the sparse matrix has \(shape.count) axes, not 2")
    }
    rowCount = shape[0]
    columnCount = shape[1]
    rowStarts = try integers("indptr")
    columns = try integers("indices")
    values = try archive.array("data").doubles(name: archive.location(of: "data"))
    if let problem { throw .malformed(path: path, problem: problem) }
  }

  /// Writes an `.npz` file that `scipy.sparse.load_npz` opens, whole or not at all.
  ///
  /// - Throws: `exists`, `cannotWrite`.
  public func write(to path: String, replacing: Bool = false) throws(ArrayFileError) {
    let largest = max(rowCount, columnCount, columns.count)
    func indices(_ values: [Int]) -> NumpyArray {
      let elements: NumpyArray.Elements =
        largest <= Int(Int32.max)
        ? .int32(values.map { Int32($0) }) : .int64(values.map(Int64.init))
      return NumpyArray(shape: [values.count], elements: elements)
    }
    let shape = NumpyArray(shape: [2], elements: .int64([Int64(rowCount), Int64(columnCount)]))
    try NumpyArchive.write(
      [
        ("indices", indices(columns)), ("indptr", indices(rowStarts)),
        ("format", NumpyArray(shape: [], elements: .bytes(["csr"]))), ("shape", shape),
        ("data", NumpyArray(shape: [values.count], elements: .float64(values))),
      ], to: path, replacing: replacing)
  }
}
