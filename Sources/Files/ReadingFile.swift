internal import Foundation

/// A descriptor open for reading.
///
/// Nothing is mapped: a mapped file that another program cuts short ends this one by a signal.
struct ReadingFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  /// The size of a regular file, 0 of a pipe.
  let size: Int

  /// Opens a regular file, or a pipe, which is empty if nobody writes to it.
  init(path: String) throws(ArrayFileError) {
    // Opening a pipe must not wait for a writer; reading from one that is there may.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw ArrayFileError(reading: path, .last) }
    var status = stat()
    let kind = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
    let names = [S_IFDIR: "folder", S_IFCHR: "device", S_IFBLK: "device"]
    if let name = names[kind] {
      close(descriptor)
      throw .unreadable(path: path, reason: "it is a \(name), not a file")
    }
    _ = fcntl(descriptor, F_SETFL, 0)
    let size = kind == S_IFREG ? Int(status.st_size) : 0
    do throws(ArrayFileError) {
      try Self.checkContent(descriptor, size: size, path: path)
    } catch {
      close(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    self.size = size
  }

  /// Refuses a small file that only points to its content.
  private static func checkContent(
    _ descriptor: Int32, size: Int, path: String
  ) throws(ArrayFileError) {
    guard size > 0, size <= PointerFile.greatestByteCount else { return }
    var start = [UInt8](repeating: 0, count: size)
    let count = start.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, size, 0) }
    try PointerFile.check(start.prefix(max(0, count)), path: path)
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

  /// Calls `body` with the size of the file and a function that reads in it; a pipe is read to its end
  /// first.
  borrowing func withReader<Result>(
    _ body: (_ byteCount: Int, _ read: ByteReader) throws(ArrayFileError) -> Result
  ) throws(ArrayFileError) -> Result {
    if size == 0 {
      let bytes = try readToEnd()
      return try bytes.withUnsafeBufferPointer { (bytes) throws(ArrayFileError) in
        try body(bytes.count, bytes.reader)
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
}

/// Fills a buffer with the bytes of a file from an offset on. Offsets only grow from call to call, and
/// no byte is asked for twice.
typealias ByteReader = (
  _ offset: Int, _ buffer: UnsafeMutableRawBufferPointer
) throws(ArrayFileError) -> Void

/// The bytes of a range.
func readRange(_ range: Range<Int>, by read: ByteReader) throws(ArrayFileError) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: range.count)
  try bytes.withUnsafeMutableBufferPointer { (buffer) throws(ArrayFileError) in
    try read(range.lowerBound, UnsafeMutableRawBufferPointer(buffer))
  }
  return bytes
}

extension UnsafeBufferPointer<UInt8> {
  /// Reads in these bytes, as if they were a file.
  var reader: ByteReader {
    { offset, buffer in
      buffer.copyMemory(
        from: UnsafeRawBufferPointer(
          rebasing: UnsafeRawBufferPointer(self)[offset...]
            .prefix(buffer.count)))
    }
  }
}
