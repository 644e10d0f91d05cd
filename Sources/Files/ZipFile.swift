internal import ChiasmCZip

/// One zip archive open for reading. All of libzip's pointers stay in this file.
struct ZipFile: ~Copyable {
  private let archive: OpaquePointer
  private let path: String
  private let fileSize: UInt64

  init(path: String) throws(ArrayFileError) {
    // libzip's own words for a missing file, a folder or a file of another kind are poor, and it would
    // wait for a pipe.
    let size = try ReadingFile(path: path).size
    guard size > 0 else {
      throw .malformed(path: path, problem: "is \(FileContent.empty.noun), not an .npz archive")
    }
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      if zip_error_system_type(&error) == ZIP_ET_SYS {
        throw ArrayFileError(reading: path, SystemError(code: zip_error_code_system(&error)))
      }
      let content = try FileContent(path: path)
      throw .malformed(
        path: path,
        problem: content == .zip
          ? "is a damaged zip archive (\(String(cString: zip_error_strerror(&error)))); copy it again"
          : "is \(content.noun), not an .npz archive")
    }
    self.archive = archive
    self.path = path
    fileSize = UInt64(size)
  }

  deinit { zip_discard(archive) }

  /// The names of the entries, in the archive's order.
  ///
  /// - Throws: `malformed` also for entries that overlap.
  borrowing func names() throws(ArrayFileError) -> [String] {
    try checkOverlap()
    var names: [String] = []
    for index in 0..<max(0, zip_get_num_entries(archive, 0)) {
      guard let name = zip_get_name(archive, UInt64(index), 0) else {
        throw malformed("the name of entry \(index) cannot be read")
      }
      names.append(String(cString: name))
    }
    return names
  }

  /// Calls `body` with the size of an entry, once unpacked, and a function that reads on in it.
  ///
  /// - Parameter isChecked: whether all of it is unpacked in the end, for its checksum.
  borrowing func withEntry<Result>(
    _ name: String, isChecked: Bool,
    _ body: (_ byteCount: Int, _ read: ByteReader) throws(ArrayFileError) -> Result
  ) throws(ArrayFileError) -> Result {
    let index = zip_name_locate(archive, name, 0)
    guard index >= 0 else { throw malformed("has no entry '\(name)'") }
    let size = try checkedSize(at: UInt64(index), name: name)
    guard let file = zip_fopen_index(archive, UInt64(index), 0) else {
      throw damaged(name, reason: String(cString: zip_strerror(archive)))
    }
    defer { zip_fclose(file) }
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { scratch.deallocate() }
    var position = 0
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(ArrayFileError) {
      var done = 0
      while done < buffer.count {
        let count = zip_fread(
          file, buffer.baseAddress.map { $0 + done }, UInt64(buffer.count - done))
        guard count > 0 else {
          throw damaged(name, reason: String(cString: zip_file_strerror(file)))
        }
        done += Int(count)
      }
      position += done
    }
    func skip(to offset: Int) throws(ArrayFileError) {
      while position < offset {
        let count = min(scratch.count, offset - position)
        try fill(UnsafeMutableRawBufferPointer(rebasing: scratch[..<count]))
      }
    }
    let result = try body(size) { (offset, buffer) throws(ArrayFileError) in
      try skip(to: offset)
      try fill(buffer)
    }
    guard isChecked else { return result }
    try skip(to: size)
    // Reading past the end is what makes libzip compare the checksum.
    guard zip_fread(file, scratch.baseAddress, 1) == 0 else {
      throw damaged(name, reason: String(cString: zip_file_strerror(file)))
    }
    return result
  }

  /// Entries that share bytes let a small file stand for any amount of data: together they must take
  /// no more than there is. A directory entry takes 46 bytes, and what is before the data 30.
  private borrowing func checkOverlap() throws(ArrayFileError) {
    var taken: UInt64 = 0
    for index in 0..<UInt64(max(0, zip_get_num_entries(archive, 0))) {
      var status = zip_stat_t()
      guard zip_stat_index(archive, index, 0, &status) == 0,
        status.valid & UInt64(ZIP_STAT_COMP_SIZE) != 0
      else { continue }
      let (sum, overflow) = taken.addingReportingOverflow(status.comp_size)
      taken = overflow || sum > .max - 76 ? .max : sum + 76
    }
    guard taken <= fileSize else {
      throw malformed("its entries overlap: they take more bytes than the \(fileSize) of the file")
    }
  }

  /// The size of an entry once unpacked, if its packed size can justify it.
  private borrowing func checkedSize(
    at index: UInt64, name: String
  ) throws(ArrayFileError) -> Int {
    var status = zip_stat_t()
    let needed = UInt64(ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD)
    guard zip_stat_index(archive, index, 0, &status) == 0, status.valid & needed == needed else {
      throw damaged(name, reason: "its size is not known")
    }
    // Deflate packs at most 1032 bytes into one.
    let packing: UInt64
    switch Int32(status.comp_method) {
    case ZIP_CM_STORE: packing = 1
    case ZIP_CM_DEFLATE: packing = 1032
    default:
      throw malformed(
        "entry '\(name)' is packed by method \(status.comp_method); only stored and deflated "
          + "entries are read")
    }
    guard status.comp_size <= fileSize, status.size <= (status.comp_size + 1) * packing else {
      throw damaged(
        name, reason: "\(status.size) bytes cannot come out of \(status.comp_size)")
    }
    return Int(status.size)
  }

  private borrowing func damaged(_ name: String, reason: String) -> ArrayFileError {
    malformed("entry '\(name)' is damaged (\(reason))")
  }

  private borrowing func malformed(_ problem: String) -> ArrayFileError {
    .malformed(path: path, problem: problem)
  }
}

