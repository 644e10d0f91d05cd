internal import ChiasmCHDF5

/// One HDF5 file open for reading. All pointers of the library's facade stay in this file.
///
/// Links into other files are not followed, and data kept in other files are not read.
final class HDF5Library: Sendable {
  /// What stands at a place of the file.
  enum Kind: Equatable {
    case group, dataset, externalLink, danglingLink, other
  }

  /// An object of a group.
  struct Member {
    let name: String
    let kind: Kind
    /// The same for all names of one object.
    let address: UInt64
    /// Ascending in the order in which members were made, where the group has kept it.
    let number: Int64
  }

  /// The file's path, for errors.
  let path: String
  fileprivate let byteCount: Int
  private nonisolated(unsafe) let file: OpaquePointer

  /// Opens a file.
  ///
  /// - Throws: `missing`, `unreadable`, and `malformed` for one that is no HDF5 or is damaged.
  init(path: String) throws(ArrayFileError) {
    // The library's own words for a missing file or a folder are poor, and it would wait for a pipe.
    byteCount = try ReadingFile(path: path).size
    guard let file = chdf5_open(path) else {
      throw .malformed(
        path: path, problem: "is a damaged HDF5 file (\(Self.reason)); copy it again")
    }
    self.path = path
    self.file = file
  }

  deinit { chdf5_close(file) }

  /// What the library says of the last failure on this thread.
  fileprivate static var reason: String {
    let text = String(cString: chdf5_error())
    return text.isEmpty ? "the HDF5 library does not say why" : text
  }

  /// What a path leads to; nil where there is nothing.
  func kind(of place: String) -> Kind? { Self.kind(chdf5_kind_of(file, place)) }

  private static func kind(_ code: Int32) -> Kind? {
    switch UInt32(bitPattern: code) {
    case CHDF5_GROUP.rawValue: .group
    case CHDF5_DATASET.rawValue: .dataset
    case CHDF5_EXTERNAL_LINK.rawValue: .externalLink
    case CHDF5_DANGLING_LINK.rawValue: .danglingLink
    case CHDF5_OTHER.rawValue: .other
    default: nil
    }
  }

  /// The members of a group, and whether their order is that in which they were made.
  func members(
    of group: String
  ) throws(ArrayFileError) -> (members: [Member], isInOwnOrder: Bool) {
    var members: [Member] = []
    let status = withUnsafeMutablePointer(to: &members) { members in
      chdf5_list(file, group, members) { members, name, code, address, number in
        guard let members, let name, let kind = HDF5Library.kind(code) else { return }
        members.assumingMemoryBound(to: [Member].self).pointee.append(
          Member(name: String(cString: name), kind: kind, address: address, number: number))
      }
    }
    guard status >= 0 else {
      throw .malformed(path: path, problem: "the group \(group) cannot be read (\(Self.reason))")
    }
    members.sort { ($0.number, $0.name) < ($1.number, $1.name) }
    return (members, status == 1)
  }

  /// A text attribute of an object; nil where there is none.
  func text(_ attribute: String, of place: String) -> String? {
    var bytes = [CChar](repeating: 0, count: 1 << 16)
    guard chdf5_text_attribute(file, place, attribute, &bytes, bytes.count) == 0 else { return nil }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A number of an object; nil where there is none.
  func number(_ attribute: String, of place: String) -> Double? {
    var number = 0.0
    return chdf5_number_attribute(file, place, attribute, &number) == 0 ? number : nil
  }

  /// Opens a dataset.
  ///
  /// - Throws: `malformed` where there is none.
  func dataset(_ place: String) throws(ArrayFileError) -> HDF5Dataset {
    guard let dataset = chdf5_dataset_open(file, place) else {
      throw .malformed(
        path: "\(path):\(place)", problem: "cannot be opened as a dataset (\(Self.reason))")
    }
    return HDF5Dataset(dataset, file: self, location: "\(path):\(place)")
  }
}

/// A dataset of an open file.
final class HDF5Dataset: Sendable {
  /// What the elements are.
  enum Content: Equatable {
    case numbers(NumpyType)
    case text, references
    case other
  }

