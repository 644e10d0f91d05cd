/// A matrix in a text file: a row a stimulus, with commas (`.csv`), tabs (`.tsv`) or, in files of other
/// names, what the first line shows between the numbers.
///
/// A first line that holds anything but numbers names the columns. The column `stimulus_id`, wherever it
/// stands, names the stimuli; every other is a unit and holds numbers, of which an empty one, `n/a`, `NA`
/// and `nan` are NaN. Tables of events, stimuli, units and results are refused by the names of their
/// columns, lest their numbers be taken for responses.
///
/// The value holds no numbers: they are read, line by line, when they are asked for.
public struct TextMatrix: ArrayFile {
  /// Where the file is.
  public let path: String
  /// The names of its arrays.
  public let names: [String]
  /// Whether their order is one that the file has.
  public let isInOwnOrder = true
  /// The column `stimulus_id`; nil without one.
  public let stimulusNames: [String]?
  private let rowCount: Int
  private let layout: TextLayout

  /// Reads the names of the columns and the stimuli, and counts the values of each row.
  ///
  /// - Throws: `missing`, `unreadable`; `malformed` for a table of something else, and for rows of
  ///   different lengths.
  public init(path: String) throws(ArrayFileError) {
    self.path = path
    let name = FilePlace(splitting: path).name
    let stem = [".csv", ".tsv", ".txt", ".dat"].first { name.lowercased().hasSuffix($0) }
      .map { String(name.dropLast($0.count)) }
    names = [stem.flatMap { $0.isEmpty ? nil : $0 } ?? name]
    var (layout, rowCount, stimuli) = (TextLayout?.none, 0, [String]())
    try TextLines.forEach(of: path) { (line, number) throws(ArrayFileError) in
      guard let known = layout else {
        let first = try TextLayout(firstLine: line, number: number, path: path)
        layout = first
        if first.hasHeader { return }
        rowCount = 1
        return
      }
      rowCount += 1
      let count = try known.forEachField(of: line, number: number) {
        (text, column) throws(ArrayFileError) in
        guard column == known.nameColumn else { return }
        stimuli.append(try known.name(text, number: number))
      }
      guard count == known.columnCount else {
        throw .malformed(
          path: path,
          problem: "line \(number) has \(count) \(count == 1 ? "value" : "values") where line "
            + "\(known.firstLine) has \(known.columnCount)")
      }
    }
    guard let layout else {
      throw .malformed(path: path, problem: "is empty; a matrix has a row for each stimulus")
    }
    guard rowCount > 0 else {
      throw .malformed(path: path, problem: "has names of columns, but no row of numbers")
    }
    self.layout = layout
    self.rowCount = rowCount
    stimulusNames = layout.nameColumn == nil ? nil : stimuli
  }

  /// The path: the matrix is all of the file.
  public func location(of name: String) -> String { path }

  /// What an array says of itself.
  ///
  /// - Throws: `malformed` if there is none of this name.
  public func description(of name: String) throws(ArrayFileError) -> ArrayDescription {
    guard contains(name) else { throw missing(name) }
    return ArrayDescription(shape: [rowCount, layout.unitCount], content: .numbers("float64"))
  }

  /// Reads an array.
  ///
  /// - Throws: `malformed` if there is none of this name, or if it is not read.
  public func array(_ name: String) throws(ArrayFileError) -> NumpyArray {
    try array(name, columns: Array(0..<layout.unitCount))
  }

  /// Reads some columns of an array.
  ///
  /// - Throws: as for the whole array, and `malformed` for a column that is not there.
  public func array(_ name: String, columns: [Int]) throws(ArrayFileError) -> NumpyArray {
    let unitCount = try description(of: name).shape[1]
    guard columns.allSatisfy({ (0..<unitCount).contains($0) }) else {
      throw .malformed(
        path: path,
        problem: "has \(unitCount) columns, but column \(columns.last ?? 0) is asked for")
    }
    let count = rowCount * columns.count
    try MachineLimits.own.check(count * MemoryLayout<Double>.size, for: "the matrix", of: path)
    var elements: [Double] = []
    elements.reserveCapacity(count)
    try forEachRow(columns) { row throws(ArrayFileError) in elements += row }
    return try matrix(elements, width: columns.count)
  }

  /// Reads an array some rows at a time.
  ///
  /// - Throws: as for the whole array.
  public func forEachBlock(
    of name: String, rowCount: Int, _ body: (NumpyArray) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    let unitCount = try description(of: name).shape[1]
    var elements: [Double] = []
    try forEachRow(Array(0..<unitCount)) { row throws(ArrayFileError) in
      elements += row
      guard elements.count >= max(1, rowCount) * unitCount else { return }
      try body(try matrix(elements, width: unitCount))
      elements.removeAll(keepingCapacity: true)
    }
    if !elements.isEmpty { try body(try matrix(elements, width: unitCount)) }
  }

  private func matrix(_ elements: [Double], width: Int) throws(ArrayFileError) -> NumpyArray {
    let height = width == 0 ? rowCount : elements.count / width
    return NumpyArray(shape: [height, width], elements: .float64(elements))
  }

  /// Calls `body` with some numbers of each row.
  private func forEachRow(
    _ columns: [Int], _ body: ([Double]) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    var isWanted = [Bool](repeating: false, count: layout.columnCount)
    for column in columns { isWanted[layout.place(ofUnit: column)] = true }
    var row: [Double] = []
    row.reserveCapacity(columns.count)
    try TextLines.forEach(of: path) { (line, number) throws(ArrayFileError) in
      guard number > layout.firstLine || !layout.hasHeader else { return }
      row.removeAll(keepingCapacity: true)
      _ = try layout.forEachField(of: line, number: number) {
        (text, column) throws(ArrayFileError) in
        guard column < isWanted.count, isWanted[column] else { return }
        guard let number = TextNumber.value(text) else {
          throw layout.notNumber(text, column: column, number: number)
        }
        row.append(number)
      }
      guard row.count == columns.count else {
        throw .unreadable(path: path, reason: "it changed while it was read")
      }
      try body(row)
    }
  }
}
