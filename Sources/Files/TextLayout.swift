/// How the lines of a matrix in a text file are to be read, by the first of them.
struct TextLayout {
  let path: String
  /// The number of the line that the matrix or the names of its columns begin on, from 1.
  let firstLine: Int
  let hasHeader: Bool
  let columnCount: Int
  /// The column that names stimuli; nil where there is none.
  let nameColumn: Int?
  /// The names of the columns; empty without.
  private let columns: [String]
  /// What stands between two values; nil for any number of blanks and tabs.
  private let delimiter: UInt8?

  /// The columns of numbers.
  var unitCount: Int { columnCount - (nameColumn == nil ? 0 : 1) }

  /// The column in which a unit stands.
  func place(ofUnit unit: Int) -> Int {
    nameColumn.map { unit < $0 ? unit : unit + 1 } ?? unit
  }

  init(
    firstLine line: UnsafeBufferPointer<UInt8>, number: Int, path: String
  ) throws(ArrayFileError) {
    self.path = path
    firstLine = number
    let name = FilePlace(splitting: path).name.lowercased()
    if let suffix = Self.namesOfTables.first(where: { name.hasSuffix($0) }) {
      throw .malformed(
        path: path,
        problem: "is named as a table of something else (\(suffix)), not as a matrix of responses")
    }
    delimiter = Self.delimiter(of: path, line)
    var (columns, isNumeric) = ([String](), true)
    columnCount = try Self.forEachField(of: line, delimiter: delimiter, number: number, path: path)
    {
      (text, _) throws(ArrayFileError) in
      columns.append(String(decoding: text, as: UTF8.self).trimmingBlanks)
      isNumeric = isNumeric && TextNumber.value(text) != nil
    }
    if columnCount == 1, let separator = Table(columns: columns, rows: []).separatorProblem {
      throw .malformed(path: path, problem: separator)
    }
    if columnCount > 1, columns[0].isEmpty {
      throw .malformed(
        path: path,
        problem: "the first column has no name; if it names the stimuli, call it "
          + "\(ArrayFiles.stimulusKey), else remove it (pandas: index_label or index=False)")
    }
    if isNumeric, columnCount > 1, Self.counts(columns) {
      throw .malformed(
        path: path,
        problem:
          "its first line counts \(columns[0]), \(columns[1]) …, which may be names of columns or "
          + "the first stimulus; remove the line or name the columns")
    }
    if !isNumeric, let other = columns.first(where: Self.columnsOfTables.contains) {
      throw .malformed(
        path: path,
        problem:
          "has a column '\(other)' and is a table of something else; a matrix of responses has "
          + "numbers of one unit in every column but \(ArrayFiles.stimulusKey)")
    }
    hasHeader = !isNumeric
    self.columns = isNumeric ? [] : columns
    nameColumn = self.columns.firstIndex(of: ArrayFiles.stimulusKey)
    if self.columns.count(where: { $0 == ArrayFiles.stimulusKey }) > 1 {
      throw .malformed(path: path, problem: "two columns are named '\(ArrayFiles.stimulusKey)'")
    }
    if let near = self.columns.first(where: { Self.namesOfStimuli.contains($0.lowercased()) }),
      nameColumn == nil
    {
      throw .malformed(
        path: path,
        problem:
          "has a column '\(near)'; if it names the stimuli, call it \(ArrayFiles.stimulusKey)")
    }
    guard unitCount > 0 else {
      throw .malformed(
        path: path, problem: "has no column of numbers beside \(ArrayFiles.stimulusKey)")
    }
  }

  /// Whether a first line goes 0, 1, 2 … or 1, 2, 3 …, as tables without names of columns are saved.
  private static func counts(_ values: [String]) -> Bool {
    guard values.count > 2, let first = Int(values[0]), first == 0 || first == 1 else {
      return false
    }
    return values.enumerated().allSatisfy { $1 == "\($0 + first)" }
  }

  /// Columns of tables that hold something else than responses: BIDS, Chiasm's own, other tools'.
  private static let columnsOfTables: Set<String> = [
    "onset", "duration", "trial_type", "stim_file", "trial_id", "participant_id", "repeat",
    "repeats",
    "noise_ceiling", "source_stage", "target_stage", "index", "file", "split", "voxel_id",
  ]