  /// The extents; nil for a dataset without a space, as h5py's `Empty`.
  let shape: [Int]?
  let content: Content
  /// The extents of a chunk; nil where elements lie in one place.
  let chunk: [Int]?
  /// Filters by their numbers in HDF5, in the order of writing.
  let filters: [Int]
  /// How errors name it.
  let location: String
  private let elementSize: Int
  /// The file stays open as long as its datasets.
  private let file: HDF5Library
  private nonisolated(unsafe) let dataset: OpaquePointer

  fileprivate init(_ dataset: OpaquePointer, file: HDF5Library, location: String) {
    self.dataset = dataset
    self.file = file
    self.location = location
    var description = chdf5_dataset_description(dataset).pointee
    let rank = Int(description.rank)
    func extents(_ tuple: UnsafeRawPointer) -> [Int] {
      let numbers = tuple.assumingMemoryBound(to: Int64.self)
      return (0..<max(0, rank)).map { Int(numbers[$0]) }
    }
    shape = rank < 0 ? nil : withUnsafePointer(to: &description.dims) { extents($0) }
    let isChunked = description.layout == Int32(bitPattern: CHDF5_CHUNKED.rawValue)
    chunk = isChunked ? withUnsafePointer(to: &description.chunk) { extents($0) } : nil
    let count = min(Int(description.filter_count), Int(CHDF5_MAX_FILTERS))
    filters = withUnsafePointer(to: &description.filters) { filters in
      let numbers = UnsafeRawPointer(filters).assumingMemoryBound(to: Int32.self)
      return (0..<count).map { Int(numbers[$0]) }
    }
    elementSize = Int(description.element_size)
    content = Self.content(description)
  }

  deinit { chdf5_dataset_close(dataset) }

  private static func content(_ description: chdf5_description) -> Content {
    let kind: NumpyType.Kind
    switch UInt32(bitPattern: description.element_class) {
    case CHDF5_FLOAT.rawValue: kind = .float
    case CHDF5_SIGNED.rawValue: kind = .signed
    case CHDF5_UNSIGNED.rawValue: kind = .unsigned
    case CHDF5_BOOL.rawValue: kind = .bool
    case CHDF5_TEXT.rawValue: return .text
    case CHDF5_REFERENCE.rawValue: return .references
    default: return .other
    }
    return .numbers(
      NumpyType(
        kind: kind, byteCount: Int(description.element_size),
        isBigEndian: description.is_big_endian != 0))
  }

  /// Refuses what lies elsewhere, what no filter unpacks, and what claims to be far larger than it is.
  func checkStorage() throws(ArrayFileError) {
    var description = chdf5_dataset_description(dataset).pointee
    if description.has_external_data != 0
      || description.layout == Int32(bitPattern: CHDF5_VIRTUAL.rawValue)
    {
      throw malformed("its values lie in other files, which are not read; copy it into one file")
    }
    let missing = withUnsafePointer(to: &description.missing_filter) {
      String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
    }
    guard missing.isEmpty else {
      throw malformed(
        "is packed by the filter \(missing), which the HDF5 library here does not have; repack it "
          + "with h5repack -f GZIP=4, or set HDF5_PLUGIN_PATH to a folder with that filter")
    }
    var byteCount = elementSize
    for extent in shape ?? [] {
      let (product, overflow) = byteCount.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw malformed("the shape \(shape ?? []) is too large") }
      byteCount = product
    }
    let chunkByteCount = chunk?.reduce(elementSize, *) ?? 0
    // What was never written is filled, up to so much; a larger dataset has to be stored, and deflate
    // packs at most 1032 bytes into one.
    let most = max(1 << 20, 32 * file.byteCount)
    guard byteCount > most || chunkByteCount > most else { return }
    let stored = min(Int(chdf5_stored_bytes(dataset)), file.byteCount)
    guard byteCount / 1032 <= stored else {
      throw malformed(
        "declares \(byteCount) bytes (shape \(shape ?? [])), but only \(stored) are stored")
    }
    guard chunkByteCount / 1032 <= stored else {
      throw malformed(
        "declares chunks of \(chunkByteCount) bytes, but only \(stored) bytes are stored")
    }
  }

