internal import Foundation

/// The bytes of one open file, for reading.
///
/// A regular file is mapped, so that an array is decoded straight out of the page cache without a
/// second copy; anything else (a pipe) is read to its end.
struct FileBytes: ~Copyable {
  private let content: UnsafeMutableRawBufferPointer
  private let isMapped: Bool

  init(path: String) throws(ArrayFileError) {
    let file = try ReadingFile(path: path)
    let mapped = file.map()
    let content = if let mapped { mapped } else { try file.copy() }
    isMapped = mapped != nil
    self.content = content
  }

  deinit {
    if isMapped {
      munmap(content.baseAddress, content.count)
    } else {
      content.deallocate()
    }
  }

  /// Calls `body` with the bytes, which are valid until it returns.
  borrowing func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws(ArrayFileError) -> Result
  ) throws(ArrayFileError) -> Result {
    try body(UnsafeRawBufferPointer(content))
  }
}

/// A descriptor open for reading.
struct ReadingFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  /// The size of a regular file, 0 of anything else.
  let size: Int

  init(path: String) throws(ArrayFileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ArrayFileError(reading: path, .last)
    }
    var status = stat()
    let known = fstat(descriptor, &status) == 0
    if known && status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw .unreadable(path: path, reason: "it is a folder, not a file")
    }
    self.path = path
    self.descriptor = descriptor
    size = known && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
  }

  deinit { close(descriptor) }

  /// Reads up to `buffer.count` bytes; 0 is the end of the file.
  borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArrayFileError) -> Int {
    while true {
      let count = readBytes(descriptor, into: buffer)
      if count >= 0 { return count }
      guard errno == EINTR else { throw ArrayFileError(reading: path, .last) }
    }
  }

  /// Calls `body` with the size of the file and a function that reads in it; anything but a regular
  /// file is read to its end first.
  borrowing func withReader<Result>(
    _ body: (_ byteCount: Int, _ read: ByteReader) throws(ArrayFileError) -> Result
  ) throws(ArrayFileError) -> Result {
    if size == 0 {
      let bytes = try readToEnd()
      return try body(bytes.count) { offset, buffer in
        buffer.copyBytes(from: bytes[offset..<offset + buffer.count])
      }
    }
    return try body(size) { (offset, buffer) throws(ArrayFileError) in
      var done = 0
      while done < buffer.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
        let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
        if count == 0 {
          throw .unreadable(path: path, reason: "it became shorter while it was read")
        }
        guard count > 0 || errno == EINTR else {
          throw .unreadable(path: path, reason: SystemError.last.reason)
        }
        done += max(0, count)
      }
    }
  }

  /// Every byte from here to the end.
  borrowing func readToEnd() throws(ArrayFileError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    while true {
      let count = try read(into: buffer)
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  /// The file's pages; nil for an empty file, a pipe, and a file system that maps none.
  fileprivate borrowing func map() -> UnsafeMutableRawBufferPointer? {
    guard size > 0, let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { return nil }
    return UnsafeMutableRawBufferPointer(start: address, count: size)
  }

  fileprivate borrowing func copy() throws(ArrayFileError) -> UnsafeMutableRawBufferPointer {
    let bytes = try readToEnd()
    let content = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    content.copyBytes(from: bytes)
    return content
  }
}
