internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses

/// A response set whose stages are columns of one matrix, as files have it that keep all regions or
/// layers side by side.
struct ColumnStore: ResponseStore {
  /// A stage and where its units stand in the matrix.
  struct ColumnStage: Sendable {
    let name: String
    /// Ascending.
    let columns: [Int]
  }

  /// The matrix.
  struct Source: Sendable {
    /// The type of its numbers as NumPy names it.
    let datatype: String?
    /// The rows that count, ascending; all when nil.
    var rows: [Int]?
    /// What errors call it.
    let place: String
    /// Reads some columns, ascending, of all rows.
    let read: @Sendable (_ columns: [Int]) throws -> NumpyArray
  }

  let path: String
  let format: String
  let role: Role
  let stimulusIDs: [String]
  let hasRepeats: Bool
  let entries: [StageEntry]
  let notes: [String]
  private let columns: [String: [Int]]
  private let source: Source
  private let inputs: [String]

  /// Joins a matrix with what names its rows and columns.
  ///
  /// - Parameters:
  ///   - format: what kind of file or folder it is, with its article.
  ///   - files: all that were read.
  init(
    path: String, format: String, role: Role, stimulusIDs: [String], hasRepeats: Bool = false,
    stages: [ColumnStage], source: Source, files: [String], notes: [String] = []
  ) {
    self.path = path
    self.format = format
    self.role = role
    self.stimulusIDs = stimulusIDs
    self.hasRepeats = hasRepeats
    self.source = source
    self.notes = notes
    entries = stages.map { StageEntry(name: $0.name, file: $0.name) }
    columns = Dictionary(stages.map { ($0.name, $0.columns) }) { first, _ in first }
    inputs = files
  }

  func shape(of entry: StageEntry) -> StageShape {
    StageShape(
      rowCount: stimulusIDs.count, axes: [columns[entry.file]?.count ?? 0],
      datatype: source.datatype)
  }

  func read(_ entry: StageEntry, columns chosen: [Int]?) throws -> Stage {
    let own = columns[entry.file] ?? []
    let wanted = chosen.map { $0.map { own[$0] } } ?? own
    let stage = try Stage(name: entry.name, source.read(wanted), place: source.place)
    let rows = source.rows.map(stage.selectingStimuli) ?? stage
    return chosen.map { rows.numbering(units: $0, of: own.count) } ?? rows
  }

  func forEachBlock(
    of entry: StageEntry, rowCount: Int, _ body: (Matrix<Double>) throws -> Void
  ) throws {
    let own = columns[entry.file] ?? []
    let array = try source.read(own)
    let all = Matrix(
      rowCount: array.shape[0], columnCount: own.count,
      elements: try array.doubles(name: source.place))
    let rows = source.rows ?? Array(0..<all.rowCount)
    for first in stride(from: 0, to: rows.count, by: max(1, rowCount)) {
      try body(all.selectingRows(Array(rows[first..<min(first + rowCount, rows.count)])))
    }
  }

  func files(of entries: [StageEntry]) -> [String] { inputs }
}

extension ColumnStore.ColumnStage {
  /// A stage for each different label, in the order of first appearance, of the columns that bear it.
  static func stages(labels: [String]) -> [ColumnStore.ColumnStage] {
    var columns: [String: [Int]] = [:]
    var order: [String] = []
    for (column, label) in labels.enumerated() {
      if columns[label] == nil { order.append(label) }
      columns[label, default: []].append(column)
    }
    return order.map { ColumnStore.ColumnStage(name: $0, columns: columns[$0] ?? []) }
  }
}
