/// The variables of a MAT-file of version 5, as MATLAB's `save` writes it with `-v6` or `-v7` and SciPy's
/// `savemat`: arrays of real numbers, and lists of text.
///
/// Arrays have the axes that MATLAB shows and the class that they have there: element (i, j, k) of a
/// variable of shape [r, c, p] stands at (i · c + j) · p + k, `single` is `float32`. The rows of a `char`
/// and the cells of a cell array of texts, in MATLAB's order, are an array of text. The value holds what
/// the variables say of themselves; each is unpacked when it is asked for.
public struct MatFile: ArrayFile {
  /// Where the file is.
  public let path: String
  /// The names of its arrays.
  public let names: [String]
  /// Whether their order is one that the file has.
  public let isInOwnOrder = true
  /// True.
  public let isOfMATLAB = true
  private let variables: [String: Variable]
  private let isBig: Bool
  private let machine: MachineLimits

  /// A variable and where it is.
  private struct Variable {
    let header: MatReader.Header
    /// Its bytes in the file, packed or not.
    let place: Range<Int>
    let isPacked: Bool
    /// How many there are once unpacked.
    let byteCount: Int
  }

  /// What stands before the numbers of a variable is no longer, but for a name that nobody gives.
  private static let longestHeader = 1 << 12

  /// Reads what every variable says of itself.
  ///
  /// - Parameter machine: no variable is read that takes more memory than it has.
  /// - Throws: `missing`, `unreadable`; `malformed` for another version, for a file that is cut short or
  ///   contradicts itself, and for two variables of one name.
  public init(path: String, machine: MachineLimits = .own) throws(ArrayFileError) {
    (self.path, self.machine) = (path, machine)
    var (names, variables, isBig) = ([String](), [String: Variable](), false)
    try ReadingFile(path: path).withReader { (byteCount, read) throws(ArrayFileError) in
      isBig = try Self.isBigEndian(try readRange(0..<min(byteCount, 128), by: read), path: path)
      var position = 128
      while position < byteCount {
        let tag = MatReader(
          bytes: try readRange(position..<min(position + 8, byteCount), by: read), isBig: isBig,
          path: path)
        var next = 0
        let element = try tag.element(at: &next, end: byteCount - position)
        let place = position + element.data.lowerBound..<position + element.data.upperBound
        position += next
        guard [MatReader.matrix, MatReader.compressed].contains(element.type), !place.isEmpty else {
          continue
        }
        let isPacked = element.type == MatReader.compressed
        let beginning = try readRange(
          place.prefix(isPacked ? 16 * Self.longestHeader : Self.longestHeader), by: read)
        let variable =
          try isPacked
          ? Self.packed(place, beginning: beginning, isBig: isBig, path: path)
          : Variable(
            header: MatReader(bytes: beginning, isBig: isBig, path: path).header(end: place.count),
            place: place, isPacked: false, byteCount: place.count)
        // MATLAB keeps what functions and objects need in a variable without a name.
        guard let variable, !variable.header.name.isEmpty else { continue }
        let name = variable.header.name
        guard variables.updateValue(variable, forKey: name) == nil else {
          throw .malformed(path: path, problem: "two variables are named '\(name)'")
        }
        names.append(name)
      }
    }
    (self.names, self.variables, self.isBig) = (names, variables, isBig)
  }

  private static func isBigEndian(_ bytes: [UInt8], path: String) throws(ArrayFileError) -> Bool {
    let isNewer =
      bytes.starts(with: [0x89] + Array("HDF\r\n\u{1A}\n".utf8))
      || bytes.prefix(19).elementsEqual("MATLAB 7.3 MAT-file".utf8)
    guard !isNewer else {
      throw .malformed(
        path: path,
        problem: "is a MAT-file of version 7.3 (HDF5), which is not read; save it in MATLAB with "
          + "save(..., '-v7'), or as .npy")
    }
    guard bytes.count >= 128, bytes.starts(with: "MATLAB ".utf8) else {
      throw .malformed(path: path, problem: "is no MAT-file of version 5")
    }
    let isBig = bytes[126...127].elementsEqual("MI".utf8)
    guard isBig || bytes[126...127].elementsEqual("IM".utf8) else {
      throw .malformed(path: path, problem: "has no mark of its byte order in its header")
    }
    return isBig
  }

