import Glibc

/// A file that appears whole or not at all.
///
/// Bytes go to a temporary name in the same folder; `commit()` flushes them to the disk (fsync) and
/// renames. A value that is dropped without `commit()` removes its temporary file.
public struct AtomicFile: ~Copyable {
  /// The name that the file will have.
  public let path: String
  /// The open descriptor of the temporary file, for a C library that writes by itself.
  public let descriptor: Int32
  private let temporaryPath: String

  /// Creates the temporary file.
  ///
  /// - Throws: `exists` if `path` exists and `replacing` is false; `cannotWrite` if the folder
  ///   is missing or read-only.
  public init(path: String, replacing: Bool = false) throws(ArrayFileError) {
    guard replacing || access(path, F_OK) != 0 else { throw .exists(path: path) }
    let temporaryPath = Self.temporaryName(for: path)
    let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: Self.lastError) }
    self.path = path
    self.temporaryPath = temporaryPath
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
    unlink(temporaryPath)
  }

  /// Appends bytes. Throws `cannotWrite` when the disk does not take all of them.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(ArrayFileError) {
    var offset = 0
    while offset < bytes.count {
      let written = Glibc.write(
        descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw .cannotWrite(path: path, reason: Self.lastError) }
      offset += written
    }
  }

  /// Flushes the bytes to the disk and gives the file its name.
  public consuming func commit() throws(ArrayFileError) {
    guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else {
      throw .cannotWrite(path: path, reason: Self.lastError)
    }
  }

  /// Writes all of `bytes` to a new file at `path`.
  public static func write(
    _ bytes: [UInt8], to path: String, replacing: Bool = false
  ) throws(ArrayFileError) {
    let file = try AtomicFile(path: path, replacing: replacing)
    var failure: ArrayFileError?
    bytes.withUnsafeBytes { buffer in
      do throws(ArrayFileError) { try file.write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    try file.commit()
  }

  /// The system's words for the last error.
  package static var lastError: String { String(cString: strerror(errno)) }

  private static func temporaryName(for path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let folder = path.dropLast(name.count)
    return "\(folder).\(name).\(getpid()).partial"
  }
}
