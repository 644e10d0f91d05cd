import ChiasmCNIfTI
import Glibc

/// A stream into an open descriptor, plain or gzip; equal bytes in give equal bytes out.
final class ByteSink {
  private var handle: OpaquePointer?

  /// Leaves the descriptor open when the stream ends. If it cannot start, the first write tells.
  init(descriptor: Int32, isGzip: Bool) {
    handle = cnifti_sink_open(descriptor, isGzip ? 1 : 0)
  }

  deinit { if let handle { _ = cnifti_sink_close(handle) } }

  func write(_ bytes: [UInt8]) throws(SystemError) {
    guard let handle else { throw SystemError(code: ENOMEM) }
    try SystemError.check(
      bytes.withUnsafeBytes { cnifti_sink_write(handle, $0.baseAddress, Int64($0.count)) })
  }

  /// Writes what is still held and the checksum.
  func close() throws(SystemError) {
    guard let open = handle else { throw SystemError(code: ENOMEM) }
    handle = nil
    try SystemError.check(cnifti_sink_close(open))
  }
}
