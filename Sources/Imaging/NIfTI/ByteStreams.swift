import ChiasmCNIfTI
import ChiasmFiles

/// A file that is read from its start to its end, decompressed if its content is gzip.
final class ByteSource {
  let path: String
  /// Bytes in the file as it is stored.
  let fileSize: Int
  /// Bytes read so far, decompressed.
  private(set) var position = 0
  private let handle: OpaquePointer

  init(path: String) throws(ImagingError) {
    var error: Int32 = 0
    guard let handle = cnifti_source_open(path, &error) else {
      throw ImagingError(ArrayFileError(reading: path, SystemError(code: error)))
    }
    self.path = path
    self.handle = handle
    fileSize = Int(cnifti_source_file_size(handle))
    try checkContent()
  }

  /// Refuses a small file that only points to the content.
  private func checkContent() throws(ImagingError) {
    guard fileSize > 0, fileSize <= PointerFile.greatestByteCount else { return }
    do throws(ArrayFileError) {
      try PointerFile.check(try TextFile.beginning(of: path, count: fileSize), path: path)
    } catch {
      throw ImagingError(error)
    }
  }

  deinit { cnifti_source_close(handle) }

  var isGzip: Bool { cnifti_source_is_gzip(handle) != 0 }

  /// Takes the bytes as they are, though they begin like gzip. Only before the first read.
  func disregardGzip() { cnifti_source_disregard_gzip(handle) }

  /// The most bytes that can come out of this file: deflate packs at most 1032 bytes into one.
  var largestContent: Int { isGzip ? fileSize.multipliedClamped(by: 1032) : fileSize }

  /// Fills `bytes` with the next `count` bytes, or with fewer where the file ends.
  func read(_ count: Int, into bytes: inout [UInt8]) throws(ImagingError) {
    var got: Int64 = 0
    if bytes.count == count {
      got = bytes.withUnsafeMutableBytes {
        cnifti_source_read(handle, $0.baseAddress, Int64(count))
      }
      if got >= 0 && got < count { bytes.removeLast(count - Int(got)) }
    } else {
      // Uninitialised, so that memory is touched only as far as the file has bytes for it.
      bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        got = cnifti_source_read(handle, buffer.baseAddress, Int64(count))
        initialized = max(0, Int(got))
      }
    }
    guard got >= 0 else { throw failure }
    position += Int(got)
  }

  /// Reads exactly `count` bytes; `truncated` if the file ends before.
  func read(exactly count: Int) throws(ImagingError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(count, into: &bytes)
    guard bytes.count == count else {
      throw .truncated(path: path, expected: position - bytes.count + count, actual: position)
    }
    return bytes
  }

  /// Passes over bytes up to `offset`; `truncated` if the file ends before.
  func skip(to offset: Int) throws(ImagingError) {
    var chunk: [UInt8] = []
    while position < offset {
      let wanted = min(offset - position, 1 << 16)
      try read(wanted, into: &chunk)
      guard chunk.count == wanted else {
        throw .truncated(path: path, expected: offset, actual: position)
      }
    }
  }

  /// Reads a gzip file to its end, since only there its checksum is compared.
  func finish() throws(ImagingError) {
    guard isGzip else { return }
    var chunk: [UInt8] = []
    repeat { try read(1 << 16, into: &chunk) } while !chunk.isEmpty
    if cnifti_source_problem(handle).pointee != 0 { throw failure }
  }

  private var failure: ImagingError {
    let reason = String(cString: cnifti_source_problem(handle))
    return isGzip ? .corrupt(path: path, reason: reason) : .unreadable(path: path, reason: reason)
  }
}

extension Int {
  /// The product, or the largest number if it is larger.
  fileprivate func multipliedClamped(by factor: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }
}

/// A stream into an open descriptor, plain or gzip; equal bytes in give equal bytes out.
final class ByteSink {
  private var handle: OpaquePointer?

  /// Leaves the descriptor open when the stream ends. If it cannot start, the first write tells.
  init(descriptor: Int32, isGzip: Bool) {
    handle = cnifti_sink_open(descriptor, isGzip ? 1 : 0)
  }

  deinit { if let handle { _ = cnifti_sink_close(handle) } }

  func write(_ bytes: [UInt8]) throws(SystemError) {
    guard let handle else { throw SystemError.noMemory }
    try SystemError.check(
      bytes.withUnsafeBytes { cnifti_sink_write(handle, $0.baseAddress, Int64($0.count)) })
  }

  /// Writes what is still held and the checksum.
  func close() throws(SystemError) {
    guard let open = handle else { throw SystemError.noMemory }
    handle = nil
    try SystemError.check(cnifti_sink_close(open))
  }
}
