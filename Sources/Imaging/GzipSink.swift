import CNIfTI

/// A gzip stream into an open descriptor; equal bytes in give equal bytes out.
final class GzipSink {
  private var handle: OpaquePointer?

  /// Leaves the descriptor open when the stream ends. Throws an `errno`.
  init(descriptor: Int32) throws(SystemError) {
    handle = cnifti_sink_open(descriptor)
    if handle == nil { throw SystemError(code: 12) }
  }

  deinit { if let handle { _ = cnifti_sink_close(handle) } }

  func write(_ bytes: [UInt8]) throws(SystemError) {
    try SystemError.check(
      bytes.withUnsafeBytes { cnifti_sink_write(handle, $0.baseAddress, Int64($0.count)) })
  }

  /// Writes what is still held and the checksum.
  func close() throws(SystemError) {
    let open = handle
    handle = nil
    try SystemError.check(cnifti_sink_close(open))
  }
}