  /// What the names of such tables end in.
  private static let namesOfTables = [
    "stimuli.tsv", "stages.tsv", "_events.tsv", "_units.tsv", "_dseg.tsv", "participants.tsv",
  ]

  private static let namesOfStimuli: Set<String> = [
    "stimulus", "stimuli", "stimulusid", "stimulus id", "stimulus_name", "image", "image_id",
    "filename",
    "file_name", "id", "name",
  ]

  private static func delimiter(of path: String, _ line: UnsafeBufferPointer<UInt8>) -> UInt8? {
    let (name, comma, tab) = (path.lowercased(), UInt8(ascii: ","), UInt8(ascii: "\t"))
    if name.hasSuffix(".csv") { return comma }
    if name.hasSuffix(".tsv") || line.contains(tab) { return tab }
    return line.contains(comma) ? comma : nil
  }
}

extension TextLayout {
  /// Calls `body` with every value of a line, without the quotes of CSV, and gives their number.
  @inline(__always)
  func forEachField(
    of line: UnsafeBufferPointer<UInt8>, number: Int,
    _ body: (UnsafeBufferPointer<UInt8>, _ column: Int) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) -> Int {
    try Self.forEachField(of: line, delimiter: delimiter, number: number, path: path, body)
  }

  @inline(__always)
  private static func forEachField(
    of line: UnsafeBufferPointer<UInt8>, delimiter: UInt8?, number: Int, path: String,
    _ body: (UnsafeBufferPointer<UInt8>, _ column: Int) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) -> Int {
    var (position, column) = (0, 0)
    let quote = UInt8(ascii: "\"")
    while true {
      if delimiter == nil {
        while position < line.count, isBlank(line[position]) { position += 1 }
        if position == line.count { return column }
      }
      let start = position
      if delimiter == UInt8(ascii: ","), start < line.count, line[start] == quote {
        let value = try quoted(line, &position, number: number, path: path)
        try value.withUnsafeBufferPointer { (value) throws(ArrayFileError) in
          try body(value, column)
        }
      } else {
        while position < line.count,
          delimiter.map({ line[position] != $0 }) ?? !isBlank(line[position])
        { position += 1 }
        try body(UnsafeBufferPointer(rebasing: line[start..<position]), column)
      }
      column += 1
      if position == line.count { return column }
      position += 1
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 9 }

  /// The value between the quote at a position and its end; two quotes stand for one.
  private static func quoted(
    _ line: UnsafeBufferPointer<UInt8>, _ position: inout Int, number: Int, path: String
  ) throws(ArrayFileError) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    var value: [UInt8] = []
    position += 1
    while position < line.count {
      let byte = line[position]
      position += 1
      if byte == quote {
        guard position < line.count, line[position] == quote else {
          guard position == line.count || line[position] == UInt8(ascii: ",") else { break }
          return value
        }
        position += 1
      }
      value.append(byte)
    }
    throw .malformed(
      path: path, problem: "a quote in line \(number) is not closed there, or text follows it")
  }

  /// The name of a stimulus.
  func name(
    _ text: UnsafeBufferPointer<UInt8>, number: Int
  ) throws(ArrayFileError) -> String {
    guard let name = String(validating: text, as: UTF8.self) else {
      throw .malformed(path: path, problem: "line \(number) is not UTF-8; save the text as UTF-8")
    }
    return try identifier(name, place: "line \(number)", path: path)
  }

  /// Says that a value is no number.
  func notNumber(
    _ text: UnsafeBufferPointer<UInt8>, column: Int, number: Int
  ) -> ArrayFileError {
    let shown = String(decoding: text.prefix(80), as: UTF8.self)
    let place = column < columns.count ? "column '\(columns[column])'" : "column \(column + 1)"
    return .malformed(
      path: path,
      problem:
        "line \(number): '\(shown)' in \(place) is not a number, as every value of a matrix but "
        + "\(ArrayFiles.stimulusKey) is")
  }
}