extension ZipFile {
  /// The bytes of a new archive. Equal entries give equal bytes: every date is 1980-01-01.
  static func archive(
    _ entries: [(name: String, bytes: [UInt8])], isCompressed: Bool, path: String
  ) throws(ArrayFileError) -> [UInt8] {
    guard !entries.isEmpty else {
      // libzip makes no file of an empty archive; this is the end record alone.
      return [0x50, 0x4B, 5, 6] + Array(repeating: 0, count: 18)
    }
    guard let target = zip_source_buffer_create(nil, 0, 0, nil) else {
      throw .cannotWrite(path: path, reason: "no memory for the archive")
    }
    defer { zip_source_free(target) }
    // Closing the archive gives up one reference; the bytes are read through the other.
    zip_source_keep(target)
    guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, nil) else {
      zip_source_free(target)
      throw .cannotWrite(path: path, reason: "libzip cannot begin an archive")
    }
    var isSound = true
    for entry in entries where isSound {
      isSound = add(entry.bytes, named: entry.name, to: archive, isCompressed: isCompressed)
    }
    guard isSound, zip_close(archive) == 0 else {
      let reason = String(cString: zip_strerror(archive))
      zip_discard(archive)
      throw .cannotWrite(path: path, reason: reason)
    }
    guard let bytes = content(of: target) else {
      throw .cannotWrite(path: path, reason: "libzip lost the archive")
    }
    return bytes
  }

  /// Makes a new archive of files, stored as they are.
  static func write(
    files: [(name: String, path: String)], to path: String
  ) throws(ArrayFileError) {
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_EXCL, nil) else {
      throw .cannotWrite(path: path, reason: "libzip cannot begin an archive")
    }
    let isSound = files.allSatisfy { file in
      zip_source_file(archive, file.path, 0, 0).map {
        add($0, named: file.name, to: archive, isCompressed: false)
      } ?? false
    }
    guard isSound, zip_close(archive) == 0 else {
      let error = zip_get_error(archive)
      let reason =
        zip_error_system_type(error) == ZIP_ET_SYS
        ? SystemError(code: zip_error_code_system(error)).reason
        : String(cString: zip_strerror(archive))
      zip_discard(archive)
      throw .cannotWrite(path: path, reason: reason)
    }
  }

  private static func add(
    _ bytes: [UInt8], named name: String, to archive: OpaquePointer, isCompressed: Bool
  ) -> Bool {
    // libzip reads the bytes when it closes the archive, and frees this copy then.
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
    bytes.withUnsafeBytes {
      copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: $0.count)
    }
    guard let source = zip_source_buffer(archive, copy, UInt64(bytes.count), 1) else {
      copy.deallocate()
      return false
    }
    return add(source, named: name, to: archive, isCompressed: isCompressed)
  }

  private static func add(
    _ source: OpaquePointer, named name: String, to archive: OpaquePointer, isCompressed: Bool
  ) -> Bool {
    let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      zip_source_free(source)
      return false
    }
    let method = isCompressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE
    return zip_set_file_compression(archive, UInt64(index), method, 6) == 0
      && zip_file_set_dostime(archive, UInt64(index), 0, 1 << 5 | 1, 0) == 0
  }

  private static func content(of source: OpaquePointer) -> [UInt8]? {
    var status = zip_stat_t()
    guard zip_source_stat(source, &status) == 0, zip_source_open(source) == 0 else { return nil }
    defer { zip_source_close(source) }
    let size = Int(status.size)
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initializedCount in
      while count < size {
        let read = zip_source_read(
          source, buffer.baseAddress.map { $0 + count }, UInt64(size - count))
        if read <= 0 { break }
        count += Int(read)
      }
      initializedCount = count
    }
    return count == size ? bytes : nil
  }
}