  /// The variable at a place that is packed, by its first bytes; nil for an element of another type.
  private static func packed(
    _ place: Range<Int>, beginning: [UInt8], isBig: Bool, path: String
  ) throws(ArrayFileError) -> Variable? {
    let first = try withInflated(beginning, count: 8, isWhole: false, path: path) {
      (_, read) throws(ArrayFileError) in try readRange(0..<8, by: read)
    }
    let tag = MatReader(bytes: first, isBig: isBig, path: path)
    guard tag.integer(at: 0, byteCount: 4) == MatReader.matrix else { return nil }
    let size = tag.integer(at: 4, byteCount: 4)
    let count = min(size, longestHeader)
    let bytes = try withInflated(beginning, count: 8 + count, isWhole: false, path: path) {
      (_, read) throws(ArrayFileError) in try readRange(8..<8 + count, by: read)
    }
    let reader = MatReader(bytes: bytes, isBig: isBig, path: path)
    // Deflate packs at most 1032 bytes into one.
    guard size / 1032 <= place.count else { throw reader.cutShort }
    return Variable(
      header: try reader.header(end: size), place: place, isPacked: true, byteCount: size)
  }
}

extension MatFile {
  /// What an array says of itself.
  ///
  /// - Throws: `malformed` if there is none of this name.
  public func description(of name: String) throws(ArrayFileError) -> ArrayDescription {
    let header = try variable(name).header
    let texts = header.isOfText ? try texts(of: name) : nil
    if let texts { return ArrayDescription(shape: [texts.count], content: .text) }
    return ArrayDescription(shape: header.shape, content: header.content)
  }

  /// Reads an array.
  ///
  /// - Throws: `malformed` if there is none of this name, or if it is not read.
  public func array(_ name: String) throws(ArrayFileError) -> NumpyArray {
    if try variable(name).header.isOfText, let texts = try texts(of: name) {
      return NumpyArray(shape: [texts.count], elements: .strings(texts))
    }
    return try numbers(of: name)
  }

  /// Reads some columns of an array.
  ///
  /// - Throws: as for the whole array, and `malformed` for a column that is not there.
  public func array(_ name: String, columns: [Int]) throws(ArrayFileError) -> NumpyArray {
    try numbers(of: name, columns: columns)
  }

  /// All at once: the rows of a variable lie nowhere together.
  public func forEachBlock(
    of name: String, rowCount: Int, _ body: (NumpyArray) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    try body(try array(name))
  }

  private func variable(_ name: String) throws(ArrayFileError) -> Variable {
    guard let variable = variables[name] else { throw missing(name) }
    return variable
  }

  /// The numbers of a variable, or some columns of them, in the class that MATLAB shows.
  private func numbers(
    of name: String, columns: [Int]? = nil
  ) throws(ArrayFileError) -> NumpyArray {
    let (variable, location) = (try variable(name), location(of: name))
    guard let numbers = variable.header.numbers else {
      let problem = "holds \(variable.header.noun), where real numbers are read"
      throw .malformed(path: location, problem: problem)
    }
    let start = variable.isPacked ? 8 : variable.place.lowerBound
    let header = NumpyHeader(
      type: numbers.type, isFortranOrder: true, shape: numbers.shape,
      dataOffset: numbers.dataOffset + start)
    func read(by read: ByteReader) throws(ArrayFileError) -> NumpyArray {
      if let columns { return try NumpyArray(columns, of: header, name: location, read: read) }
      let data = NumpyData(header: header, name: location, machine: machine)
      return NumpyArray(shape: header.shape, elements: try data.elements(0..<header.count, read))
    }
    let stored = try withContent(of: variable) { (_, reader) throws(ArrayFileError) in
      try read(by: reader)
    }
    return try variable.header.inOwnClass(stored, name: location)
  }

  /// Calls `body` with a function that reads in the file, or, of a variable that is packed, in its tag and
  /// what follows.
  private func withContent<Result>(
    of variable: Variable,
    _ body: (_ byteCount: Int, _ read: ByteReader) throws(ArrayFileError) -> Result
  ) throws(ArrayFileError) -> Result {
    let file = try ReadingFile(path: path)
    guard variable.isPacked else { return try file.withReader(body) }
    let packed = try file.withReader { (_, read) throws(ArrayFileError) in
      try readRange(variable.place, by: read)
    }
    return try withInflated(
      packed, count: 8 + variable.byteCount, isWhole: true, path: path, body)
  }

  /// The texts of a variable; nil for cells that are not all text.
  private func texts(of name: String) throws(ArrayFileError) -> [String]? {
    let variable = try variable(name)
    try machine.check(
      3 * variable.byteCount + variable.header.count * MemoryLayout<String>.size, for: name,
      of: path)
    let start = variable.isPacked ? 8 : variable.place.lowerBound
    let content = try withContent(of: variable) { (_, read) throws(ArrayFileError) in
      try readRange(start..<start + variable.byteCount, by: read)
    }
    return try MatReader(bytes: content, isBig: isBig, path: path).texts(of: variable.header)
  }
}
