/// A safetensors file: named arrays of numbers after a header of JSON.
///
/// The value holds the header; each array is read when it is asked for, and no file stays open. Its
/// arrays are in the order of the metadata `stages` (a name a line), which `write` leaves, else in that
/// of their data. The usual library sorts data by the names, byte by byte: that is nobody's order, and
/// such files are read as people count.
///
/// Reference: https://github.com/huggingface/safetensors, "Format".
public struct SafetensorsFile: ArrayFile {
  /// Where the file is.
  public let path: String
  /// The names of its arrays.
  public let names: [String]
  /// Whether their order is one that the file has.
  public let isInOwnOrder: Bool
  /// The metadata `stimulus_id`, a name a line.
  public let stimulusNames: [String]?
  /// The texts of `__metadata__`.
  public let metadata: [String: String]
  private let tensors: [String: SafetensorsHeader.Tensor]

  /// Reads the header, and checks it against the size of the file.
  ///
  /// - Throws: `missing`, `unreadable`; `malformed` for a header that is no JSON of tensors, names one
  ///   twice, or whose data overlap, leave a hole or do not end with the file.
  public init(path: String) throws(ArrayFileError) {
    let header = try ReadingFile(path: path).withReader {
      (byteCount, read) throws(ArrayFileError) in
      try SafetensorsHeader(byteCount: byteCount, path: path, read: read)
    }
    self.path = path
    metadata = header.metadata
    tensors = Dictionary(header.tensors.map { ($0.name, $0) }) { first, _ in first }
    let stored = header.tensors.map(\.name)
    // A name with a line end in it cannot be listed; then the order of the data counts.
    let listed = metadata[Self.order]?.utf8.split(separator: 10, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if let listed, listed.count == stored.count, Set(listed) == Set(stored) {
      (names, isInOwnOrder) = (listed, true)
    } else {
      isInOwnOrder = !header.isSortedByName
      names = isInOwnOrder ? stored : stored.sorted(by: naturalOrder)
    }
    stimulusNames = try metadata["stimulus_id"].map { (text) throws(ArrayFileError) in
      try identifiers(lines: text, path: path)
    }
  }

  /// What an array says of itself.
  ///
  /// - Throws: `malformed` if there is none of this name.
  public func description(of name: String) throws(ArrayFileError) -> ArrayDescription {
    let tensor = try tensor(name)
    return tensor.header?.description
      ?? ArrayDescription(shape: tensor.shape, content: .other("numbers of type \(tensor.type)"))
  }

  /// Reads an array.
  ///
  /// - Throws: `malformed` if there is none of this name, or if it is not read.
  public func array(_ name: String) throws(ArrayFileError) -> NumpyArray {
    let (header, location) = (try header(of: name), location(of: name))
    return try ReadingFile(path: path).withReader { (_, read) throws(ArrayFileError) in
      NumpyArray(
        shape: header.shape,
        elements: try NumpyData(header: header, name: location).elements(0..<header.count, read))
    }
  }

  /// Reads some columns of an array.
  ///
  /// - Throws: as for the whole array, and `malformed` for a column that is not there.
  public func array(_ name: String, columns: [Int]) throws(ArrayFileError) -> NumpyArray {
    let (header, location) = (try header(of: name), location(of: name))
    return try ReadingFile(path: path).withReader { (_, read) throws(ArrayFileError) in
      try NumpyArray(columns, of: header, name: location, read: read)
    }
  }

  /// Reads an array some rows at a time.
  ///
  /// - Throws: as for the whole array.
  public func forEachBlock(
    of name: String, rowCount: Int, _ body: (NumpyArray) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    let (header, location) = (try header(of: name), location(of: name))
    try ReadingFile(path: path).withReader { (_, read) throws(ArrayFileError) in
      try NumpyArray.forEachBlock(
        of: header, name: location, rowCount: rowCount, read: read, body)
    }
  }

  private func tensor(_ name: String) throws(ArrayFileError) -> SafetensorsHeader.Tensor {
    guard let tensor = tensors[name] else { throw missing(name) }
    return tensor
  }

  private func header(of name: String) throws(ArrayFileError) -> NumpyHeader {
    let tensor = try tensor(name)
    guard let header = tensor.header else {
      throw .malformed(
        path: location(of: name),
        problem: "holds numbers of type \(tensor.type), which are not read; save them as float32")
    }
    return header
  }

  /// The metadata with the names of the arrays in their order.
  private static let order = "stages"
}

extension SafetensorsFile {
  /// Writes arrays of numbers to a new file, whole or not at all.
  ///
  /// Equal arrays in equal order give equal bytes. Numbers stay of the type that they have. Data lie with
  /// the widest elements first, as PyTorch wants them; the order of the arrays is kept in the metadata.
  ///
  /// - Precondition: the names differ, and no array is one of text.
  /// - Parameter metadata: texts for `__metadata__`; of stimuli the names, a line each, as `stimulus_id`.
  /// - Throws: `exists`, `cannotWrite`.
  public static func write(
    _ arrays: [(name: String, array: NumpyArray)], metadata: [String: String] = [:],
    to path: String, replacing: Bool = false
  ) throws(ArrayFileError) {
    precondition(Set(arrays.map(\.name)).count == arrays.count)
    let order = [Self.order: arrays.map(\.name).joined(separator: "\n")]
    let texts = metadata.merging(order) { given, _ in given }
    let stored = arrays.map { (name: $0.name, array: $0.array, type: $0.array.elements.tensorType) }
      .enumerated().sorted {
        ($1.element.type.byteCount, $0.offset) < ($0.element.type.byteCount, $1.offset)
      }
      .map(\.element)
    var (offset, fields) = (0, [String]())
    if !texts.isEmpty {
      let list = texts.sorted { $0.key < $1.key }.map { "\(quoted($0)):\(quoted($1))" }
      fields.append("\"__metadata__\":{\(list.joined(separator: ","))}")
    }
    for (name, array, type) in stored {
      let end = offset + array.elements.count * type.byteCount
      let shape = array.shape.map { "\($0)" }.joined(separator: ",")
      fields.append(
        "\(quoted(name)):{\"dtype\":\"\(type.name)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var header = Array("{\(fields.joined(separator: ","))}".utf8)
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    let file = try AtomicFile(path: path, replacing: replacing)
    try file.write((0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header)
    for (_, array, _) in stored {
      try array.withNumberBytes { (bytes) throws(ArrayFileError) in try file.write(bytes) }
    }
    try file.commit()
  }

  /// A text as JSON has it.
  private static func quoted(_ text: String) -> String {
    let hexadecimal = Array("0123456789abcdef")
    return text.unicodeScalars.reduce(into: "\"") { result, scalar in
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\0"..."\u{1F}":
        result +=
          "\\u00\(hexadecimal[Int(scalar.value >> 4)])\(hexadecimal[Int(scalar.value & 15)])"
      default: result.unicodeScalars.append(scalar)
      }
    } + "\""
  }
}

extension NumpyArray.Elements {
  /// What a safetensors file calls these numbers, and how many bytes each takes.
  fileprivate var tensorType: (name: String, byteCount: Int) {
    switch self {
    case .float32: ("F32", 4)
    case .float64: ("F64", 8)
    case .int8: ("I8", 1)
    case .int16: ("I16", 2)
    case .int32: ("I32", 4)
    case .int64: ("I64", 8)
    case .uint8: ("U8", 1)
    case .uint16: ("U16", 2)
    case .uint32: ("U32", 4)
    case .uint64: ("U64", 8)
    case .bool: ("BOOL", 1)
    case .strings, .bytes: preconditionFailure("a safetensors file holds no text")
    }
  }
}