  private func malformed(_ problem: String) -> ArrayFileError {
    .malformed(path: location, problem: problem)
  }

  private var failure: ArrayFileError { malformed("cannot be read (\(HDF5Library.reason))") }

  /// Reads a box of elements, in the type of the file and in C order.
  func read(
    from start: [Int], extents: [Int], into buffer: UnsafeMutableRawBufferPointer
  ) throws(ArrayFileError) {
    precondition(buffer.count == extents.reduce(elementSize, *))
    let status = chdf5_read(
      dataset, start.map(Int64.init), extents.map(Int64.init), buffer.baseAddress)
    guard status == 0 else { throw failure }
  }

  /// Reads the bytes of a chunk as they are stored into `buffer`, which grows; the filters that it went
  /// without are bits. Nil for a chunk that was never written.
  ///
  /// - Throws: `malformed`, also for a chunk that takes far more bytes packed than unpacked.
  func storedChunk(
    at start: [Int], into buffer: inout [UInt8]
  ) throws(ArrayFileError) -> (byteCount: Int, skipped: UInt32)? {
    var skipped: UInt32 = 0
    while true {
      let byteCount = buffer.withUnsafeMutableBytes { buffer in
        start.withUnsafeBufferPointer { start in
          start.withMemoryRebound(to: Int64.self) {
            chdf5_read_chunk(
              dataset, $0.baseAddress, buffer.baseAddress, Int64(buffer.count), &skipped)
          }
        }
      }
      guard byteCount >= 0 else { throw failure }
      if byteCount <= buffer.count { return byteCount == 0 ? nil : (Int(byteCount), skipped) }
      // Deflate adds a thousandth at most.
      guard byteCount / 2 <= max(buffer.count, 1024) else {
        throw malformed("the chunk at \(start) is damaged; copy the file again")
      }
      buffer = [UInt8](repeating: 0, count: Int(byteCount))
    }
  }

  /// The bytes of an element that was never written.
  func fillValue() throws(ArrayFileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: elementSize)
    guard chdf5_fill_value(dataset, &bytes) == 0 else { throw failure }
    return bytes
  }

  /// The texts of a dataset of text, in C order.
  func texts() throws(ArrayFileError) -> [String] {
    var texts: [[UInt8]] = []
    let status = withUnsafeMutablePointer(to: &texts) { texts in
      chdf5_texts(dataset, texts) { texts, bytes, count in
        let bytes = UnsafeRawBufferPointer(start: bytes, count: Int(count))
        texts?.assumingMemoryBound(to: [[UInt8]].self).pointee.append(Array(bytes))
      }
    }
    guard status == 0 else { throw failure }
    var strings: [String] = []
    for (place, text) in texts.enumerated() {
      guard let string = String(validating: text, as: UTF8.self) else {
        throw malformed("element \(place) is not Unicode text")
      }
      strings.append(string)
    }
    return strings
  }

  /// The paths of what a dataset of references names; nil for one that leads nowhere.
  func references() throws(ArrayFileError) -> [String?] {
    try places { chdf5_references(dataset, $0, $1) }
  }

  /// The paths of the datasets that name the dimensions, one an axis; nil where there are none.
  func dimensionScales() -> [String?]? {
    try? places { chdf5_dimension_scales(dataset, $0, $1) }
  }

  private typealias Finder =
    @convention(c) (_ context: UnsafeMutableRawPointer?, _ path: UnsafePointer<CChar>?) -> Void

  private func places(
    _ find: (UnsafeMutableRawPointer, @escaping Finder) -> Int32
  ) throws(ArrayFileError) -> [String?] {
    var places: [String?] = []
    let status = withUnsafeMutablePointer(to: &places) { places in
      find(places) { places, path in
        places?.assumingMemoryBound(to: [String?].self).pointee.append(
          path.map { String(cString: $0) })
      }
    }
    guard status == 0 else { throw failure }
    return places
  }
}
